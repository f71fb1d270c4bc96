"""A question as it was read, and the ways to say no to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import QueryDict

from timeline.filters import EventFilter
from timeline.http.absolute_urls import absolute
from timeline.querysets import EventQuerySet

from .query_fields import USUAL

Errors = dict[str, list[str]]


class Refused(Exception):
    """There is no answer, and why."""

    def __init__(self, status: int, errors: Errors):
        super().__init__(errors)
        self.status, self.errors = status, errors


class Moved(Exception):
    """The answer stands at another address."""

    def __init__(self, url: str):
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters that the resource reads itself, cleaned, None where wrong; those of the one filter are read by
    `filtered`."""

    path: str  # of the address
    data: QueryDict
    own: Mapping[str, Any]
    wrong: Errors  # of the resource's own parameters
    key: str = ""  # slug or public id in the path

    @property
    def limit(self) -> int:
        return self.own["limit"] or USUAL

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of its own that choose what is listed, in their canonical order."""
        texts = [(name, text) for name in sorted(self.own) for text in sorted(self.data.getlist(name)) if text]
        return [pair for pair in texts if pair[0] not in ("cursor", "limit")]

    def filtered(self, events: EventQuerySet) -> EventFilter:
        """Return the one filter on these events. Raises Refused where a parameter of either is wrong."""
        chosen = EventFilter(self.data, events, also=frozenset(self.own))
        if wrong := chosen.messages | self.wrong:
            raise Refused(400, wrong)
        return chosen

    def address(self, pairs: list[tuple[str, str]]) -> str:
        """Return the address of the same resource with these parameters, in full."""
        return absolute(self.path + (f"?{urlencode(pairs)}" if pairs else ""))


def question(form: Form, path: str, data: QueryDict, key: str, *, takes_filter: bool) -> Asked:
    """Return the question. Raises Refused where a parameter is wrong; beside the one filter, `filtered` does so."""
    wrong = {name: list(errors) for name, errors in form.errors.items()}
    asked = Asked(path, data, {name: form.cleaned_data.get(name) for name in form.fields}, wrong, key)
    if wrong and not takes_filter:
        raise Refused(400, wrong)
    return asked
