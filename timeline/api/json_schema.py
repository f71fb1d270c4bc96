"""JSON Schema of what is answered, from the columns of the exports and of the tables. Source: JSON Schema 2020-12."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from timeline.exports.columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, Column
from timeline.exports.package import TABLES

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


def text(meaning: str, **more) -> Schema:
    return {"type": "string", "description": meaning} | more


def url(meaning: str) -> Schema:
    return text(meaning, format="uri")


def number(meaning: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": meaning}


def nullable(schema: Schema) -> Schema:
    """Return the schema of the same, or null."""
    found = schema | {"type": [schema["type"], "null"]}
    return found | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})


def object_of(properties: dict[str, Schema], meaning: str = "") -> Schema:
    """Return the schema of an object that has all of these."""
    made: Schema = {"type": "object", "properties": properties, "required": list(properties)}
    return made | ({"description": meaning} if meaning else {})


def list_of(schema: Schema, meaning: str) -> Schema:
    return {"type": "array", "items": schema, "description": meaning}


def named(name: str) -> Schema:
    """Return the schema that stands under a name in the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def of_column(column: Column, null: bool = False, values: Iterable[str] = ()) -> Schema:
    """Return the schema of a column of the exports; `values`: all that it can hold."""
    found = KINDS.get(column.kind, {"type": "string"}) | {"description": column.meaning}
    if values:
        found["enum"] = list(values)
    return nullable(found) if null else found


def of_table(model: type[models.Model], table: str, *names: str) -> dict[str, Schema]:
    """Return the schemas of columns of a model; `table` is the one of the package that says what they mean."""
    return {name: of_field(model._meta.get_field(name), MEANINGS[table, name]) for name in names}


def of_field(field: models.Field, meaning: str) -> Schema:
    found = next((schema for kind, schema in FIELDS if isinstance(field, kind)), {"type": "string"})
    found = found | {"description": meaning}
    if field.choices:
        found["enum"] = [value for value, _ in field.choices] + ([""] if field.blank else [])
    return nullable(found) if field.null else found
