"""The filter as a form: parameters without a visible field are sent as hidden fields."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from .event_filter import EventFilter
from .filter_fields import AnyOfField
from .parameters import PARAMETERS

# Parameters for which the form has a field
TYPED = frozenset(parameter.name for parameter in PARAMETERS if not parameter.takes_many or parameter.compare)


@dataclass(frozen=True, slots=True)
class RefusedParameter:
    """A parameter whose values are wrong."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]  # value, label, whether it is selected: the wrong ones, and a short list's own
    errors: list[str]


def carried_fields(event_filter: EventFilter, has_field: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    """Return the parameters in force, as name and value, that a form does not show: it sends them hidden."""
    return [pair for pair in event_filter.parameters if not has_field(*pair)]


def fields_carried_by_page(event_filter: EventFilter) -> list[tuple[str, str]]:
    """Return what the form of the timeline carries along: all that is chosen by facets."""
    return carried_fields(event_filter, lambda name, value: name in TYPED)


def refused_parameters(event_filter: EventFilter) -> list[RefusedParameter]:
    """Return the wrong parameters that are chosen, not typed; those that no filter knows are not among them."""
    fields = event_filter.form.fields
    wrong = [name for name in event_filter.form.errors if name in fields and name not in TYPED]
    return [
        RefusedParameter(
            name,
            str(fields[name].label),
            _options(fields[name], event_filter.data.getlist(name)),
            list(map(str, event_filter.form.errors[name])),
        )
        for name in wrong
    ]


def _options(field: forms.Field, values: list[str]) -> list[tuple[str, str, bool]]:
    listed = [(str(value), str(label)) for value, label in field.widget.choices] if type(field) is AnyOfField else []
    wrong = [(value, value) for value in values if value not in dict(listed)]
    return [(value, label, value in values) for value, label in wrong + listed]
