"""Conflicts: the dossiers that public events belong to."""

from collections.abc import Iterable
from typing import Any

from timeline.http.absolute_urls import address_of
from timeline.models import Conflict
from timeline.querysets import ConflictQuerySet

from .api_parameters import Parameter
from .json_schema import Schema, nullable, number, object_of, of_field, text, url
from .query_fields import WordsField, make
from .resource import Resource

OWN = (Parameter("q", "Words, each in name or description.", make(WordsField), "armenia"),)
OF_TABLE = {"slug": "Stands for the dossier.", "name": "In full.", "description": "More."}


def narrowed(conflicts: ConflictQuerySet, own: dict[str, Any]) -> ConflictQuerySet:
    return conflicts.found_by(own["q"]) if own["q"] else conflicts


def counted(conflicts: ConflictQuerySet) -> ConflictQuerySet:
    return conflicts.with_event_count().with_span()


def records(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    return [record(conflict) for conflict in conflicts]


def record(conflict: Conflict) -> dict[str, Any]:
    return {
        **{name: getattr(conflict, name) for name in OF_TABLE},
        "url": address_of("conflict-detail", conflict.slug),
        "event_count": conflict.event_count or 0,
        "first_edtf": conflict.first_edtf,
        "latest_edtf": conflict.latest_edtf,
    }


def schema() -> Schema:
    return object_of(
        {
            **{name: of_field(Conflict._meta.get_field(name), meaning) for name, meaning in OF_TABLE.items()},
            "url": url("Address of its page."),
            "event_count": number("Public events that belong to it."),
            "first_edtf": nullable(text("Date, as EDTF, of the event that begins first; null: no start is known.")),
            "latest_edtf": nullable(text("Date, as EDTF, of the event that begins last; null: no start is known.")),
        },
        "A dossier.",
    )


CONFLICTS = Resource("conflict", "conflicts", "Conflicts", Conflict, narrowed, counted, records, OWN).endpoints()
