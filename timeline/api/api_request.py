"""A question as it was read, and the ways to say no to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import QueryDict

from timeline.filters import EventFilter
from timeline.http.absolute_urls import absolute_url
from timeline.querysets import EventQuerySet

from .query_fields import DEFAULT_LIMIT

Errors = dict[str, list[str]]


class ApiError(Exception):
    """There is no answer, and why."""

    def __init__(self, status: int, errors: Errors):
        super().__init__(errors)
        self.status, self.errors = status, errors


class ApiRedirect(Exception):
    """The answer stands at another address."""

    def __init__(self, url: str):
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """The parameters that the resource reads itself, cleaned, None where wrong; those of the one filter are read by
    `filtered`."""

    path: str  # of the address
    query: QueryDict
    cleaned_data: Mapping[str, Any]
    errors: Errors  # of the resource's own parameters
    key: str = ""  # slug or public id in the path

    @property
    def limit(self) -> int:
        return self.cleaned_data["limit"] or DEFAULT_LIMIT

    @property
    def list_parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of its own that choose what is listed, in their canonical order."""
        texts = [
            (name, text) for name in sorted(self.cleaned_data) for text in sorted(self.query.getlist(name)) if text
        ]
        return [pair for pair in texts if pair[0] not in ("cursor", "limit")]

    def event_filter(self, events: EventQuerySet) -> EventFilter:
        """Return the one filter on these events. Raises ApiError where a parameter of either is wrong."""
        event_filter = EventFilter(self.query, events, also=frozenset(self.cleaned_data))
        if errors := event_filter.messages | self.errors:
            raise ApiError(400, errors)
        return event_filter

    def address(self, pairs: list[tuple[str, str]]) -> str:
        """Return the address of the same resource with these parameters, in full."""
        return absolute_url(self.path + (f"?{urlencode(pairs)}" if pairs else ""))


def make_request(form: Form, path: str, query: QueryDict, key: str, *, takes_filter: bool) -> ApiRequest:
    """Return the question. Raises ApiError where a parameter is wrong; beside the one filter, `filtered` does so."""
    wrong = {name: list(errors) for name, errors in form.errors.items()}
    api_request = ApiRequest(path, query, {name: form.cleaned_data.get(name) for name in form.fields}, wrong, key)
    if wrong and not takes_filter:
        raise ApiError(400, wrong)
    return api_request
