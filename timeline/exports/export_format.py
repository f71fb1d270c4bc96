from collections.abc import Callable, Iterator
from dataclasses import dataclass

from timeline.versions.data_version import cached

from .columns import Column
from .export import Export

EVENT_ROWS, CITATION_ROWS, BRIEFING_ROWS = "event", "citation", "briefing"  # what a row of a file is


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an export. Each module `to_*` declares its own; timeline.exports lists them all."""

    extension: str
    content_type: str
    label: str
    opens_in: str
    render: Callable[[Export], Iterator[str | bytes]]
    columns: tuple[Column, ...] = ()  # that a reader can choose from; empty: it is no table
    row_kind: str = EVENT_ROWS
    refusal: Callable[[Export], str] = lambda export: ""  # why it cannot hold an export; empty: it can

    def row_count(self, export: Export) -> int:
        """Return the rows of an export, before it is written. At most one query, cached until something is written."""
        if self.row_kind == EVENT_ROWS:
            return export.about.total
        return cached(f"rows of {self.row_kind}", export.event_filter, lambda: COUNTS[self.row_kind](export))


def _count_citations(export: Export) -> int:
    return export.event_filter.citations.of_events(export.events).order_by().count()


def _count_briefings(export: Export) -> int:
    return export.briefings.order_by().count()


COUNTS = {CITATION_ROWS: _count_citations, BRIEFING_ROWS: _count_briefings}
