"""What a row of a file is, and how many it has: told before the file is written."""

from types import ModuleType

from timeline.revision import remember

from .export import Export

EVENT, PLACED_EVENT, CITATION, BRIEFING = "event", "event with a known day", "citation", "briefing"


def count(format: ModuleType, export: Export) -> int:
    """Return the rows of an export in a format. At most one query, kept until something is written."""
    if format.holds == EVENT:
        return export.about.total
    return remember(f"rows of {format.holds}", export.chosen, lambda: COUNTS[format.holds](export))


def unplaced(export: Export) -> list[str]:
    """Return how many events a calendar and a timeline leave out, in words; nothing where they leave out none."""
    if not (number := remember("rows without a day", export.chosen, lambda: _unplaced(export))):
        return []
    events = "1 event is" if number == 1 else f"{number:,} events are"
    return [f"{events} left out: neither a first nor a last day is known."]


def _unplaced(export: Export) -> int:
    return export.events.without_any_day().order_by().count()


def _placed(export: Export) -> int:
    return export.about.total - _unplaced(export)


def _citations(export: Export) -> int:
    return export.chosen.citations.of_events(export.events).order_by().count()


def _briefings(export: Export) -> int:
    return export.briefings.order_by().count()


COUNTS = {PLACED_EVENT: _placed, CITATION: _citations, BRIEFING: _briefings}
