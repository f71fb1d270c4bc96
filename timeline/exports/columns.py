"""The columns of the files: what each holds, in which unit, and how it is taken from a record (see reading)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from .event_records import Record

SEPARATOR = " ‖ "  # between the items of a list in one cell; quotes do not contain it
TEXT, NUMBER, INTEGER, DAY, MOMENT, FLAG, LIST = "text", "number", "integer", "day", "moment", "yes or no", "list"


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


def own(name: str, kind: str, meaning: str, hxl: str = "") -> Column:
    """Return the column of a record's value of that name."""
    return Column(name, kind, meaning, itemgetter(name), hxl)


def stamp(at) -> str | None:
    """Return a moment as ISO 8601 in UTC, with microseconds where it has them."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def joined(items: list[str]) -> str:
    """Return a list as one cell, each item in its place; empty where all are."""
    return SEPARATOR.join(items) if any(items) else ""


def of_citations(name: str, meaning: str, value: Callable[[Record], str]) -> Column:
    def cell(record: Record) -> str:
        told = record["citations"]
        return value(told[0]) if len(told) == 1 else joined(list(map(value, told)))

    return Column(name, LIST, meaning, cell)


def _actor(one: Record) -> str:
    office = f", {one['office']}" if one["office"] else ""
    return f"{one['name']}{office} [{one['role']}]"


EVENT = (
    own("public_id", TEXT, "Stable id of the event.", "#event+id"),
    own("url", TEXT, "Permanent address of the event's page.", "#meta+url"),
    own("title", TEXT, "What happened.", "#event+name"),
    own("summary", TEXT, "What a reader must know beside the quotes.", "#description"),
    own("date", TEXT, "The date in words, never more precise than known.", "#date+text"),
    own("date_as_stated", TEXT, "The source's own words for the date.", "#date+stated"),
    own("edtf", TEXT, "The date as EDTF (ISO 8601-2).", "#date+edtf"),
    own("start_earliest", DAY, "First day it can have begun; empty: open.", "#date+start+earliest"),
    own("start_latest", DAY, "Last day it can have begun; empty: open.", "#date+start+latest"),
    own("end_earliest", DAY, "First day it can have ended; empty: open.", "#date+end+earliest"),
    own("end_latest", DAY, "Last day it can have ended; empty: open.", "#date+end+latest"),
    own("date_qualifier", TEXT, "~ about, ? uncertain, % both; empty: neither.", "#date+qualifier"),
    own("date_note", TEXT, "How the stated words were understood."),
    own("time_of_day", TEXT, "Local clock time, HH:MM:SS; empty: not stated."),
    own("time_zone", TEXT, "IANA zone of the clock time."),
    own("category", TEXT, "Group of the type.", "#event+category"),
    own("type", TEXT, "Kind of event.", "#event+type"),
    Column(
        "actors",
        LIST,
        "Who took part, with role and the office held then.",
        lambda record: joined([_actor(one) for one in record["actors"]]),
        "#group+name",
    ),
    own("place", TEXT, "Where it happened.", "#loc+name"),
    own("country", TEXT, "ISO 3166-1 code of the place.", "#country+code"),
    own("latitude", NUMBER, "Degrees north, WGS 84.", "#geo+lat"),
    own("longitude", NUMBER, "Degrees east, WGS 84.", "#geo+lon"),
    own("place_precision", TEXT, "What the point stands for.", "#geo+precision"),
    own("conflict", TEXT, "The dossier it belongs to.", "#crisis+name"),
    own("deaths_low", INTEGER, "Lowest count of deaths; empty: none is given.", "#affected+killed+min"),
    own("deaths_best", INTEGER, "Best estimate of deaths; empty: none is given.", "#affected+killed"),
    own("deaths_high", INTEGER, "Highest count of deaths; empty: none is given.", "#affected+killed+max"),
    own("deaths_out_of_order", FLAG, "Whether these counts contradict each other, as their source has them."),
    own("first_reported_on", DAY, "Day of the first public briefing that speaks of it.", "#date+reported"),
    own("data_set", TEXT, "The data set it came from, by slug; empty: entered here.", "#meta+source"),
    own("external_id", TEXT, "Id of the event in its data set; empty: none.", "#event+id+external"),
    own("recorded_at", MOMENT, "When it was entered, UTC."),
    own("revision", INTEGER, "Revision of the public data in which it last changed."),
    own("revised_at", MOMENT, "When what the public can read of it last changed, UTC."),
)
OF_CITATIONS = (
    Column("citation_count", INTEGER, "How many citations speak of it.", lambda record: len(record["citations"])),
    of_citations("citation_quotes", "The exact words.", itemgetter("quote")),
    of_citations("citation_acts", "What the speaker does with them.", itemgetter("act")),
    of_citations("citation_speakers", "Who speaks.", lambda one: one["speaker"]["name"] if one["speaker"] else ""),
    of_citations("citation_states", "Whether the words stand in the stored text.", itemgetter("state")),
    of_citations("citation_briefings", "Title of the briefing.", lambda one: one["briefing"]["title"]),
    of_citations("citation_published_on", "Its day.", lambda one: one["briefing"]["published_on"] or ""),
    of_citations("citation_urls", "Address of the words here.", itemgetter("url")),
    of_citations(
        "citation_source_urls", "Address of the words there.", lambda one: one["briefing"]["source_url"] or ""
    ),
)
WIDE = (*EVENT, *OF_CITATIONS)  # one row for each event


def _of_event(name: str, source: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, lambda record: record["event"][source])


def _of_briefing(source: str, kind: str, meaning: str) -> Column:
    return Column(f"briefing_{source}", kind, meaning, lambda record: record["briefing"][source])


CITATION = (
    _of_event("event_public_id", "public_id", TEXT, "Stable id of the event."),
    _of_event("event_title", "title", TEXT, "What happened."),
    _of_event("event_date", "date", TEXT, "The event's date in words, never more precise than known."),
    _of_event("event_edtf", "edtf", TEXT, "The event's date as EDTF (ISO 8601-2)."),
    own("public_id", TEXT, "Stable id of the citation."),
    own("url", TEXT, "Address of the exact words here."),
    own("act", TEXT, "What the speaker does with the words."),
    own("supports", FLAG, "Whether they speak for the event; denials and disputes do not."),
    own("quote", TEXT, "The exact words."),
    own("prefix", TEXT, "Up to 32 characters before them."),
    own("suffix", TEXT, "Up to 32 characters after them."),
    own("start", INTEGER, "Position in the stored text in code points, included; empty: not found."),
    own("end", INTEGER, "Position of their end, excluded; empty: not found."),
    own("state", TEXT, "Whether the words stand in the stored text."),
    own("turn_kind", TEXT, "question, answer or statement; empty: outside any turn."),
    Column("speaker", TEXT, "Slug of the speaker.", lambda one: one["speaker"]["slug"] if one["speaker"] else None),
    Column("speaker_name", TEXT, "Who speaks.", lambda one: one["speaker"]["name"] if one["speaker"] else None),
    own("date_as_stated", TEXT, "This source's own words for the date."),
    own("edtf", TEXT, "The date by this source, as EDTF; empty: the event's."),
    own("reliability", TEXT, "Of the source, A to F (Admiralty code)."),
    own("credibility", TEXT, "Of the information, 1 to 6 (Admiralty code)."),
    own("note", TEXT, "What an editor remarks."),
    Column("briefing", TEXT, "Slug of the briefing.", lambda one: one["briefing"]["slug"]),
    _of_briefing("title", TEXT, "Title of the briefing."),
    _of_briefing("publisher", TEXT, "Who put it out."),
    _of_briefing("published_on", DAY, "Its day; empty: not known."),
    _of_briefing("url", TEXT, "Address of the briefing here."),
    _of_briefing("source_url", TEXT, "Address of the words at the source."),
    _of_briefing("text_sha256", TEXT, "SHA-256 of the stored text; empty: none is stored."),
)


def citation_records(record: Record) -> Iterable[Record]:
    """Return an event's citations, each with its event."""
    return ({**one, "event": record} for one in record["citations"])
