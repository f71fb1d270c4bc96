"""The parameters of an address: their names and meanings, the form that reads them, and what each takes as JSON Schema."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from timeline.filters import EventFilter
from timeline.filters.event_filter_form import EventFilterForm
from timeline.filters.filter_fields import (
    BOX_PATTERN,
    MOST_VALUES,
    AnyOfField,
    BoxField,
    CountField,
    CountriesField,
    OneOfField,
    PeriodField,
    SlugChoiceField,
    TermsField,
    quote_input,
)
from timeline.filters.parameters import PARAMETERS

from .record_schemas import Schema

DEFAULT_LIMIT, MAX_LIMIT = 50, 200  # rows of a page
LONGEST = 200  # characters of words to search for
CURSOR_PATTERN = re.compile(r"[-_.:A-Za-z0-9]{1,1000}", re.ASCII)
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}))?", re.ASCII
)
RIGHT_MOMENT = (
    "Write a day, like 2022-03-25, or a moment with its zone, like 2022-03-25T14:00:00Z. In an address + is %2B."
)


class LimitField(forms.Field):
    """Rows of one page; None where not given."""

    def clean(self, value: str | None) -> int | None:
        if value is None:
            return None
        if re.fullmatch(r"[0-9]{1,4}", value, re.ASCII) and 1 <= int(value) <= MAX_LIMIT:
            return int(value)
        raise ValidationError(
            f"{quote_input(value)} is not a valid page size. Write a whole number from 1 to {MAX_LIMIT}."
        )


class CursorField(forms.Field):
    """Where the next page begins, as it appears in the address that an answer gives; empty where not given."""

    def clean(self, value: str | None) -> str:
        if value is None:
            return ""
        if CURSOR_PATTERN.fullmatch(value):
            return value
        raise ValidationError("This cursor does not come from this site. Start from the first page, without it.")


class MomentField(forms.Field):
    """A moment, or a day, which means its beginning in UTC. Cleaned to a moment in UTC, None where not given."""

    def clean(self, value: str | None) -> dt.datetime | None:
        if value is None:
            return None
        try:
            if not MOMENT.fullmatch(value):
                raise ValueError(value)
            if day := parse_date(value):
                return dt.datetime.combine(day, dt.time(), dt.UTC)
            return parse_datetime(value).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise ValidationError(f"{quote_input(value)} is neither a day nor a time. {RIGHT_MOMENT}") from None


class WordsField(forms.CharField):
    """Words to search for; cleaned to a list of them."""

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, **kwargs)

    def clean(self, value) -> list[str]:
        return super().clean(value).split()


def field_factory(field: type[forms.Field], **kwargs):
    """Return what makes the field again for each request: its rows may have changed."""
    return partial(field, required=False, **kwargs)


def field_schema(field: forms.Field) -> Schema:
    """Return what a field takes. Empty values are taken where the form of a page sends them: they mean nothing."""
    for kind, schema in SCHEMAS.items():
        if isinstance(field, kind):
            return schema(field)
    raise TypeError(f"No schema describes a {type(field).__name__}.")


def _pattern_schema(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _array_schema(items: Schema) -> Schema:
    return {"type": "array", "items": items, "maxItems": MOST_VALUES}


def _enum_values(field: forms.ChoiceField) -> list[str]:
    return ["", *(str(value) for value, _ in field.choices if value != "")]


# Kind of field -> what it takes; of several kinds that a field is, the first counts
SCHEMAS: dict[type[forms.Field], Callable[..., Schema]] = {
    SlugChoiceField: lambda _: _array_schema(_pattern_schema(r"^[-_a-zA-Z0-9]{0,120}$")),
    CountriesField: lambda _: _array_schema(_pattern_schema(r"^([A-Za-z]{2})?$")),
    AnyOfField: lambda field: _array_schema({"type": "string", "enum": _enum_values(field)}),
    OneOfField: lambda field: {"type": "string", "enum": _enum_values(field)},
    PeriodField: lambda _: _pattern_schema(r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"),
    CountField: lambda field: {"type": "integer", "minimum": 1, "maximum": field.most},
    BoxField: lambda _: _pattern_schema(f"^({BOX_PATTERN})?$"),
    LimitField: lambda _: {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    CursorField: lambda _: _pattern_schema(f"^{CURSOR_PATTERN.pattern}$"),
    MomentField: lambda _: _pattern_schema(f"^{MOMENT.pattern}$"),
    TermsField: lambda _: {"type": "string", "maxLength": LONGEST},
    WordsField: lambda _: {"type": "string", "maxLength": LONGEST},
}


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


def bind_form(query: QueryDict, parameters: Iterable[Parameter], also: Iterable[str] = ()) -> EventFilterForm:
    """Return the form that reads these parameters; `also`: names that another reads."""
    fields = {parameter.name: parameter.field() for parameter in parameters}
    return type("BoundForm", (EventFilterForm,), fields | {"also": frozenset(also)})(query)
