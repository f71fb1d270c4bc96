"""JSON Schema of events and citations, as the exports write them (see timeline.exports.event_records)."""

from timeline.evidence.axes import Assertion, Basis, Contest, Form
from timeline.evidence.choices import Act, Credibility, QuoteState, Reliability, TurnKind
from timeline.evidence.support import Actuality, Claim, Support
from timeline.exports.columns import CITATION, EVENT
from timeline.models.briefing import BriefingKind
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.taxonomy import Category
from timeline.models.validators import Qualifier

from .json_schema import (
    MEANINGS,
    Schema,
    array_schema,
    column_schema,
    count_schema,
    nullable,
    object_schema,
    schema_reference,
    text_schema,
    url_schema,
)

VALUES = {  # column -> all that it can hold
    "category": Category.values,
    "date_qualifier": ["", *Qualifier.values],
    "place_precision": PlacePrecision.values,
    "act": Act.values,
    "state": QuoteState.values,
    "turn_kind": TurnKind.values,
    "reliability": ["", *Reliability.values],  # empty: nobody judged it
    "credibility": ["", *Credibility.values],
    "basis": ["", *Basis.values],
    "support": Support.values,
    "actuality": Actuality.values,
    "form": ["", *Form.values],
    "assertion": Assertion.values,
    "contest": Contest.values,
    "briefing_kind": BriefingKind.values,
}
NULL = {"start_earliest", "start_latest", "end_earliest", "end_latest", "first_reported_on"}  # open, or not known
NULL |= {"time_of_day", "place", "latitude", "longitude", "place_precision", "conflict", "data_set", "revised_at"}
NULL |= {"deaths_low", "deaths_best", "deaths_high", "external_id", "quad"}
NULL_IN_CITATION = {"start", "end", "turn_kind", "edtf", "deaths_low", "deaths_best", "deaths_high", "place"}
NULL_IN_BRIEFING = {"origin", "published_on", "source_url", "text_sha256"}
LISTED = {"actors"}  # columns that a record has as a list of objects
NOT_IN_RECORD = {"speaker", "speaker_name", "briefing"}  # columns that a record has as objects


def event_schema() -> Schema:
    properties = {
        column.name: column_schema(column, column.name in NULL, VALUES.get(column.name, ()))
        for column in EVENT
        if column.name not in LISTED
    }
    properties |= {
        "type_name": text_schema(MEANINGS["events", "type_name"]),
        "claim": text_schema(MEANINGS["events", "claim"], enum=Claim.values),
        "data_set_name": nullable(text_schema("Name of the data set; null: entered here.")),
        "place_slug": nullable(text_schema(MEANINGS["events", "place"])),
        "conflict_slug": nullable(text_schema(MEANINGS["events", "conflict"])),
        "actors": array_schema(participation_schema(), "Who took part."),
        "citations": array_schema(schema_reference("Citation"), "All that the public can read of its sources."),
    }
    return object_schema(properties, "Something that happened or was said.")


def participation_schema() -> Schema:
    return object_schema(
        {
            "slug": text_schema(MEANINGS["participations", "actor"]),
            "name": text_schema("Name of the actor."),
            "role": text_schema(MEANINGS["participations", "role"], enum=Role.values),
            "office": text_schema(MEANINGS["participations", "office"]),
        }
    )


def citation_schema() -> Schema:
    properties = {
        column.name: column_schema(column, column.name in NULL_IN_CITATION, VALUES.get(column.name, ()))
        for column in CITATION
        if column.name not in NOT_IN_RECORD and not column.name.startswith(("event_", "briefing_"))
    }
    properties |= {
        "position": count_schema(MEANINGS["citations", "position"]),
        "speaker": nullable(slug_and_name_schema("Who speaks; null: not said.")),
        "briefing": cited_briefing_schema(),
    }
    return object_schema(properties, "The exact words of a briefing that speak of an event.")


def cited_briefing_schema() -> Schema:
    """Return the schema of the briefing as a citation names it."""
    properties = {"slug": text_schema(next(column.meaning for column in CITATION if column.name == "briefing"))}
    for column in CITATION:
        base, _, name = column.name.partition("_")
        if base == "briefing" and name:
            properties[name] = column_schema(column, name in NULL_IN_BRIEFING, VALUES.get(column.name, ()))
    return object_schema(properties, "Where the words stand.")


def citation_with_event_schema() -> Schema:
    """Return the schema of a citation in a list of its own."""
    names = ("public_id", "url", "title", "date", "edtf")
    columns = {column.name: column for column in EVENT}
    citation = citation_schema()
    properties = citation["properties"] | {
        "event": object_schema({name: column_schema(columns[name]) for name in names}, "What they speak of.")
    }
    return object_schema(properties, citation["description"])


def slug_and_name_schema(meaning: str) -> Schema:
    return object_schema({"slug": text_schema("Its slug."), "name": text_schema("Its name.")}, meaning)


def left_out_schema() -> Schema:
    return object_schema(
        {
            "data_set": text_schema("Slug of the data set; several are parted by commas."),
            "count": count_schema("How many rows."),
            "why": text_schema("The reason, in words."),
            "attribution": text_schema("How the publisher of the data asks to be cited."),
        },
        "Rows that the licence of their data keeps on the site.",
    )


def licence_schema() -> Schema:
    return object_schema({"name": text_schema("Name."), "url": url_schema("Address.")}, "Of what was entered here.")
