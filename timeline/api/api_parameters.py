"""What can be asked at an address: names, meanings, and the form that reads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from timeline.filters import EventFilter
from timeline.filters.event_filter import DEFAULTS
from timeline.filters.event_filter_form import EventFilterForm

from .json_schema import Schema
from .query_fields import CursorField, LimitField, MomentField, field_factory, field_schema


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    meaning: str
    field: Callable[[], forms.Field]
    example: str = ""  # a value; empty: the page of the documentation shows none

    @property
    def schema(self) -> Schema:
        return field_schema(self.field())


LIMIT = Parameter("limit", "Rows of one page.", field_factory(LimitField), "10")
CURSOR = Parameter(
    "cursor",
    "Where the page begins: taken from `next` of the page before, and good for the same parameters alone.",
    field_factory(CursorField),
)
PAGED = (LIMIT, CURSOR)
SINCE = Parameter(
    "updated_since",
    "Only what changed at this moment or later, a day (its beginning in UTC) or a moment with its zone; in the order of "
    "the changes.",
    field_factory(MomentField),
    "2022-03-25T14:00:00Z",
)

NOT = "none of these values"
MEANINGS = {  # of the filter's parameters; docs/filters.md has more of each
    "q": "Words, each found where a word begins, in title, summary, quotes, actor names and aliases; “in quotation marks” "
    "a phrase.",
    "from": "Begin of the period: a year, month or day, included.",
    "to": "End of the period: a year, month or day, included.",
    "when": "`possible`: may have gone on in the period; `certain`: must have.",
    "known_by": "What had been said by that day, or by the end of that month or year.",
    "category": "Group of the type.",
    "type": "Kind of event, by slug.",
    "conflict": "Dossier, by slug.",
    "country": "Country of the place, ISO 3166-1.",
    "place": "Place, by slug.",
    "data_set": "Data set it came from, by slug.",
    "actor": "Actor, by slug, with those that belong to it.",
    "actor__all": "Every one of these actors.",
    "role": "Narrows `actor` and `actor__all`; alone, someone has that role.",
    "briefing": "Cited from this briefing, by slug.",
    "publisher": "Cited from a briefing of this publisher, by slug.",
    "speaker": "Cited from this speaker, by slug.",
    "act": "How it is said.",
    "evidence": "`verified`: a supporting quote stands in its text; `unverified`: none does; `disputed`: someone denies or "
    "disputes it.",
    "order": "Order of the events; with `updated_since` that of the changes, unless one is named.",
}
EXAMPLES = {"q": "ceasefire", "from": "2022-03", "to": "2022-03", "category": "call", "country": "AM"}


def filter_parameters() -> tuple[Parameter, ...]:
    """Return the parameters of the one filter, as it declares them."""
    return tuple(_filter_parameter(name, filter) for name, filter in EventFilter.base_filters.items())


def _filter_parameter(name: str, filter) -> Parameter:
    base, _, end = name.partition("__")
    meaning = MEANINGS[name] if end != "not" else f"As `{base}`: {NOT}."
    if name in DEFAULTS:
        meaning += f" Usually `{DEFAULTS[name]}`."
    return Parameter(name, meaning, lambda: filter.field, EXAMPLES.get(name, ""))


FILTER = filter_parameters()
FILTER_NAMES = frozenset(parameter.name for parameter in FILTER)


def bind_form(query: QueryDict, parameters: Iterable[Parameter], also: Iterable[str] = ()) -> EventFilterForm:
    """Return the form that reads these parameters; `also`: names that another reads."""
    fields = {parameter.name: parameter.field() for parameter in parameters}
    return type("BoundForm", (EventFilterForm,), fields | {"also": frozenset(also)})(query)
