"""Pages of a list at any depth, from the index in memory: no query."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .event_columns import EventColumns, Matching
from .event_index import EventIndex
from .values import LAST, NO_START, NONE

Column = Callable[[EventColumns], np.ndarray]
SMALL = 1 << 16  # ranks below it are sorted in linear time
EPOCH = dt.date(1970, 1, 1).toordinal()
FIRM = 31  # days; an event that may have begun on more of them covers none, as timeline.pages.event_groups has it


def _begun(columns: EventColumns) -> np.ndarray:
    return columns.values.dates.column("start_earliest")[columns.column("date")]


def _sorted_on(columns: EventColumns) -> np.ndarray:
    starts = columns.values.dates.column("start_earliest")
    return np.where(starts == NO_START, LAST, starts)[columns.column("date")]


def _reported(columns: EventColumns) -> np.ndarray:
    return columns.column("reported")


# order -> the day it follows as proleptic ordinal, NONE where it is not known; and whether it descends
ORDERS: dict[str, tuple[Column, bool]] = {
    "date": (_sorted_on, False),
    "-date": (_begun, True),
    "-published": (_reported, True),
}
BY_DATE = {"date": False, "-date": True}  # order -> newest first


@dataclass(frozen=True, slots=True)
class ListPage:
    keys: tuple[int, ...]  # primary keys of the events shown, in their order
    first: int  # number of the first, from 1; 0 where there is none
    covered: dt.date | None  # last day that older events elsewhere in the list reach to, loosely dated ones left out


class ListOrder:
    """The public events in one of ORDERS. Made once for each state of the columns."""

    def __init__(self, columns: EventColumns, order: str):
        column, self.descends = ORDERS[order]
        public = np.flatnonzero(columns.all).astype(np.int32)
        ranked = _ranked(column(columns)[public])
        order = np.argsort(ranked.ranks, kind="stable")
        self.ascending = public[order]  # slots; of equal days by primary key
        self.days, self.starts = (
            ranked.days,
            np.searchsorted(ranked.ranks[order], np.arange(len(ranked.days) + 1)),
        )

    def rank(self, day: int, slot: int, *, after: bool) -> int:
        """Return how many events of the ascending order have a lesser day and slot, or ones that are no greater."""
        place = int(np.searchsorted(self.days, day))
        if place == len(self.days) or self.days[place] != day:
            return int(self.starts[place])
        first, last = self.starts[place], self.starts[place + 1]
        return int(first + np.searchsorted(self.ascending[first:last], slot, side="right" if after else "left"))


@dataclass(frozen=True, slots=True)
class _Ranked:
    days: np.ndarray  # each once, ascending
    ranks: np.ndarray  # of each event, as small numbers as will do


def _ranked(days: np.ndarray) -> _Ranked:
    counts = np.bincount(days) if len(days) else np.zeros(0, int)
    distinct = np.flatnonzero(counts)
    rank_of_day = np.zeros(len(counts), np.uint16 if len(distinct) < SMALL else np.int32)
    rank_of_day[distinct] = np.arange(len(distinct))
    return _Ranked(distinct, rank_of_day[days])


def _list_order(index: EventIndex, order: str) -> ListOrder:
    return index.computed(("order", order), lambda: ListOrder(index.columns, order))


def numbered_page(index: EventIndex, matching: Matching, order: str, size: int, number: int) -> ListPage:
    """Return a page by its number, from 1; empty after the last."""
    return _page(index, _in_order(index, matching, order), order, (number - 1) * size, size)


def page_beside(
    index: EventIndex, matching: Matching, order: str, size: int, position: tuple[dt.date | None, int], *, after: bool
) -> ListPage:
    """Return the page that follows a position (day of the order, primary key) of an event of the list or of none, or that
    precedes it."""
    listed, list_order = _in_order(index, matching, order), _list_order(index, order)
    day, pk = (position[0].toordinal() if position[0] else NONE), position[1]
    has_slot = len(index.columns.slots(np.array([pk])))
    rank = list_order.rank(day, index.columns.slot(pk), after=after != list_order.descends and bool(has_slot))
    lesser = int(np.count_nonzero(matching[list_order.ascending[:rank]]))
    place = len(listed) - lesser if list_order.descends else lesser
    return _page(index, listed, order, place, size) if after else _page_before(index, listed, order, place, size)


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
    days = ORDERS[order][0](index.columns)[listed].astype(np.int64)
    places = np.flatnonzero((days > NO_START) & (days < LAST))
    years = (days[places] - EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    rows = zip(*np.unique(years, return_index=True, return_counts=True), strict=True)
    return sorted(((int(year), int(places[at]), int(count)) for year, at, count in rows), key=lambda row: row[1])


def begin_first_and_last(index: EventIndex, name: str) -> dict[object, tuple[int, int]]:
    """Return, for each value of a column of events, the primary keys of those that begin first and last, without those of no
    known start. Of several that begin on one day the first has the lowest primary key and the last the highest."""
    order = _list_order(index, "-date").ascending
    order = order[_begun(index.columns)[order] != NO_START]
    values = index.columns.column(name)[order]
    numbers, first = np.unique(values, return_index=True)
    _, from_end = np.unique(values[::-1], return_index=True)
    firsts, lasts = (index.columns.keys(order[first]).tolist(), index.columns.keys(order[::-1][from_end]).tolist())
    names = [index.values[name].values[number] for number in numbers]
    return dict(zip(names, zip(firsts, lasts, strict=True), strict=True))
