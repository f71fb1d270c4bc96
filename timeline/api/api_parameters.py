"""What can be asked at an address: names, meanings, and the form that reads them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from timeline.filters import EventFilter
from timeline.filters.event_filter_form import EventFilterForm
from timeline.filters.parameters import PARAMETERS

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


def filter_parameters() -> Iterator[Parameter]:
    """Yield the parameters of the one filter, as it declares them."""
    for declared in PARAMETERS:
        usual = f" Usually `{declared.default}`." if declared.default else ""
        made = EventFilter.base_filters[declared.name]
        yield Parameter(declared.name, declared.meaning + usual, lambda made=made: made.field, declared.example)


FILTER = tuple(filter_parameters())
FILTER_NAMES = frozenset(parameter.name for parameter in FILTER)


def bind_form(query: QueryDict, parameters: Iterable[Parameter], also: Iterable[str] = ()) -> EventFilterForm:
    """Return the form that reads these parameters; `also`: names that another reads."""
    fields = {parameter.name: parameter.field() for parameter in parameters}
    return type("BoundForm", (EventFilterForm,), fields | {"also": frozenset(also)})(query)
