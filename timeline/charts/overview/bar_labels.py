"""What the overview says of its bars."""

import datetime as dt
from collections.abc import Iterator

from timeline.charts.histogram import Bar, Histogram
from timeline.dates.periods import Period
from timeline.filters import EventFilter


def hidden(bar: Bar) -> float:
    """Return the weight of the events that the period hides; below half a millionth it is rounding."""
    weight = bar.all_certain + bar.all_possible - bar.certain - bar.possible
    return weight if weight > 5e-7 else 0


def outside(event_filter: EventFilter) -> str:
    """Return what the events are that only the period, or the wish for certainty, keeps from the list."""
    if not event_filter.certainly:
        return "outside the period"
    return "not definitely in the period" if event_filter.has_period else "without a definite date"


def title(bar: Bar, outside: str = "outside the period") -> str:
    """Return "November 2020: 2 events, 1 of them only possibly; 3 more outside the period"."""
    parts = []
    if bar.events:
        parts.append(f"{_events(bar.events)}{_only_possibly(bar)}")
    if count := round(hidden(bar)):
        about = "" if abs(hidden(bar) - count) < 1e-6 else "about "
        what = f"{count:,} more" if bar.events else _events(count)
        parts.append(f"{about}{what} {outside}")
    return f"{bar.label}: {'; '.join(parts) or 'no events'}"


def _only_possibly(bar: Bar) -> str:
    if not bar.only_possibly:
        return ""
    if bar.only_possibly == bar.events:
        return ", only possibly" if bar.events == 1 else ", all of them only possibly"
    return f", {bar.only_possibly:,} of them only possibly"


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"


def notes(histogram: Histogram, first: Period | None, last: Period | None) -> Iterator[str]:
    for bar in histogram.bars:
        if bar.partial:
            yield f"{bar.label} is partial: the period {_edges(bar, first, last)}."
    if first and first.first > histogram.bars[-1].last or last and last.last < histogram.bars[0].first:
        yield "The period lies outside this drawing."
    yield "Ongoing events are counted where they start."
    if histogram.undated:
        known = "has no known start date and is" if histogram.undated == 1 else "have no known start date and are"
        yield f"{_events(histogram.undated)} {known} not shown."


def _edges(bar: Bar, first: Period | None, last: Period | None) -> str:
    begins = f"starts on {_day(first.first)}" if bar.partial in ("start", "both") else ""
    ends = f"ends on {_day(last.last)}" if bar.partial in ("end", "both") else ""
    return " and ".join(filter(None, [begins, ends]))


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
