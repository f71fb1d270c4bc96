"""What the overview says of its bars."""

from collections.abc import Iterator

from timeline.charts.histogram import Bar, Histogram
from timeline.filters import EventFilter


def hidden(bar: Bar) -> float:
    """Return the weight of the events that the period, or the wish for certainty, hides; below half a millionth it is rounding."""
    weight = bar.all_weight - bar.weight
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


def notes(histogram: Histogram) -> Iterator[str]:
    yield "Ongoing events are counted where they start."
    if histogram.outside:
        are = "is" if histogram.outside == 1 else "are"
        yield f"{_events(histogram.outside)} started before this period and {are} not shown."
    if histogram.undated:
        known = "has no known start date and is" if histogram.undated == 1 else "have no known start date and are"
        yield f"{_events(histogram.undated)} {known} not shown."
