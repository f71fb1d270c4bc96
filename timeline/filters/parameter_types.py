"""What a parameter of the filter declares (see timeline.filters.parameters)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django_countries import countries

from .filter_fields import AnyOfField, SlugChoiceField

Choices = Iterable[tuple[str, str]]  # code, label


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the sentence says of a parameter's values. Those of words, period and day are in timeline.filters.sentence."""

    place: int  # in the sentence
    words: str  # around the names of the values
    without: str = ""  # the same where the values are excluded
    chip: str = ""  # label of the chip; empty: that of the parameter
    each: str = "{}"  # around each name
    conjunction: str = "or"
    several: str = ""  # `words` where there is more than one value
    codes: dict[str, str] | None = None  # what the sentence calls each value, where not by its name


@dataclass(frozen=True, slots=True)
class FacetSpec:
    place: int  # among the facets
    label: str = ""  # empty: that of the parameter
    columns: tuple[str, ...] = ("name",)  # of a row: its label, and the category whose glyph is before it


@dataclass(frozen=True, slots=True)
class CompareSpec:
    """A field of the form of the timeline and of a comparison. The form of a comparison lists the values of what has a facet, too."""

    place: int  # among the fields
    label: str = ""  # empty: that of the parameter


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    name: str
    label: str  # of the field
    field: type[forms.Field]
    meaning: str  # in the description of the API
    example: str = ""
    default: str = ""
    choices: Choices | None = None
    rows: QuerySet | None = None  # that the public may know; evaluated again at each request
    table: str = ""  # "events", "participations" or "citations": what the values belong to
    path: str = ""  # to them from a row of that table, as a lookup
    is_counted: bool = True  # the index has a column of them, see timeline.index.shard
    clause: str = ""  # the parameters that together make one condition; empty: this one alone
    is_judged_by_citations: bool = False  # what had been said by `known_by` changes what it finds
    phrase: Phrase | None = None
    facet: FacetSpec | None = None
    compare: CompareSpec | None = None

    @property
    def takes_many(self) -> bool:
        return issubclass(self.field, AnyOfField | SlugChoiceField)

    @property
    def excludes(self) -> bool:
        return self.name.endswith("__not")

    @property
    def is_axis(self) -> bool:
        """Return whether it asks for the value of an axis of how an event is known, see timeline.evidence.axes."""
        return self.table == "events" and self.is_judged_by_citations

    @property
    def lookup(self) -> str:
        return f"{self.path}__in"

    def make_filter(self) -> django_filters.Filter:
        sources = {"choices": self.choices, "queryset": self.rows}
        options: dict[str, Any] = {name: source for name, source in sources.items() if source is not None}
        made = django_filters.Filter(required=False, label=self.label, **options)
        made.field_class = self.field
        return made

    def names(self, values: QuerySet | list[str]) -> list[str]:
        """Return what cleaned values are called."""
        if self.rows is not None:
            return [str(row) for row in values]
        if self.choices is not None:
            labels = dict(self.choices)
            return [str(labels[code]) for code in values]
        return [countries.name(code) for code in values]


def excludable(name: str, meaning: str, phrase: Phrase, **spec) -> tuple[Parameter, Parameter]:
    """Return the parameter that asks for any of some values, and `…__not`, which excludes them."""
    label = spec.pop("label", name.capitalize().replace("_", " "))
    spec = {"path": name, "field": SlugChoiceField if "rows" in spec else AnyOfField} | spec
    chip, narrow = phrase.chip or label, {"example": "", "clause": "", "facet": None, "compare": None}
    return (
        Parameter(name, label, meaning=meaning, phrase=replace(phrase, chip=chip), **spec),
        Parameter(
            f"{name}__not",
            f"{label}, none of",
            meaning=f"As `{name}`: none of these values.",
            phrase=replace(phrase, words=phrase.without, chip=f"{chip} not"),
            **spec | narrow,
        ),
    )
