"""The one window that overview, lanes and list show: the filter's period, or all days of its events; and what of it is
folded."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from timeline.filters import EventFilter
from timeline.index import LAST, NO_START, index_for
from timeline.models import Briefing
from timeline.versions.data_version import cached

SHORTEST = 3  # days: no closer look than this
MARGIN = 0.02  # of the days that are drawn, left free on a side where the period is open
FOLDED_SHARE = 6  # a stretch without a date that is longer than a sixth of the window is folded
LEAST_FOLD = 31  # days: what is shorter is never folded
BITS = 22  # that hold any ordinal


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def moved(self, first: float, last: float, within: "Window") -> "Window":
        """Return the window whose edges are moved by these shares of its length; as long as asked for, if it can be,
        and inside `within`."""
        start = self.first.toordinal() + round(first * self.days)
        end = self.last.toordinal() + round(last * self.days)
        if end - start + 1 < SHORTEST:
            start = (self.first.toordinal() + self.last.toordinal() - SHORTEST + 1) // 2
            end = start + SHORTEST - 1
        least, most = within.first.toordinal(), within.last.toordinal()
        shift = max(least - start, 0) or min(most - end, 0)
        return Window(_day(max(start + shift, least)), _day(min(end + shift, most)))

    def holds(self, other: "Window") -> bool:
        return self.first <= other.first and other.last <= self.last

    def with_day(self, day: dt.date) -> "Window":
        return Window(min(self.first, day), max(self.last, day))

    def without(self, folds: tuple["Window", ...]) -> list["Window"]:
        """Return the stretches before, between and after these, which lie inside it in order."""
        starts = [self.first.toordinal(), *(fold.last.toordinal() + 1 for fold in folds)]
        ends = [*(fold.first.toordinal() - 1 for fold in folds), self.last.toordinal()]
        return [Window(_day(start), _day(end)) for start, end in zip(starts, ends, strict=True) if start <= end]


def _day(ordinal: int) -> dt.date:
    return dt.date.fromordinal(min(max(ordinal, 1), LAST))


@dataclass(frozen=True, slots=True)
class Extent:
    window: Window  # the days that are drawn
    whole: Window  # all days of the filter's events in any period
    known_until: dt.date | None  # day of the last briefing; None: no briefing has a day
    folds: tuple[Window, ...] = ()  # stretches of the window in which no event begins or ends, or may
    dates: tuple[int, ...] = ()  # how many dates lie in each of the other stretches


def full_extent(event_filter: EventFilter) -> Extent | None:
    """Return the extent of a filter, None where it finds nothing. Two queries, kept until something is written."""
    return cached("extent", event_filter, lambda: _full_extent(event_filter))


def _full_extent(event_filter: EventFilter) -> Extent | None:
    known_until = _last_briefing(event_filter)
    bounds = _date_bounds(event_filter, known_until)
    if not bounds.size:
        return None
    everything = _date_bounds(event_filter.without("from", "to"), known_until) if event_filter.has_period else bounds
    record = Window(_day(int(everything[0].min())), _day(int(everything[-1].max())))
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    shown = Window(begin.first if begin else record.first, end.last if end else record.last)
    shown = shown if shown.first <= shown.last else Window(shown.first, shown.first)
    folds = _folds(_stretches(bounds, shown), shown, known_until)
    drawn = shown.days - sum(fold.days for fold in folds)
    window = Window(
        shown.first if begin else _before(shown.first, drawn), shown.last if end else _after(shown.last, drawn)
    )
    return Extent(
        window,
        record if event_filter.has_period else window,
        known_until,
        folds,
        _dates_in_each(window.without(folds), bounds),
    )


def extent_of_dates(dates: list[tuple[dt.date, ...]], known_until: dt.date | None) -> Extent:
    """Return the extent of some dates, given by their four bounds; at least one. No query."""
    bounds = _closed(np.array([[day.toordinal() for day in date] for date in dates], np.int64).T, known_until)
    shown = Window(_day(int(bounds[0].min())), _day(int(bounds[-1].max())))
    folds = _folds(_stretches(bounds, shown), shown, None)
    drawn = shown.days - sum(fold.days for fold in folds)
    window = Window(_before(shown.first, drawn), _after(shown.last, drawn))
    return Extent(window, window, known_until, folds, _dates_in_each(window.without(folds), bounds))


def _before(day: dt.date, days: int) -> dt.date:
    return _day(day.toordinal() - max(1, round(MARGIN * days)))


def _after(day: dt.date, days: int) -> dt.date:
    return _day(day.toordinal() + max(1, round(MARGIN * days)))


def _last_briefing(event_filter: EventFilter) -> dt.date | None:
    briefings = Briefing.objects.public().exclude(published_on=None)
    if day := event_filter.wanted.get("known_by"):
        briefings = briefings.filter(published_on__lte=day.last)
    return briefings.order_by("-published_on").values_list("published_on", flat=True).first()


def _date_bounds(event_filter: EventFilter, known_until: dt.date | None) -> np.ndarray:
    """Return the dates of a filter as four rows of ordinals: of each the first and the last day on which it may begin, then
    those on which it may end. What has no known end ends with the last briefing; a date without a known start begins at
    its limit."""
    index = index_for(event_filter)
    date_numbers = np.flatnonzero(index.date_counts(index.matching(event_filter)))
    names = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    return _closed(np.stack([index.values.dates.column(name)[date_numbers] for name in names]), known_until)


def _closed(bounds: np.ndarray, known_until: dt.date | None) -> np.ndarray:
    """Return four bounds of each date, as rows of ordinals, with what is open closed."""
    start, begun, ended, end = bounds
    start = np.where(start == NO_START, end, start)
    begun = np.where(begun == LAST, start, np.maximum(begun, start))
    known = known_until.toordinal() if known_until else NO_START
    end = np.where(end == LAST, np.maximum(begun, known), np.maximum(end, begun))
    ended = np.minimum(np.where(ended == LAST, end, np.maximum(ended, start)), end)
    return np.stack([start, begun, ended, end])


def _stretches(bounds: np.ndarray, shown: Window) -> np.ndarray:
    """Return from which to which day something may begin, or may end: two rows of ordinals, as far as they meet these days."""
    stretches = np.concatenate([bounds[:2], bounds[2:]], axis=1)
    met = (stretches[1] >= shown.first.toordinal()) & (stretches[0] <= shown.last.toordinal())
    return stretches[:, np.flatnonzero(met)]


def _folds(stretches: np.ndarray, shown: Window, known_until: dt.date | None) -> tuple[Window, ...]:
    """Return what is folded: the days between firm dates, and the edges of loose ones, that are many. Days on which a
    loosely dated event may fall are folded between two firm dates alone, as the gaps of the list are. A day beside each
    date stays."""
    is_loose = stretches[1] - stretches[0] > LEAST_FOLD
    firm, loose = (stretches[:, np.flatnonzero(selected)] for selected in (~is_loose, is_loose))
    days = np.concatenate([loose.ravel(), [known_until.toordinal()] if known_until else []]).astype(np.int64)
    first, last = shown.first.toordinal(), shown.last.toordinal()
    days = days[(days >= first) & (days <= last)]
    occupied = np.concatenate([firm, np.stack([days, days])], axis=1)
    occupied = np.sort(occupied[0] << BITS | occupied[1])
    starts = np.maximum.accumulate(np.concatenate([[first - 1], occupied & (1 << BITS) - 1])) + 1
    ends = np.concatenate([occupied >> BITS, [last + 1]]) - 1
    long = np.flatnonzero(ends - starts + 1 > max(shown.days / FOLDED_SHARE, LEAST_FOLD))
    gaps = [(int(starts[n]), int(ends[n])) for n in long]
    return tuple(
        Window(_day(start + (start > first)), _day(end - (end < last)))
        for start, end in gaps
        if not _is_within(loose, start, end) or (firm[1] < start).any() and (firm[0] > end).any()
    )


def _is_within(loose: np.ndarray, start: int, end: int) -> bool:
    return bool(((loose[0] <= start) & (loose[1] >= end)).any())


def _dates_in_each(stretches: list[Window], bounds: np.ndarray) -> tuple[int, ...]:
    return tuple(_dates_in(stretch, bounds) for stretch in stretches)


def _dates_in(window: Window, bounds: np.ndarray) -> int:
    """Return how many dates begin or end in a window, or may; at least one, so that it takes room."""
    first, last = window.first.toordinal(), window.last.toordinal()
    met = [(bounds[n] <= last) & (bounds[n + 1] >= first) for n in (0, 2)]
    return max(1, int((met[0] | met[1]).sum()))
