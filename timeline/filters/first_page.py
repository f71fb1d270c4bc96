"""Addresses of lists. The first page of the timeline has one without a query, and the order that the owner of the site has set. Any
other address that names no order has the oldest first, as exports and the API do."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from .event_filter_form import TRACKING
from .parameters import DEFAULTS


def with_first_order(parameters: QueryDict) -> QueryDict:
    """Return the parameters that an address of the timeline, or of an event, means."""
    if all(TRACKING.fullmatch(name) for name in parameters):
        return QueryDict(urlencode({"order": settings.FIRST_PAGE_ORDER}))
    return parameters


def address_query(query: str) -> str:
    """Return what such an address has for a canonical query, so that `with_first_order` reads the same list from it."""
    named = query or f"order={DEFAULTS['order']}"
    return "" if named == f"order={settings.FIRST_PAGE_ORDER}" else named


def with_query(path: str, query: str) -> str:
    """Return the address of a list by a canonical query, which may go on behind it."""
    written = address_query(query)
    if written != query and path != reverse("event-list"):  # hundreds of links of a page need not look the path up
        written = query
    return f"{path}?{written}" if written else path


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return parameters as an address has them behind its question mark, in the order given; "" for none. The links of a page say the same
    few parameters hundreds of times."""
    return "&".join(map(_pair_text, pairs))


@lru_cache(maxsize=4096)
def _pair_text(pair: tuple[str, str]) -> str:
    return urlencode([pair])
