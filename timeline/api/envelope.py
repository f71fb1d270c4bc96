"""What an answer says of itself beside its rows."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from timeline.exports.columns import stamp
from timeline.exports.export_header import About
from timeline.exports.to_json import head
from timeline.models import DataSet, PublicRevision

from .json_schema import Schema, list_of, named, nullable, number, object_of, text, url

REVISION = {
    "revision": number("Revision of the public data: how often it has changed."),
    "revised_at": nullable(text("When it last changed, UTC; null: never.", format="date-time")),
    "publisher": text("Who publishes the data."),
    "licence": named("Licence"),
}
LEFT_OUT = list_of(named("LeftOut"), "What is shown on the site and not here, and why.")


def of_site() -> dict[str, Any]:
    """Return the state of the data and whose it is. One query."""
    number, at = PublicRevision.objects.now()
    return {
        "revision": number,
        "revised_at": stamp(at),
        "publisher": settings.PUBLISHER,
        "licence": {"name": settings.DATA_LICENCE, "url": settings.DATA_LICENCE_URL},
    }


def of_filter(about: About) -> dict[str, Any]:
    """Return what the JSON export says of the same filter."""
    return head(about)


def filter_schema(meaning: str) -> dict[str, Schema]:
    return {
        "sentence": text("The filter in words."),
        "query": text("The filter in its one canonical form, without “?”."),
        "url": url("The page that shows the same events."),
        "total": number(meaning),
        "known_by": nullable(text("The record as known by this day; null: as known today.")),
        **REVISION,
        "attribution": text("How to cite this."),
        "left_out": LEFT_OUT,
    }


NEXT = nullable(url("The next page; null: this is the last."))


def of_rows(public: QuerySet, leaving: QuerySet, kind: str) -> dict[str, Any]:
    """Return the head of a list of rows: `public` are those that the site shows, `leaving` those of them that may leave it.
    `kind`: their plural. Two queries more where some data set is held back."""
    total = leaving.count()
    held = list(DataSet.objects.held_back())
    return of_site() | {"total": total, "left_out": left_out(held, public.count() - total, kind) if held else []}


def left_out(held: list[DataSet], count: int, kind: str) -> list[dict[str, Any]]:
    if not count:
        return []
    names = ", ".join(f"{one.name} ({one.licence})" for one in held)
    why = f"{count:,} {kind} known by events of {names} alone left out: the licence forbids redistribution."
    attribution = " ".join(one.attribution for one in held)
    return [{"data_set": ",".join(one.slug for one in held), "count": count, "why": why, "attribution": attribution}]


def rows_schema(name: str, rows: Schema, meaning: str) -> Schema:
    """Return the schema of a list of rows that stands under a name."""
    total = number("Rows of the whole list.")
    return object_of(
        {**REVISION, "total": total, "left_out": LEFT_OUT, "next": NEXT, name: list_of(rows, meaning)}, meaning
    )
