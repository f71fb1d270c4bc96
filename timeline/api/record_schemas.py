"""JSON Schema of what is answered, from the columns of the exports and of the tables. Source: JSON Schema 2020-12.

JSON Schema of events and citations, as the exports write them (see timeline.exports.event_records).
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from timeline.evidence.axes import Assertion, Basis, Contest, Form
from timeline.evidence.choices import Act, Credibility, QuoteState, Reliability, TurnKind
from timeline.evidence.support import Actuality, Claim, Support
from timeline.exports.columns import CITATION, DAY, EVENT, FLAG, INTEGER, MOMENT, NUMBER, Column
from timeline.exports.package import TABLES
from timeline.models.briefing import BriefingKind
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.taxonomy import Category
from timeline.models.validators import Qualifier

Schema = dict[str, Any]

KINDS = {
    INTEGER: {"type": "integer"},
    NUMBER: {"type": "number"},
    FLAG: {"type": "boolean"},
    DAY: {"type": "string", "format": "date"},
    MOMENT: {"type": "string", "format": "date-time"},
}
FIELDS = (  # the first that fits: a DateTimeField is a DateField too
    (models.DateTimeField, KINDS[MOMENT]),
    (models.DateField, KINDS[DAY]),
    (models.DecimalField, KINDS[NUMBER]),
    (models.BooleanField, KINDS[FLAG]),
    (models.IntegerField, KINDS[INTEGER]),
)
MEANINGS = {(table.name, column.name): column.meaning for table in TABLES for column in table.columns}


def text_schema(meaning: str, **more) -> Schema:
    return {"type": "string", "description": meaning} | more


def url_schema(meaning: str) -> Schema:
    return text_schema(meaning, format="uri")


def count_schema(meaning: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": meaning}


def nullable(schema: Schema) -> Schema:
    """Return the schema of the same, or null."""
    widened = schema | {"type": [schema["type"], "null"]}
    return widened | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})


def object_schema(properties: dict[str, Schema], meaning: str = "") -> Schema:
    """Return the schema of an object that has all of these."""
    schema: Schema = {"type": "object", "properties": properties, "required": list(properties)}
    return schema | ({"description": meaning} if meaning else {})


def array_schema(schema: Schema, meaning: str) -> Schema:
    return {"type": "array", "items": schema, "description": meaning}


def schema_reference(name: str) -> Schema:
    """Return the schema that is under a name in the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def column_schema(column: Column, null: bool = False, values: Iterable[str] = ()) -> Schema:
    """Return the schema of a column of the exports; `values`: all that it can hold."""
    schema = KINDS.get(column.kind, {"type": "string"}) | {"description": column.meaning}
    if values:
        schema["enum"] = list(values)
    return nullable(schema) if null else schema


def table_schemas(model: type[models.Model], table: str, *names: str) -> dict[str, Schema]:
    """Return the schemas of columns of a model; `table` is the one of the package that says what they mean."""
    return {name: model_field_schema(model._meta.get_field(name), MEANINGS[table, name]) for name in names}


def model_field_schema(field: models.Field, meaning: str) -> Schema:
    field_schema = next((schema for kind, schema in FIELDS if isinstance(field, kind)), {"type": "string"})
    field_schema = field_schema | {"description": meaning}
    if field.choices:
        field_schema["enum"] = [value for value, _ in field.choices] + ([""] if field.blank else [])
    return nullable(field_schema) if field.null else field_schema


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
NULL_IN_CITATION = {
    "text_sha256",
    "in_text_from",
    "in_text_until",
    "start",
    "end",
    "locator",
    "turn_kind",
    "edtf",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "place",
}
NULL_IN_BRIEFING = {"origin", "published_on", "published_edtf", "source_url", "text_sha256"}
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
        "citations": array_schema(schema_reference("Citation"), "Its citations that are public."),
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
    return object_schema(properties, "The exact words of a source that report an event.")


def cited_briefing_schema() -> Schema:
    """Return the schema of the briefing as a citation names it."""
    properties = {"slug": text_schema(next(column.meaning for column in CITATION if column.name == "briefing"))}
    for column in CITATION:
        base, _, name = column.name.partition("_")
        if base == "briefing" and name:
            properties[name] = column_schema(column, name in NULL_IN_BRIEFING, VALUES.get(column.name, ()))
    return object_schema(properties, "Where the words are.")


def citation_with_event_schema() -> Schema:
    """Return the schema of a citation in a list of its own."""
    names = ("public_id", "url", "title", "date", "edtf")
    columns = {column.name: column for column in EVENT}
    citation = citation_schema()
    properties = citation["properties"] | {
        "event": object_schema({name: column_schema(columns[name]) for name in names}, "The event that they report.")
    }
    return object_schema(properties, citation["description"])


def slug_and_name_schema(meaning: str) -> Schema:
    return object_schema({"slug": text_schema("Its slug."), "name": text_schema("Its name.")}, meaning)


def left_out_schema() -> Schema:
    return object_schema(
        {
            "data_set": text_schema("Slug of the data set; several are separated by commas."),
            "count": count_schema("How many rows."),
            "why": text_schema("The reason, in words."),
            "attribution": text_schema("How the publisher of the data asks to be cited."),
        },
        "Rows that the licence of their data keeps on the site.",
    )


def licence_schema() -> Schema:
    return object_schema(
        {"name": text_schema("Name; empty: none was chosen."), "url": text_schema("Address; empty: none.")},
        "Of what was entered here.",
    )
