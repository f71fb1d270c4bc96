"""What the values of a facet are called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django_countries import countries

from timeline.filters.parameter_types import Parameter
from timeline.models.taxonomy import Category


@dataclass(frozen=True, slots=True)
class Named:
    value: str  # as the filter's parameter has it
    label: str
    category: str = ""


Names = Callable[[Iterable], dict[object, Named]]


def coded(choices: Iterable[tuple[str, str]]) -> Names:
    """Return the names of a short list."""
    labels = dict(choices)
    return lambda keys: {key: Named(key, str(labels[key])) for key in keys}


def categories(keys: Iterable[str]) -> dict[str, Named]:
    return {key: Named(key, Category(key).label, key) for key in keys}


def country_names(keys: Iterable[str]) -> dict[str, Named]:
    return {key: Named(key, countries.name(key)) for key in keys}


def as_it_is(keys: Iterable[str]) -> dict[str, Named]:
    return {key: Named(key, key) for key in keys}


def rows_of(model: type[Model], *columns: str) -> Names:
    """Return the names of rows, by primary key; `columns` gives the label, and the category where it has one."""

    def names(keys: Iterable[int]) -> dict[int, Named]:
        rows = model.objects.order_by().filter(pk__in=list(keys))
        return {pk: Named(*named) for pk, *named in rows.values_list("pk", "slug", *columns)}

    return names


def names_of(parameter: Parameter) -> Names:
    """Return what the values of a parameter's facet are called."""
    if parameter.rows is not None:
        return rows_of(parameter.rows.model, *parameter.facet.columns)
    if parameter.name == "category":
        return categories
    return coded(parameter.choices) if parameter.choices else country_names
