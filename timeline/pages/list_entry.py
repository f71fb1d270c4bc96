"""What a list shows of an event, written out, and what the page around it needs to know of it: no row of the database."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString

from timeline.absolute_urls import absolute_page_url, page_path
from timeline.models import DataSet
from timeline.models.briefing import BriefingKind
from timeline.text.written_html import written_html

from .entry_rows import CitationRow, EntryRows
from .page_metadata import source_address


@dataclass(frozen=True, slots=True)
class SearchedText:
    where: str  # "Title", "Quote", "Publisher" ...
    text: str
    actor: str = ""  # slug of the actor whose name it is: its other names are searched, too


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A public event, named as the columns of Event are. It is kept by many requests: nothing in it changes."""

    pk: int
    public_id: str
    title: str
    address: str  # of its page, on this site
    start_earliest: dt.date
    start_latest: dt.date
    end_latest: dt.date
    first_reported_on: dt.date | None
    recorded_at: dt.datetime  # UTC
    data_set: DataSet | None
    sources: tuple[tuple[int, str], ...]  # primary key of each briefing cited, and the line that is printed of it
    searched: tuple[SearchedText, ...]
    html: SafeString

    @classmethod
    def of(cls, rows: EntryRows, html: SafeString) -> "ListEntry":
        """Return the entry of an event, written out as `html`. No query."""
        event, briefings = rows.event, {citation.briefing: citation for citation in rows.citations}
        return cls(
            event.pk,
            event.public_id,
            event.title,
            page_path("event-detail", event.public_id),
            event.start_earliest,
            event.start_latest,
            event.end_latest,
            event.first_reported_on,
            event.recorded_at,
            rows.data_set,
            tuple((pk, printed_source(citation)) for pk, citation in briefings.items()),
            tuple(_searched(rows)),
            html,
        )

    @property
    def has_known_start(self) -> bool:
        return self.start_earliest != dt.date.min

    @property
    def is_redistributable(self) -> bool:
        return self.data_set is None or self.data_set.redistributable

    def in_list(self, query: str, reasons: SafeString) -> "ListEntry":
        """Return it as a list shows it: its page leads on in the same list, and back to it; and why a search found it."""
        linked = self.html
        if query:
            linked = linked.replace(f'href="{self.address}"', f'href="{self.address}?{escape(query)}"')
        return replace(self, html=written_html(linked + reasons)) if query or reasons else self


def printed_source(citation: CitationRow) -> str:
    """Return a source spelled out with the address where it can be read: its own, or where none is stored our copy's."""
    kind = str(BriefingKind(citation.kind).label).lower()
    named = f"{citation.title}, listed by a data set" if citation.is_listed else f"“{citation.title}”, {kind}"
    day = citation.published_words or "publication date not known"
    address = source_address(citation) or absolute_page_url("briefing-detail", citation.slug)
    return f"{citation.publisher_name}: {named}, {day}. {address}"


def _searched(rows: EntryRows) -> Iterator[SearchedText]:
    """Yield what is searched of an event, each with what it is."""
    event, citations = rows.event, rows.citations
    yield SearchedText("Title", event.title)
    yield SearchedText("Summary", event.summary)
    for citation in citations:
        yield SearchedText("Source listed" if citation.is_listed else "Quote", citation.quote)
    for participant in rows.participants:
        yield SearchedText("Actor", participant.name, participant.slug)
    yield SearchedText("Place", event.place or "")
    yield SearchedText("Conflict", event.conflict or "")
    yield SearchedText("Type", event.type)
    for citation in citations:
        yield SearchedText("Publisher", citation.publisher_name, citation.publisher_slug)
