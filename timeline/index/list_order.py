"""Pages of a list at any depth, from the index in memory: no query."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .event_columns import EventColumns, Matching
from .event_index import EventIndex
from .values import LAST, NO_START, NONE, microseconds

Moments = Callable[[np.ndarray], np.ndarray]  # of the events in some slots: numbers that rise with time
EPOCH, DAY = dt.date(1970, 1, 1).toordinal(), 86_400_000_000  # microseconds
FEW = 20  # one of so many events, or fewer, are sorted by themselves
MANY = 1 << 16  # events; fewer are sorted sooner than the ranks of their days are found
PIECE = 1 << 14  # events that are looked at together for the first of a list
FIRM = 31  # days; an event that may have begun on more of them covers none, as timeline.pages.event_groups has it


def _begun(columns: EventColumns) -> Moments:
    starts, dates = columns.values.dates.column("start_earliest"), columns.column("date")
    return lambda slots: starts[dates[slots]]


def _sorted_on(columns: EventColumns) -> Moments:
    starts, dates = columns.values.dates.column("start_earliest"), columns.column("date")
    days = np.where(starts == NO_START, LAST, starts)
    return lambda slots: days[dates[slots]]


def _reported(columns: EventColumns) -> Moments:
    return columns.column("reported").__getitem__


def _recorded(columns: EventColumns) -> Moments:
    return columns.column("recorded").__getitem__


# order -> what it follows (days as proleptic ordinals, NONE where it is not known; microseconds), and whether it descends
ORDERS: dict[str, tuple[Callable[[EventColumns], Moments], bool]] = {
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


def all_in_order(columns: EventColumns, order: str) -> np.ndarray:
    """Return the slots of all events in ascending order. Made once for each state of the columns: for what is a copy, from the order of
    the original."""
    return columns.computed(("order", order), lambda: _ordered(columns, order))


def _ordered(columns: EventColumns, order: str) -> np.ndarray:
    if columns.base is columns:
        return _sorted(columns, order, np.flatnonzero(columns.all))
    differs = columns.flags_of(columns.patched)
    original = all_in_order(columns.base, order)
    unchanged = original[np.flatnonzero(~differs.take(original))]
    slots = _sorted(columns, order, np.flatnonzero(columns.all & differs))
    places = _places(columns, order, unchanged, ORDERS[order][0](columns)(slots), slots)
    return np.insert(unchanged, places, slots)


def _sorted(columns: EventColumns, order: str, slots: np.ndarray) -> np.ndarray:
    """Return ascending slots in an order, of equal moments the first first. Days are few: where the slots are many, their ranks are
    small numbers, which are sorted in linear time."""
    moments = ORDERS[order][0](columns)(slots)
    if len(moments) > MANY and moments.max() <= LAST:
        is_met = np.bincount(moments) > 0
        moments = np.cumsum(is_met, dtype=np.uint16 if is_met.sum() < 1 << 16 else np.int32)[moments]
    return slots[np.argsort(moments, kind="stable")].astype(np.int32)


def _places(
    columns: EventColumns, order: str, ascending: np.ndarray, moments: np.ndarray, slots: np.ndarray | int
) -> np.ndarray:
    """Return how many of the ascending slots have a lesser moment, or the same and a lesser slot, than each of these."""
    slots, moments_of = np.broadcast_to(slots, moments.shape), ORDERS[order][0](columns)
    low, high = np.zeros(len(moments), np.int64), np.full(len(moments), len(ascending))
    while (searched := np.flatnonzero(low < high)).size:
        middle = (low[searched] + high[searched]) // 2
        other, moment = moments_of(ascending[middle]), moments[searched]
        is_lesser = (other < moment) | (other == moment) & (ascending[middle] < slots[searched])
        low[searched[is_lesser]], high[searched[~is_lesser]] = middle[is_lesser] + 1, middle[~is_lesser]
    return low


def numbered_page(index: EventIndex, matching: Matching, order: str, size: int, number: int) -> ListPage:
    """Return a page by its number, from 1; empty after the last."""
    return _page(index, matching, order, (number - 1) * size, size)


def first_of_list(index: EventIndex, matching: Matching, order: str, most: int) -> tuple[int, ...]:
    """Return the primary keys of the first events of a list. Of many, all events are looked at in their order until so many are of the
    list: what is behind them is not sorted."""
    if index.total(matching) * FEW < index.columns.size:
        listed = _in_order(index, matching, order)
    else:
        everything = _in_order(index, index.columns.all, order)
        listed = everything[:0]
        for start in range(0, len(everything), PIECE):
            piece = everything[start : start + PIECE]
            listed = np.append(listed, piece[matching.take(piece)])
            if len(listed) >= most:
                break
    return tuple(index.columns.keys(listed[:most]).tolist())


def page_beside(
    index: EventIndex, matching: Matching, order: str, size: int, position: Position, *, after: bool
) -> ListPage:
    """Return the page that follows a position of an event of the list or of none, or that precedes it."""
    ascending, descends = _ascending(index, matching, order), ORDERS[order][1]
    pk = position[1]
    has_slot = len(index.columns.slots(np.array([pk])))
    slot = index.columns.slot(pk) + (after != descends and bool(has_slot))
    lesser = int(_places(index.columns, order, ascending, np.array([_number(position[0])]), slot)[0])
    place = len(ascending) - lesser if descends else lesser
    first = place if after else max(0, place - size)
    return _page(index, matching, order, first, size if after else place - first)


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
    if not index.is_among(matching, pk):
        return None
    listed = _in_order(index, matching, order)
    place = int(np.flatnonzero(listed == index.columns.slot(pk))[0])
    before, after = listed[max(0, place - size) : place], listed[place + 1 : place + 1 + size]
    return Surroundings(place + 1, *(tuple(index.columns.keys(slots).tolist()) for slots in (before, after)))


def _ascending(index: EventIndex, matching: Matching, order: str) -> np.ndarray:
    """Return the slots of these events in ascending order."""
    if matching is index.columns.all:
        return all_in_order(index.columns, order)
    return index.remembered(matching, order, lambda: _select_in_order(index, matching, order))


def _select_in_order(index: EventIndex, matching: Matching, order: str) -> np.ndarray:
    slots = index.slots(matching)
    if len(slots) * FEW < index.columns.size:
        return _sorted(index.columns, order, slots)
    ascending = all_in_order(index.columns, order)
    return ascending.take(np.flatnonzero(matching.take(ascending)))


def _in_order(index: EventIndex, matching: Matching, order: str) -> np.ndarray:
    ascending = _ascending(index, matching, order)
    return ascending[::-1] if ORDERS[order][1] else ascending


def _page(index: EventIndex, matching: Matching, order: str, place: int, size: int) -> ListPage:
    listed = _in_order(index, matching, order)
    shown = listed[place : place + size]
    covered = None
    if order in BY_DATE:
        older = slice(place + size, None) if BY_DATE[order] else slice(place)
        covered = _covered_until(index, _dates(index, matching, listed, older))
    return ListPage(tuple(index.columns.keys(shown).tolist()), place + 1 if len(shown) else 0, covered)


def _dates(index: EventIndex, matching: Matching, listed: np.ndarray, part: slice) -> np.ndarray:
    """Return the numbers of the dates of one end of a list: of the greater one, what the dates of all leave of those of the other."""
    column, slots = index.columns.column("date"), listed[part]
    if 2 * len(slots) < len(listed):
        return column[slots]
    others = listed[part.stop :] if part.stop is not None else listed[: part.start]
    counts = index.date_counts(matching)
    return np.flatnonzero(counts - np.bincount(column[others], minlength=len(counts)))


def _covered_until(index: EventIndex, dates: np.ndarray) -> dt.date | None:
    """Return the last day that events of these dates may go on, or of ongoing ones may begin; None where there are none."""
    start, latest, end = (
        index.values.dates.column(name)[dates] for name in ("start_earliest", "start_latest", "end_latest")
    )
    reach = np.where(latest - start <= FIRM, np.where(end == LAST, latest, end), NONE)
    last = int(reach.max(initial=NONE))
    return dt.date.fromordinal(last) if last else None


def places_of_years(index: EventIndex, matching: Matching, order: str) -> list[tuple[int, int, int]]:
    """Return (year, place in the list of the first event of it, from 0, how many they are), in the order of the list. What has no
    such day is in no year."""
    ascending, (moments, descends) = _ascending(index, matching, order), ORDERS[order]

    def places(days: list[int]) -> list[int]:
        begins = np.array(days, np.int64)
        of_order = (begins - EPOCH) * DAY if order == "-recorded" else begins
        return _places(index.columns, order, ascending, of_order, 0).tolist()

    first, end = places([NO_START + 1, LAST])
    if first == end:
        return []
    numbers = moments(index.columns)(ascending[[first, end - 1]]).astype(np.int64)
    days = numbers // DAY + EPOCH if order == "-recorded" else numbers
    years = range(*(dt.date.fromordinal(int(day)).year for day in days))
    begins = [first, *places([dt.date(year + 1, 1, 1).toordinal() for year in years])]
    rows = [
        (year, len(ascending) - stop if descends else start, stop - start)
        for year, start, stop in zip([*years, years.stop], begins, [*begins[1:], end], strict=True)
        if start < stop
    ]
    return rows[::-1] if descends else rows


def begin_first_and_last(columns: EventColumns, name: str) -> dict[object, tuple[int, int]]:
    """Return, for each value of a column of events, the primary keys of those that begin first and last, without those of no
    known start. Of several that begin on one day the first has the lowest primary key and the last the highest."""
    ends, values = _ends(columns, name), columns.values[name].values
    numbers = np.flatnonzero(ends[1])
    firsts, lasts = columns.keys(ends[:, numbers]).tolist()
    return {values[number]: keys for number, keys in zip(numbers, zip(firsts, lasts, strict=True), strict=True)}


def _ends(columns: EventColumns, name: str) -> np.ndarray:
    """Return the slots of the events that begin first and last, a row for each, by the number of a value; 0: of none. Made once, as
    the order of all."""
    return columns.computed(("ends", name), lambda: _find_ends(columns, name))


def _find_ends(columns: EventColumns, name: str) -> np.ndarray:
    """Of a copy only the parts that differ are looked at, and the events of values whose first or last was in one of them."""
    if columns.base is columns:
        return _ends_of(columns, name, all_in_order(columns, "-date"))
    differs, known = columns.flags_of(columns.patched), _ends(columns.base, name)
    is_lost = np.zeros(len(columns.values[name]), bool)
    is_lost[: known.shape[1]] = differs.take(known).any(axis=0)
    looked_at = differs | is_lost.take(columns.column(name)) if is_lost.any() else differs
    slots = np.union1d(np.flatnonzero(columns.all & looked_at), known[:, ~is_lost[: known.shape[1]]])
    return _ends_of(columns, name, _sorted(columns, "-date", slots[slots > 0]))


def _ends_of(columns: EventColumns, name: str, order: np.ndarray) -> np.ndarray:
    """Return the ends among these events, in ascending order by their beginning."""
    order = order[_begun(columns)(order) != NO_START]
    values, ends = columns.column(name).take(order), np.zeros((2, len(columns.values[name])), np.int32)
    ends[0, values[::-1]], ends[1, values] = order[::-1], order  # of several the last that is assigned stays
    return ends
