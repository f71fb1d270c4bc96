"""Pages of a list at any depth, from the index in memory: no query."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .event_columns import EventColumns, Matching
from .event_index import EventIndex
from .values import LAST, NO_START, NONE, microseconds

Moments = Callable[[EventColumns, np.ndarray], np.ndarray]  # of the events in some slots: numbers that rise with time
EPOCH, DAY = dt.date(1970, 1, 1).toordinal(), 86_400_000_000  # microseconds
FIRM = 31  # days; an event that may have begun on more of them covers none, as timeline.pages.event_groups has it


def _begun(columns: EventColumns, slots: np.ndarray) -> np.ndarray:
    return columns.values.dates.column("start_earliest")[columns.column("date")[slots]]


def _sorted_on(columns: EventColumns, slots: np.ndarray) -> np.ndarray:
    starts = columns.values.dates.column("start_earliest")
    return np.where(starts == NO_START, LAST, starts)[columns.column("date")[slots]]


def _reported(columns: EventColumns, slots: np.ndarray) -> np.ndarray:
    return columns.column("reported")[slots]


def _recorded(columns: EventColumns, slots: np.ndarray) -> np.ndarray:
    return columns.column("recorded")[slots]


# order -> what it follows (days as proleptic ordinals, NONE where it is not known; microseconds), and whether it descends
ORDERS: dict[str, tuple[Moments, bool]] = {
    "date": (_sorted_on, False),
    "-date": (_begun, True),
    "-published": (_reported, True),
    "-recorded": (_recorded, True),
}
BY_DATE = {"date": False, "-date": True}  # order -> newest first


Position = tuple[dt.date | None, int]  # day or moment (UTC) of an order, and primary key


@dataclass(frozen=True, slots=True)
class ListPage:
    keys: tuple[int, ...]  # primary keys of the events shown, in their order
    first: int  # number of the first, from 1; 0 where there is none
    covered: dt.date | None  # last day that older events elsewhere in the list reach to, loosely dated ones left out


class ListOrder:
    """The public events in one of ORDERS. Made once for each state of the columns."""

    def __init__(self, columns: EventColumns, order: str):
        self.moments, self.descends = ORDERS[order]
        self.columns = columns
        public = np.flatnonzero(columns.all).astype(np.int32)
        self.ascending = public[_sorted(self.moments(columns, public))]  # slots; of equal moments by primary key

    def rank(self, moment: int, slot: int, *, after: bool) -> int:
        """Return how many events of the ascending order have a lesser moment and slot, or ones that are no greater."""
        bisect = bisect_right if after else bisect_left
        return bisect(self.ascending, (moment, slot), key=lambda other: (self.moments(self.columns, other), other))


def _sorted(moments: np.ndarray) -> np.ndarray:
    """Return the places of these numbers in ascending order, of equal ones the first first. Days are few: their ranks are small
    numbers, which are sorted in linear time."""
    if len(moments) and moments.max() <= LAST:
        is_met = np.bincount(moments) > 0
        moments = np.cumsum(is_met, dtype=np.uint16 if is_met.sum() < 1 << 16 else np.int32)[moments]
    return np.argsort(moments, kind="stable")


def _list_order(index: EventIndex, order: str) -> ListOrder:
    return index.computed(("order", order), lambda: ListOrder(index.columns, order))


def numbered_page(index: EventIndex, matching: Matching, order: str, size: int, number: int) -> ListPage:
    """Return a page by its number, from 1; empty after the last."""
    return _page(index, _in_order(index, matching, order), order, (number - 1) * size, size)


def page_beside(
    index: EventIndex, matching: Matching, order: str, size: int, position: Position, *, after: bool
) -> ListPage:
    """Return the page that follows a position of an event of the list or of none, or that precedes it."""
    listed, list_order = _in_order(index, matching, order), _list_order(index, order)
    moment, pk = _number(position[0]), position[1]
    has_slot = len(index.columns.slots(np.array([pk])))
    rank = list_order.rank(moment, index.columns.slot(pk), after=after != list_order.descends and bool(has_slot))
    lesser = int(np.count_nonzero(matching[list_order.ascending[:rank]]))
    place = len(listed) - lesser if list_order.descends else lesser
    return _page(index, listed, order, place, size) if after else _page_before(index, listed, order, place, size)


def _number(moment: dt.date | None) -> int:
    """Return a moment of an order as the columns have it."""
    if isinstance(moment, dt.datetime):
        return microseconds(moment)
    return moment.toordinal() if moment else NONE


@dataclass(frozen=True, slots=True)
class Surroundings:
    number: int  # of an event in a list, from 1
    before: tuple[int, ...]  # primary keys of those before it, the nearest last
    after: tuple[int, ...]


def surroundings(index: EventIndex, matching: Matching, order: str, size: int, pk: int) -> Surroundings | None:
    """Return what is around an event in a list, at most so many on either side; None where it is not in the list."""
    if not matching[index.columns.slots(np.array([pk]))].any():
        return None
    listed = _in_order(index, matching, order)
    place = int(np.flatnonzero(listed == index.columns.slot(pk))[0])
    before, after = listed[max(0, place - size) : place], listed[place + 1 : place + 1 + size]
    return Surroundings(place + 1, *(tuple(index.columns.keys(slots).tolist()) for slots in (before, after)))


def _page_before(index: EventIndex, listed: np.ndarray, order: str, place: int, size: int) -> ListPage:
    first = max(0, place - size)
    return _page(index, listed, order, first, place - first)


def _in_order(index: EventIndex, matching: Matching, order: str) -> np.ndarray:
    list_order = _list_order(index, order)
    listed = list_order.ascending
    if matching is not index.columns.all:
        listed = listed[matching[listed]]
    return listed[::-1] if list_order.descends else listed


def _page(index: EventIndex, listed: np.ndarray, order: str, place: int, size: int) -> ListPage:
    shown = listed[place : place + size]
    covered = None
    if order in BY_DATE:
        covered = _covered_until(index, listed[place + size :] if BY_DATE[order] else listed[:place])
    return ListPage(tuple(index.columns.keys(shown).tolist()), place + 1 if len(shown) else 0, covered)


def _covered_until(index: EventIndex, older: np.ndarray) -> dt.date | None:
    """Return the last day that these events may go on, or of ongoing ones may begin; None where there are none."""
    start, latest, end = (index.values.dates.column(name) for name in ("start_earliest", "start_latest", "end_latest"))
    reach = np.where(latest - start <= FIRM, np.where(end == LAST, latest, end), NONE)
    last = int(reach[index.columns.column("date")[older]].max(initial=NONE))
    return dt.date.fromordinal(last) if last else None


def places_of_years(index: EventIndex, matching: Matching, order: str) -> list[tuple[int, int, int]]:
    """Return (year, place in the list of the first event of it, from 0, how many they are), in the order of the list. What has no
    such day is in no year."""
    listed = _in_order(index, matching, order)
    days = ORDERS[order][0](index.columns, listed).astype(np.int64)
    if order == "-recorded":
        days = days // DAY + EPOCH
    places = np.flatnonzero((days > NO_START) & (days < LAST))
    years = (days[places] - EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    rows = zip(*np.unique(years, return_index=True, return_counts=True), strict=True)
    return sorted(((int(year), int(places[at]), int(count)) for year, at, count in rows), key=lambda row: row[1])


def begin_first_and_last(index: EventIndex, name: str) -> dict[object, tuple[int, int]]:
    """Return, for each value of a column of events, the primary keys of those that begin first and last, without those of no
    known start. Of several that begin on one day the first has the lowest primary key and the last the highest."""
    order = _list_order(index, "-date").ascending
    order = order[_begun(index.columns, order) != NO_START]
    values, size = index.columns.column(name)[order], len(index.values[name])
    first, last = np.zeros(size, np.int32), np.zeros(size, np.int32)  # slots by number of a value; 0: of none
    first[values[::-1]], last[values] = order[::-1], order  # of several the last that is assigned stays
    numbers = np.flatnonzero(last)
    pairs = zip(index.columns.keys(first[numbers]).tolist(), index.columns.keys(last[numbers]).tolist(), strict=True)
    return dict(zip((index.values[name].values[number] for number in numbers), pairs, strict=True))
