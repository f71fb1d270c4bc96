"""What a row of a file is, and how many it has: told before the file is written."""

from types import ModuleType

from timeline.versions.data_version import cached

from .export import Export

EVENT, CITATION, BRIEFING = "event", "citation", "briefing"


def count(format: ModuleType, export: Export) -> int:
    """Return the rows of an export in a format. At most one query, kept until something is written."""
    if format.holds == EVENT:
        return export.about.total
    return cached(f"rows of {format.holds}", export.event_filter, lambda: COUNTS[format.holds](export))


def _citations(export: Export) -> int:
    return export.event_filter.citations.of_events(export.events).order_by().count()


def _briefings(export: Export) -> int:
    return export.briefings.order_by().count()


COUNTS = {CITATION: _citations, BRIEFING: _briefings}
