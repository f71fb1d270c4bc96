"""One page of a list: it begins after a given row, so that rows added meanwhile neither double nor hide another.

What an answer says of itself beside its rows.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Model, QuerySet

from timeline.database.keyset_paging import COLUMNS, further
from timeline.exports.columns import iso_utc
from timeline.exports.export_header import About
from timeline.exports.to_json import header_object
from timeline.models import DataSet, PublicRevision

from .api_request import ApiRequest
from .record_schemas import (
    Schema,
    array_schema,
    count_schema,
    nullable,
    object_schema,
    schema_reference,
    text_schema,
    url_schema,
)

SALT = "timeline.api.cursor"


@dataclass(frozen=True, slots=True)
class Order:
    """The rows follow a column, then their primary keys the same way; NULL comes last."""

    column: str
    descends: bool = False

    def sorted(self, rows: QuerySet) -> QuerySet:
        column = F(self.column)
        if self.descends:
            return rows.order_by(column.desc(nulls_last=True), "-pk")
        return rows.order_by(column.asc(nulls_last=True), "pk")


EVENT_ORDERS = {name: Order(*column) for name, column in COLUMNS.items()}  # the orders of the one filter
BY_CHANGE = Order("revised_at")


@dataclass(frozen=True, slots=True)
class Page:
    keys: list[str]  # public ids or slugs of the rows, in order
    next: str  # address of the next page; empty: this is the last


def paginate(rows: QuerySet, order: Order, key: str, api_request: ApiRequest, pairs: list[tuple[str, str]]) -> Page:
    """Return the page of `rows` that is asked for; `key` is the column that names them, `pairs` what chooses them.

    One query; two with a cursor. Raises ValidationError where the cursor is wrong.
    """
    scope = cursor_scope(api_request, pairs, order)
    rest = order.sorted(rows)
    if api_request.cleaned_data["cursor"]:
        name, value = read_cursor(scope, api_request.cleaned_data["cursor"])
        rest = further(rest, order.column, order.descends, row_position(rows.model, order, key, value, name))
    following_rows = list(rest.values_list(key, order.column)[: api_request.limit + 1])
    page_rows = following_rows[: api_request.limit]
    following = next_address(api_request, pairs, scope, *page_rows[-1]) if len(following_rows) > len(page_rows) else ""
    return Page([name for name, _ in page_rows], following)


def cursor_scope(api_request: ApiRequest, pairs: list[tuple[str, str]], order: Order) -> str:
    """Return what distinguishes one list from every other."""
    return repr((api_request.path, pairs, order))


def row_position(model: type[Model], order: Order, key: str, value: Any, name: str) -> tuple[Any, int]:
    """Return the place after which a page begins, column value and primary key, of the row with this name. One query.

    The value is the one that it had: a row that has moved since does not take the page along.
    """
    pk = model.objects.order_by().filter(**{key: name}).values_list("pk", flat=True).first()
    if pk is None:
        raise ValidationError({"cursor": ["The row at which this page begins is gone. Start from the first page."]})
    return model._meta.get_field(order.column).to_python(value), pk


def next_address(api_request: ApiRequest, pairs: list[tuple[str, str]], scope: str, *place: Any) -> str:
    """Return the address of the page that begins after this place."""
    limit = [("limit", str(api_request.limit))] if api_request.cleaned_data["limit"] else []
    plain = [part.isoformat() if isinstance(part, dt.date) else part for part in place]
    return api_request.address([*pairs, *limit, ("cursor", sign_cursor(scope, *plain))])


def sign_cursor(scope: str, *place: Any) -> str:
    """Return the cursor of a place: values that JSON knows. `scope` names the list: resource, filter and order."""
    return Signer(salt=SALT).sign_object([_digest(scope), *place], compress=True)


def read_cursor(scope: str, cursor: str) -> list:
    """Return the place. Raises ValidationError where the cursor is not ours, or another list's."""
    try:
        digest, *place = Signer(salt=SALT).unsign_object(cursor)
    except BadSignature:
        raise ValidationError(
            {"cursor": ["This cursor does not come from this site. Start from the first page."]}
        ) from None
    if digest != _digest(scope):
        words = "This cursor belongs to other parameters. Keep those of the first page, or start from it."
        raise ValidationError({"cursor": [words]})
    return place


def _digest(scope: str) -> str:
    return hashlib.sha256(scope.encode()).hexdigest()[:16]


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
        "known_by": nullable(text_schema("The day as of which the record is shown; null: today.")),
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
    """Return the schema of a list of rows that is under a name."""
    total = count_schema("Rows of the whole list.")
    return object_schema(
        {**REVISION, "total": total, "left_out": LEFT_OUT, "next": NEXT, name: array_schema(rows, meaning)}, meaning
    )
