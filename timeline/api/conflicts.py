"""The conflicts that public events belong to."""

from collections.abc import Iterable
from typing import Any

from timeline.absolute_urls import absolute_page_url
from timeline.models import Conflict
from timeline.querysets import ConflictQuerySet

from .query_fields import Parameter, WordsField, field_factory
from .record_schemas import Schema, count_schema, model_field_schema, nullable, object_schema, text_schema, url_schema
from .resource import Resource

PARAMETERS = (Parameter("q", "Words; each must occur in name or description.", field_factory(WordsField), "armenia"),)
MODEL_FIELDS = {"slug": "Stands for the conflict.", "name": "In full.", "description": "More."}


def filter_conflicts(conflicts: ConflictQuerySet, cleaned_data: dict[str, Any]) -> ConflictQuerySet:
    return conflicts.search(cleaned_data["q"]) if cleaned_data["q"] else conflicts


def serialize_conflicts(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    return [serialize_conflict(conflict) for conflict in conflicts]


def serialize_conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        **{name: getattr(conflict, name) for name in MODEL_FIELDS},
        "url": absolute_page_url("conflict-detail", conflict.slug),
        "event_count": conflict.event_count,
        "first_edtf": conflict.first_edtf,
        "latest_edtf": conflict.latest_edtf,
    }


def conflict_schema() -> Schema:
    return object_schema(
        {
            **{
                name: model_field_schema(Conflict._meta.get_field(name), meaning)
                for name, meaning in MODEL_FIELDS.items()
            },
            "url": url_schema("Address of its page."),
            "event_count": count_schema("Public events that belong to it."),
            "first_edtf": nullable(
                text_schema("Date, as EDTF, of the event that begins first; null: no start is known.")
            ),
            "latest_edtf": nullable(
                text_schema("Date, as EDTF, of the event that begins last; null: no start is known.")
            ),
        },
        "A conflict.",
    )


CONFLICTS = Resource(
    "conflict",
    "conflicts",
    "Conflicts",
    Conflict,
    filter_conflicts,
    ConflictQuerySet.with_span,
    serialize_conflicts,
    PARAMETERS,
).endpoints()
