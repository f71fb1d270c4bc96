"""What is read for the entries of a list: flat rows of the columns that they show. Models of the same rows, with all their columns,
take four times as long."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from timeline import dates
from timeline.evidence.axes import Cited, HowKnown, axes_of
from timeline.evidence.choices import QuoteState, TurnKind, said_by
from timeline.filters import EventFilter
from timeline.models import DataSet, Participation
from timeline.models.briefing import BriefingKind
from timeline.models.source_day import SourceDate
from timeline.querysets import CitationQuerySet, EventQuerySet


class EventRow(NamedTuple):
    """An event, named as the columns of Event are; of what it refers to, names."""

    pk: int
    public_id: str
    title: str
    summary: str
    edtf: str
    date_as_stated: str
    start_earliest: dt.date
    start_latest: dt.date
    end_latest: dt.date
    first_reported_on: dt.date | None
    recorded_at: dt.datetime  # UTC
    actuality: str
    country: str  # of the place
    type: str
    category: str
    place: str | None
    conflict: str | None
    data_set: int | None  # primary key
    has_later_sources: bool = False

    @property
    def date_display(self) -> str:
        return dates.parse(self.edtf).display

    @property
    def has_known_start(self) -> bool:
        return self.start_earliest != dt.date.min


_NAMES = {
    "type": "event_type__name",
    "category": "event_type__category",
    "place": "place__name",
    "conflict": "conflict__name",
}
_OF_EVENT = [_NAMES.get(name, name) for name in EventRow._fields if name != "has_later_sources"]


class ParticipantRow(NamedTuple):
    event: int  # primary key
    name: str
    slug: str
    parent: str | None  # its name
    office: str
    role: str


_OF_PARTICIPANT = ("event", "actor__name", "actor__slug", "actor__parent__name", "office", "role")


class CitationRow(NamedTuple):
    """A citation with its source."""

    pk: int
    event: int  # primary key
    public_id: str
    quote: str
    act: str
    support: str
    basis: str
    state: str
    turn_kind: str
    locator: str
    speaker: str | None  # name
    earlier_text: str | None  # SHA-256 of the version that has the words; None: the text of now, or none
    briefing: int  # primary key
    slug: str
    title: str
    kind: str
    language: str
    published_on: dt.date | None
    published_within: str
    url: str
    archive_url: str
    text_stored_at: dt.datetime | None
    origin: int | None  # primary key
    publisher: int  # primary key
    publisher_name: str
    publisher_slug: str

    @property
    def is_listed(self) -> bool:
        return self.kind == BriefingKind.DATA_RECORD

    @property
    def in_question(self) -> bool:
        return self.turn_kind == TurnKind.QUESTION

    @property
    def said_by(self) -> str:
        return said_by(self.speaker, self.turn_kind, self.publisher_name)

    @property
    def published_words(self) -> str:
        """Return when the source was published, as readers read it; empty: not known."""
        edtf = SourceDate(self.published_on, self.published_within).edtf
        return dates.parse(edtf).display if edtf else ""

    @property
    def as_cited(self) -> Cited:
        return Cited(self.act, self.support, self.basis, self.state, self.is_listed, self.origin or self.publisher)


_OF_CITATION = [
    *("pk", "event", "public_id", "quote", "act", "support", "basis", "state", "turn_kind", "locator", "speaker__name"),
    *(
        "earlier_text__text_sha256",
        "briefing",
        "briefing__slug",
        "briefing__title",
        "briefing__kind",
        "briefing__language",
    ),
    *("briefing__published_on", "briefing__published_within", "briefing__url", "briefing__archive_url"),
    *("briefing__text_stored_at", "briefing__origin", "briefing__publisher"),
    *("briefing__publisher__name", "briefing__publisher__slug"),
]


class EntryRows(NamedTuple):
    """All that an entry shows, and is searched by, of one event."""

    event: EventRow
    participants: list[ParticipantRow]
    citations: list[CitationRow]  # those that the reader sees, in their order
    data_set: DataSet | None  # None: entered here

    @property
    def known(self) -> HowKnown:
        """Return how the event is known by these citations."""
        axes = axes_of(citation.as_cited for citation in self.citations)
        return HowKnown(self.event.actuality, data_set=self.data_set.name if self.data_set else "", **axes)


def rows_of_list(event_filter: EventFilter, events: EventQuerySet) -> dict[int, EntryRows]:
    """Return what the list of a filter shows of these public events, by primary key: with `known_by` the citations of then, in the
    words of then. Three queries; one more for data sets, and for words that a text had on that day."""
    known = events.with_later_sources(event_filter.source_citations) if event_filter.wanted.get("known_by") else events
    return read_rows(known, event_filter.source_citations)


def read_rows(events: EventQuerySet, citations: CitationQuerySet) -> dict[int, EntryRows]:
    """Return these events with these citations of them, by primary key. Queries as above."""
    columns = [*_OF_EVENT, "has_later_sources"] if "has_later_sources" in events.query.annotations else _OF_EVENT
    rows = [EventRow(*row) for row in events.order_by().values_list(*columns)]
    keys = [row.pk for row in rows]
    participants, cited = _by_event(_participants(keys)), _by_event(_citations(citations.filter(event__in=keys)))
    sets = {row.data_set for row in rows} - {None}
    data_sets = DataSet.objects.in_bulk(sets) if sets else {}
    return {row.pk: EntryRows(row, participants[row.pk], cited[row.pk], data_sets.get(row.data_set)) for row in rows}


def _participants(keys: list[int]) -> Iterable[ParticipantRow]:
    return map(ParticipantRow._make, Participation.objects.filter(event__in=keys).values_list(*_OF_PARTICIPANT))


def _citations(citations: CitationQuerySet) -> list[CitationRow]:
    rows = [CitationRow(*row) for row in citations.values_list(*_OF_CITATION)]
    earlier = citations.earlier_words() if any(row.text_stored_at for row in rows) else {}
    return [_in_words(row, earlier[row.pk]) if row.pk in earlier else row for row in rows]


def _in_words(row: CitationRow, earlier) -> CitationRow:
    """Return the citation in its words of another day, as EarlierQuote.give_words_to has it."""
    words = {name: getattr(earlier, name) for name in ("quote", "turn_kind", "locator")}
    speaker = earlier.speaker and earlier.speaker.name
    version = earlier.earlier_text.text_sha256
    return row._replace(**words, speaker=speaker, earlier_text=version, state=QuoteState.VERIFIED)


def _by_event(rows: Iterable) -> dict[int, list]:
    by_event: dict[int, list] = defaultdict(list)
    for row in rows:
        by_event[row.event].append(row)
    return by_event
