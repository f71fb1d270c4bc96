"""The citations of a source, as its page shows them: some at a time in the order of the text, and what is said of all of them."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from timeline.evidence.choices import QuoteState
from timeline.models import Briefing, Citation
from timeline.pages.marked_passages import Note, number_events
from timeline.text.annotation import CitedSpan

CITATIONS_PER_PAGE = 100
COLUMNS = ("pk", "public_id", "event_id", "state", "start", "end", "earlier_text_id")


@dataclass(frozen=True)
class SourceCitations:
    """All public citations of a source, as far as their columns are needed, and those of a page as rows."""

    rows: list[tuple]  # COLUMNS of each, in the order of the text
    page: Page  # of CITATIONS_PER_PAGE; its `object_list` are primary keys
    citations: list[Citation]  # of the page, in the same order, with their events

    @cached_property
    def notes(self) -> list[Note]:
        """The events of the page, numbered as all citations first mention them."""
        numbers = {pk: number for number, pk in enumerate(dict.fromkeys(row[2] for row in self.rows), 1)}
        return list(number_events(self.citations, numbers).values())

    @cached_property
    def event_count(self) -> int:
        return len({row[2] for row in self.rows})

    @cached_property
    def states(self) -> list[tuple[str, str, int]]:
        """Return (state, in words, number of citations) for each state that occurs."""
        counts = Counter(row[3] for row in self.rows)
        return [(state.value, state.label, counts[state]) for state in QuoteState if counts[state]]

    @cached_property
    def spans(self) -> list[CitedSpan]:
        """Where the words of all citations are in the present text; of those without a place there, none."""
        return [
            CitedSpan(start, end, None)
            for *_, start, end, earlier in self.rows
            if earlier is None and start is not None and end is not None
        ]

    @property
    def unplaced_count(self) -> int:
        return len(self.rows) - len(self.spans)


def citations_of(briefing: Briefing, page: str, public_id: str = "") -> SourceCitations:
    """Return the public citations of a source, with those of a page, or of the page that has this citation. Two queries.
    Raises `InvalidPage` where there is no such page, KeyError where it has no such citation."""
    in_text = briefing.citations.public().in_text()
    rows = list(in_text.values_list(*COLUMNS))
    paginator = Paginator([row[0] for row in rows], CITATIONS_PER_PAGE)
    if public_id:
        place = {row[1]: place for place, row in enumerate(rows)}[public_id]
        page = str(place // CITATIONS_PER_PAGE + 1)
    shown = paginator.page(page)
    return SourceCitations(rows, shown, list(in_text.filter(pk__in=shown.object_list).with_event()))
