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
    """Return the schema that stands under a name in the document."""
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
