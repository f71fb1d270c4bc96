"""JSON Schema of events and citations, as the exports write them (see timeline.exports.event_records)."""

from timeline.exports.columns import CITATION, EVENT
from timeline.models.choices import Act, Credibility, QuoteState, Reliability, TurnKind
from timeline.models.date_qualifier import Qualifier
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.taxonomy import Category

from .json_schema import MEANINGS, Schema, list_of, named, nullable, number, object_of, of_column, text, url

VALUES = {  # column -> all that it can hold
    "category": Category.values,
    "date_qualifier": ["", *Qualifier.values],
    "place_precision": PlacePrecision.values,
    "act": Act.values,
    "state": QuoteState.values,
    "turn_kind": TurnKind.values,
    "reliability": Reliability.values,
    "credibility": Credibility.values,
}
NULL = {"start_earliest", "start_latest", "end_earliest", "end_latest", "first_reported_on"}  # open, or not known
NULL |= {"time_of_day", "place", "latitude", "longitude", "place_precision", "conflict", "data_set", "revised_at"}
NULL |= {"deaths_low", "deaths_best", "deaths_high", "external_id"}
NULL_IN_CITATION = {"start", "end", "turn_kind", "edtf"}
NULL_IN_BRIEFING = {"published_on", "source_url", "text_sha256"}
LISTED = {"actors"}  # columns that a record has as a list of objects
NOT_IN_RECORD = {"speaker", "speaker_name", "briefing"}  # columns that a record has as objects


def event() -> Schema:
    own = {
        column.name: of_column(column, column.name in NULL, VALUES.get(column.name, ()))
        for column in EVENT
        if column.name not in LISTED
    }
    own |= {
        "type_name": text(MEANINGS["events", "type_name"]),
        "place_slug": nullable(text(MEANINGS["events", "place"])),
        "conflict_slug": nullable(text(MEANINGS["events", "conflict"])),
        "actors": list_of(participation(), "Who took part."),
        "citations": list_of(named("Citation"), "All that the public can read of its sources."),
    }
    return object_of(own, "Something that happened or was said.")


def participation() -> Schema:
    return object_of(
        {
            "slug": text(MEANINGS["participations", "actor"]),
            "name": text("Name of the actor."),
            "role": text(MEANINGS["participations", "role"], enum=Role.values),
            "office": text(MEANINGS["participations", "office"]),
        }
    )


def citation() -> Schema:
    own = {
        column.name: of_column(column, column.name in NULL_IN_CITATION, VALUES.get(column.name, ()))
        for column in CITATION
        if column.name not in NOT_IN_RECORD and not column.name.startswith(("event_", "briefing_"))
    }
    own |= {
        "position": number(MEANINGS["citations", "position"]),
        "speaker": nullable(named_row("Who speaks; null: not said.")),
        "briefing": source(),
    }
    return object_of(own, "The exact words of a briefing that speak of an event.")


def source() -> Schema:
    """Return the schema of the briefing as a citation names it."""
    own = {"slug": text(next(column.meaning for column in CITATION if column.name == "briefing"))}
    for column in CITATION:
        base, _, name = column.name.partition("_")
        if base == "briefing" and name:
            own[name] = of_column(column, name in NULL_IN_BRIEFING)
    return object_of(own, "Where the words stand.")


def citation_with_event() -> Schema:
    """Return the schema of a citation in a list of its own."""
    names = ("public_id", "url", "title", "date", "edtf")
    columns = {column.name: column for column in EVENT}
    found = citation()
    own = found["properties"] | {
        "event": object_of({name: of_column(columns[name]) for name in names}, "What they speak of.")
    }
    return object_of(own, found["description"])


def named_row(meaning: str) -> Schema:
    return object_of({"slug": text("Its slug."), "name": text("Its name.")}, meaning)


def left_out() -> Schema:
    return object_of(
        {
            "data_set": text("Slug of the data set; several are parted by commas."),
            "count": number("How many rows."),
            "why": text("The reason, in words."),
            "attribution": text("How the publisher of the data asks to be cited."),
        },
        "Rows that the licence of their data keeps on the site.",
    )


def licence() -> Schema:
    return object_of({"name": text("Name."), "url": url("Address.")}, "Of what was entered here.")
