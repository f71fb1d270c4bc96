"""The columns of the files: what each holds, in which unit, and how it is taken from a record (see reading)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from timeline.models.taxonomy import Quad

from .event_records import Record

SEPARATOR = " ‖ "  # between the items of a list in one cell; quotes do not contain it
TEXT, NUMBER, INTEGER, DAY, MOMENT, FLAG, LIST = "text", "number", "integer", "day", "moment", "yes or no", "list"

MOST_CHARACTERS = 32_767  # in a cell of a workbook, in UTF-16 units. Source: specification of Excel

PUBLISHED_EDTF = "Its day, or the month or year where no day is known, as EDTF; empty: not known."

LOCATOR = "Where they are in the original: its page (p. 4, pp. 4–5) or time (0:01:33); empty: it has neither, or is not known."

QUADS = ", ".join(f"{quad.value} {quad.label}" for quad in Quad)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str
    meaning: str
    value: Callable[[Record], Any]  # text, number, or None: empty
    hxl: str = ""  # HXL 1.1 hashtag; empty: none fits

    @property
    def is_text(self) -> bool:
        return self.kind in (TEXT, LIST)


def field_column(name: str, kind: str, meaning: str, hxl: str = "") -> Column:
    """Return the column of a record's value of that name."""
    return Column(name, kind, meaning, itemgetter(name), hxl)


def iso_utc(at) -> str | None:
    """Return a moment as ISO 8601 in UTC, with microseconds where it has them."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def join_cells(items: list[str]) -> str:
    """Return a list as one cell, each item in its place; empty where all are."""
    return SEPARATOR.join(items) if any(items) else ""


def exceeds_cell(text: str | None) -> bool:
    """Return whether a cell of a workbook cannot hold the text."""
    return text is not None and len(text) * 2 > MOST_CHARACTERS and len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS


def citations_column(name: str, meaning: str, value: Callable[[Record], str]) -> Column:
    def cell(record: Record) -> str:
        citations = record["citations"]
        return value(citations[0]) if len(citations) == 1 else join_cells(list(map(value, citations)))

    return Column(name, LIST, meaning, cell)


def format_actor(actor: Record) -> str:
    """Return an actor as a cell has it: “Name, office [role]”."""
    office = f", {actor['office']}" if actor["office"] else ""
    return f"{actor['name']}{office} [{actor['role']}]"


EVENT = (
    field_column("public_id", TEXT, "Stable id of the event.", "#event+id"),
    field_column("url", TEXT, "Permanent address of the event's page.", "#meta+url"),
    field_column("title", TEXT, "What happened.", "#event+name"),
    field_column("summary", TEXT, "What a reader must know beside the quotes.", "#description"),
    field_column("date", TEXT, "The date in words, never more precise than known.", "#date+text"),
    field_column("date_as_stated", TEXT, "The source's own words for the date.", "#date+stated"),
    field_column("edtf", TEXT, "The date as EDTF (ISO 8601-2).", "#date+edtf"),
    field_column("start_earliest", DAY, "First day it can have begun; empty: open.", "#date+start+earliest"),
    field_column("start_latest", DAY, "Last day it can have begun; empty: open.", "#date+start+latest"),
    field_column("end_earliest", DAY, "First day it can have ended; empty: open.", "#date+end+earliest"),
    field_column("end_latest", DAY, "Last day it can have ended; empty: open.", "#date+end+latest"),
    field_column("date_qualifier", TEXT, "~ about, ? uncertain, % both; empty: neither.", "#date+qualifier"),
    field_column("date_note", TEXT, "How the stated words were understood."),
    field_column("time_of_day", TEXT, "Local clock time, HH:MM:SS; empty: not stated."),
    field_column("time_zone", TEXT, "IANA zone of the clock time."),
    field_column("category", TEXT, "Group of the type.", "#event+category"),
    field_column("type", TEXT, "Kind of event.", "#event+type"),
    field_column("quad", INTEGER, f"PLOVER quad of the type: {QUADS}; empty: none."),
    field_column("actuality", TEXT, "Whether it happened: occurred, announced, did_not_occur or unclear."),
    field_column(
        "codebook_version", TEXT, "Version of the codebook by which it was coded; empty: before there was one."
    ),
    Column(
        "actors",
        LIST,
        "Who took part, with role and the office held then.",
        lambda record: join_cells([format_actor(actor) for actor in record["actors"]]),
        "#group+name",
    ),
    field_column("place", TEXT, "Where it happened.", "#loc+name"),
    field_column("country", TEXT, "ISO 3166-1 code of the place.", "#country+code"),
    field_column("latitude", NUMBER, "Degrees north, WGS 84.", "#geo+lat"),
    field_column("longitude", NUMBER, "Degrees east, WGS 84.", "#geo+lon"),
    field_column(
        "place_precision",
        TEXT,
        "How precisely the place is known: what its point stands for; empty: not stated.",
        "#geo+precision",
    ),
    field_column("conflict", TEXT, "The conflict it belongs to.", "#crisis+name"),
    field_column("deaths_low", INTEGER, "Lowest count of deaths; empty: none is given.", "#affected+killed+min"),
    field_column("deaths_best", INTEGER, "Best estimate of deaths; empty: none is given.", "#affected+killed"),
    field_column("deaths_high", INTEGER, "Highest count of deaths; empty: none is given.", "#affected+killed+max"),
    field_column("deaths_out_of_order", FLAG, "Whether these counts contradict each other, as their source has them."),
    field_column("value_note", TEXT, "Where its sources differ: which value it takes, and why."),
    field_column("support", TEXT, "What its best source does for the claim: supports, presupposes, asked or nothing."),
    field_column(
        "form",
        TEXT,
        "How its best source is known: quote (matched in the stored text), source (named, its text not stored) or data_set "
        "(recorded by one); empty: no source.",
    ),
    field_column(
        "assertion",
        TEXT,
        "How its best source asserts it: first_hand, not_told, hearsay, presupposed, question (in a question alone) or none.",
    ),
    field_column("contest", TEXT, "Whether a source contradicts it: denied, disputed or none."),
    field_column(
        "source_count",
        INTEGER,
        "Independent sources that support it or take it for granted; a report that several publish counts once.",
    ),
    field_column(
        "values_as_of_today",
        FLAG,
        "Under known_by: whether later sources are left out, so that title, date, place, deaths and actuality may not be those known then.",
    ),
    field_column(
        "first_reported_on",
        DAY,
        "Day by which a public source first reported it; of a source known by its month, the last day of that month.",
        "#date+reported",
    ),
    field_column("data_set", TEXT, "The data set it came from, by slug; empty: entered here.", "#meta+source"),
    field_column("external_id", TEXT, "Id of the event in its data set; empty: none.", "#event+id+external"),
    field_column("recorded_at", MOMENT, "When it was entered, UTC."),
    field_column("revision", INTEGER, "Revision of the public data in which it last changed."),
    field_column("revised_at", MOMENT, "When what the public can read of it last changed, UTC."),
)
CITATION_LISTS = (
    Column("citation_count", INTEGER, "How many citations report it.", lambda record: len(record["citations"])),
    citations_column("citation_quotes", "The exact words.", itemgetter("quote")),
    citations_column("citation_acts", "What the speaker does with the words.", itemgetter("act")),
    citations_column(
        "citation_speakers", "Who speaks.", lambda citation: citation["speaker"]["name"] if citation["speaker"] else ""
    ),
    citations_column("citation_states", "Whether the words are in the stored text.", itemgetter("state")),
    citations_column("citation_briefings", "Title of the briefing.", lambda citation: citation["briefing"]["title"]),
    citations_column("citation_published_on", "Its day.", lambda citation: citation["briefing"]["published_on"] or ""),
    citations_column(
        "citation_published_edtf",
        "Its day, or the month or year where no day is known.",
        lambda citation: citation["briefing"]["published_edtf"] or "",
    ),
    citations_column("citation_urls", "Address of the words here.", itemgetter("url")),
    citations_column(
        "citation_source_urls", "Address of the words there.", lambda citation: citation["briefing"]["source_url"] or ""
    ),
)
WIDE = (*EVENT, *CITATION_LISTS)  # one row for each event


def _event_column(name: str, source: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, lambda record: record["event"][source])


def _briefing_column(source: str, kind: str, meaning: str) -> Column:
    return Column(f"briefing_{source}", kind, meaning, lambda record: record["briefing"][source])


VERSION = (
    field_column("text_sha256", TEXT, "SHA-256 of the version of the text that has the words; empty: none is stored."),
    field_column(
        "in_text_from",
        MOMENT,
        "Since when the words were in the text as stored here, UTC; the source may have had them before. Empty: not found.",
    ),
    field_column(
        "in_text_until", MOMENT, "When a text without the words was stored, UTC; empty: the text now has them."
    ),
)
CITATION = (
    _event_column("event_public_id", "public_id", TEXT, "Stable id of the event."),
    _event_column("event_title", "title", TEXT, "What happened."),
    _event_column("event_date", "date", TEXT, "The event's date in words, never more precise than known."),
    _event_column("event_edtf", "edtf", TEXT, "The event's date as EDTF (ISO 8601-2)."),
    field_column("public_id", TEXT, "Stable id of the citation."),
    field_column("url", TEXT, "Address of the exact words here."),
    field_column("act", TEXT, "What the speaker does with the words."),
    field_column("supports", FLAG, "Whether the words do not contradict the event, see `support`."),
    field_column("quote", TEXT, "The exact words; […] is a running head between them."),
    field_column("prefix", TEXT, "Up to 32 characters before them."),
    field_column("suffix", TEXT, "Up to 32 characters after them."),
    field_column("start", INTEGER, "Position in the stored text in code points, included; empty: not found."),
    field_column("end", INTEGER, "Position of their end, excluded; empty: not found."),
    field_column("locator", TEXT, LOCATOR),
    field_column("state", TEXT, "Whether the words are in the stored text."),
    field_column("turn_kind", TEXT, "question, answer or statement; empty: outside any turn."),
    Column(
        "speaker",
        TEXT,
        "Slug of the speaker.",
        lambda citation: citation["speaker"]["slug"] if citation["speaker"] else None,
    ),
    Column(
        "speaker_name",
        TEXT,
        "Who speaks.",
        lambda citation: citation["speaker"]["name"] if citation["speaker"] else None,
    ),
    field_column("date_as_stated", TEXT, "This source's own words for the date."),
    field_column("edtf", TEXT, "The date by this source, as EDTF; empty: the event's."),
    field_column("basis", TEXT, "How the speaker knows: first_hand or hearsay; empty: the text does not say."),
    field_column(
        "support", TEXT, "What it does for the claim of the event: supports, presupposes, asked, nothing or against."
    ),
    field_column("deaths_low", INTEGER, "Lowest count of deaths by this source; empty: it gives none."),
    field_column("deaths_best", INTEGER, "Best estimate of deaths by this source; empty: it gives none."),
    field_column("deaths_high", INTEGER, "Highest count of deaths by this source; empty: it gives none."),
    field_column("place", TEXT, "Slug of the place by this source; empty: the event's."),
    field_column("reliability", TEXT, "Of the source, A to F (Admiralty code); empty: nobody judged it."),
    field_column("credibility", TEXT, "Of the information, 1 to 6 (Admiralty code); empty: nobody judged it."),
    field_column("note", TEXT, "Note by an editor."),
    Column("briefing", TEXT, "Slug of the briefing.", lambda citation: citation["briefing"]["slug"]),
    _briefing_column("title", TEXT, "Title of the briefing."),
    _briefing_column("kind", TEXT, "Kind of document; data_record: a source that a data set lists."),
    _briefing_column("publisher", TEXT, "Its publisher."),
    _briefing_column("origin", TEXT, "Slug of the actor whose report it prints; empty: the publisher's own."),
    _briefing_column("published_on", DAY, "Its day; empty: not known."),
    _briefing_column("published_edtf", TEXT, PUBLISHED_EDTF),
    _briefing_column("url", TEXT, "Address of the briefing here."),
    _briefing_column(
        "source_url", TEXT, "Address of the words at the source, or of the source where a data set lists it."
    ),
    _briefing_column("text_sha256", TEXT, "SHA-256 of the stored text; empty: none is stored."),
    *VERSION,
)


PARTICIPATION = (
    _event_column("event_public_id", "public_id", TEXT, "Stable id of the event."),
    field_column("slug", TEXT, "Slug of the actor."),
    field_column("name", TEXT, "Who took part."),
    field_column("role", TEXT, "initiator, recipient, participant or mediator."),
    field_column("office", TEXT, "Held then, as the source gives it; empty: not stated."),
)


def flatten_citations(record: Record) -> Iterable[Record]:
    """Return an event's citations, each with its event."""
    return ({**citation, "event": record} for citation in record["citations"])


def flatten_participations(record: Record) -> Iterable[Record]:
    """Return who took part in an event, each with the event."""
    return ({**actor, "event": record} for actor in record["actors"])
