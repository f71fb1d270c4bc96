"""What an answer says of itself beside its rows."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from timeline.exports.columns import iso_utc
from timeline.exports.export_header import About
from timeline.exports.to_json import header_object
from timeline.models import DataSet, PublicRevision

from .json_schema import (
    Schema,
    array_schema,
    count_schema,
    nullable,
    object_schema,
    schema_reference,
    text_schema,
    url_schema,
)

REVISION = {
    "revision": count_schema("Revision of the public data: how often it has changed."),
    "revised_at": nullable(text_schema("When it last changed, UTC; null: never.", format="date-time")),
    "publisher": text_schema("Who publishes the data."),
    "licence": schema_reference("Licence"),
}
LEFT_OUT = array_schema(schema_reference("LeftOut"), "What is shown on the site and not here, and why.")


def site_envelope() -> dict[str, Any]:
    """Return the state of the data and whose it is. One query."""
    number, at = PublicRevision.objects.current()
    return {
        "revision": number,
        "revised_at": iso_utc(at),
        "publisher": settings.PUBLISHER,
        "licence": {"name": settings.DATA_LICENCE, "url": settings.DATA_LICENCE_URL},
    }


def filter_envelope(about: About) -> dict[str, Any]:
    """Return what the JSON export says of the same filter."""
    return header_object(about)


def filter_properties(meaning: str) -> dict[str, Schema]:
    return {
        "sentence": text_schema("The filter in words."),
        "query": text_schema("The filter in its one canonical form, without “?”."),
        "url": url_schema("The page that shows the same events."),
        "total": count_schema(meaning),
        "known_by": nullable(text_schema("The record as known by this day; null: as known today.")),
        "without_source_day": count_schema(
            "Under known_by: events of the filter that rest on sources without a day, and are in no list as known on a day."
        ),
        **REVISION,
        "attribution": text_schema("How to cite this."),
        "left_out": LEFT_OUT,
    }


NEXT = nullable(url_schema("The next page; null: this is the last."))


def list_envelope(public: QuerySet, redistributable: QuerySet, kind: str) -> dict[str, Any]:
    """Return the head of a list of rows: `public` are those that the site shows, `leaving` those of them that may leave it.
    `kind`: their plural. Two queries more where some data set is held back."""
    total = redistributable.count()
    withheld = list(DataSet.objects.not_redistributable())
    return site_envelope() | {
        "total": total,
        "left_out": left_out_rows(withheld, public.count() - total, kind) if withheld else [],
    }


def left_out_rows(withheld: list[DataSet], count: int, kind: str) -> list[dict[str, Any]]:
    if not count:
        return []
    names = ", ".join(f"{data_set.name} ({data_set.licence})" for data_set in withheld)
    why = f"{count:,} {kind} known by events of {names} alone left out: the licence forbids redistribution."
    attribution = " ".join(data_set.attribution for data_set in withheld)
    return [
        {
            "data_set": ",".join(data_set.slug for data_set in withheld),
            "count": count,
            "why": why,
            "attribution": attribution,
        }
    ]


def list_schema(name: str, rows: Schema, meaning: str) -> Schema:
    """Return the schema of a list of rows that stands under a name."""
    total = count_schema("Rows of the whole list.")
    return object_schema(
        {**REVISION, "total": total, "left_out": LEFT_OUT, "next": NEXT, name: array_schema(rows, meaning)}, meaning
    )
