"""One page of a list: it begins after a given row, so that rows added meanwhile neither double nor hide another."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Model, QuerySet

from timeline.database.keyset_paging import COLUMNS, further

from .api_request import ApiRequest

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
    """Return what tells one list from every other."""
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
        raise ValidationError({"cursor": ["This is no cursor of this site. Start from the first page."]}) from None
    if digest != _digest(scope):
        words = "This cursor belongs to other parameters. Keep those of the first page, or start from it."
        raise ValidationError({"cursor": [words]})
    return place


def _digest(scope: str) -> str:
    return hashlib.sha256(scope.encode()).hexdigest()[:16]
