"""One side of a comparison as a form: what is mostly compared, and whatever else is in force, to be kept or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from .event_filter import EventFilter
from .parameters import BY_NAME, PARAMETERS


@dataclass(frozen=True, slots=True)
class Text:
    """A parameter that is typed, under its name on this side."""

    name: str
    label: str
    value: str
    errors: list[str]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str
    is_selected: bool
    category: str = ""  # whose glyph is before it; empty: none


@dataclass(frozen=True, slots=True)
class Options:
    """The values of one parameter, under its name on this side."""

    name: str
    legend: str
    listed: list[Option]
    is_cut: bool  # there are more values than are listed
    errors: list[str]
    # Suffix of the parameter that the values are for, in words, and whether it is in force
    modes: list[tuple[str, str, bool]]

    @property
    def mode_name(self) -> str:
        side, _, name = self.name.partition("-")
        return f"{side}-{MODE}{name}"

    @property
    def count(self) -> int:
        return sum(option.is_selected for option in self.listed)


def _labels(part: str) -> dict[str, str]:
    """Return the parameters that have this part, in its order, each with what the form calls it."""
    declared = [(getattr(parameter, part), parameter) for parameter in PARAMETERS if not parameter.excludes]
    fields = sorted((pair for pair in declared if pair[0]), key=lambda pair: pair[0].place)
    return {parameter.name: spec.label or parameter.label for spec, parameter in fields}


FIELDS = _labels("compare")
TEXTS = {name: label for name, label in FIELDS.items() if not BY_NAME[name].takes_many}
LISTS = _labels("facet") | {name: label for name, label in FIELDS.items() if name not in TEXTS}


MODE = "mode-"  # before the name of a list: its field says which of MODES its values are for
MODES = {"": "Any of", "__all": "All of", "__not": "None of"}  # suffix of a parameter -> which of its values must hold


def modes_of(name: str) -> list[str]:
    return [suffix for suffix in MODES if f"{name}{suffix}" in BY_NAME]


def with_modes(query: QueryDict) -> QueryDict:
    """Return the query of a side as its form sends it, the values of each list under the parameter that its mode names. A mode
    that there is none of stays: the filter refuses it."""
    changed = query.copy()
    for name in LISTS:
        suffix = query.get(f"{MODE}{name}")
        if suffix is not None and suffix in modes_of(name):
            del changed[f"{MODE}{name}"]
            values = changed.pop(name, [])
            changed.setlist(f"{name}{suffix}", [*values, *changed.getlist(f"{name}{suffix}")])
    return changed


@dataclass(frozen=True, slots=True)
class ListedValues:
    """The values of a parameter to choose from."""

    values: list[tuple[str, str]]  # each with what it is called
    is_cut: bool  # there are more


class SideForm:
    """Takes `name`, "a" or "b", and the filter of this side, right or wrong."""

    def __init__(self, name: str, event_filter: EventFilter, listed: Mapping[str, ListedValues]):
        self.name, self.letter, self.event_filter, self.listed = name, name.upper(), event_filter, listed
        self.form = event_filter.form

    def texts(self) -> list[Text]:
        return [
            Text(f"{self.name}-{name}", label, self.form[name].value() or "", self._errors(name))
            for name, label in TEXTS.items()
        ]

    def _errors(self, name: str) -> list[str]:
        return list(map(str, self.form.errors.get(name, [])))

    def lists(self) -> list[Options]:
        """Return the values to choose from. No query."""
        lists = [self._options(name, legend, self.listed[name]) for name, legend in LISTS.items()]
        return [options for options in lists if options.listed or options.errors]

    def _options(self, name: str, legend: str, listed_values: ListedValues) -> Options:
        mode = self._mode(name)
        selected = self._selected(f"{name}{mode}")
        listed = dict(listed_values.values)
        everything = {
            value: listed.get(value, words) for value, words in selected.items()
        } | listed  # selected ones first
        options = [
            Option(value, words, value in selected, value if name == "category" else "")
            for value, words in everything.items()
        ]
        errors = [message for suffix in MODES for message in self._errors(f"{name}{suffix}")]
        modes = [(suffix, MODES[suffix], suffix == mode) for suffix in modes_of(name)]
        return Options(f"{self.name}-{name}", legend, options, listed_values.is_cut, errors, modes)

    def _mode(self, name: str) -> str:
        """Return the suffix of the parameter in force for a list, of several the first."""
        return next((suffix for suffix in modes_of(name) if self._selected(f"{name}{suffix}")), "")

    def _selected(self, name: str) -> dict[str, str]:
        """Return the values in force with their words; where they are wrong, as they were sent."""
        wanted = self.event_filter.wanted.get(name)
        if isinstance(wanted, QuerySet):
            return {row.slug: str(row) for row in wanted}
        return {value: value for value in wanted or self.event_filter.data.getlist(name) or []}

    def other_parameters(self) -> list[tuple[str, str, str]]:
        """Return (name on this side, value, both in words) of what is in force that the form has no field for."""
        shown = {*TEXTS, "order", *(f"{name}{self._mode(name)}" for name in LISTS)}
        pairs = [pair for pair in self.event_filter.parameters if pair[0] not in shown]
        return [(f"{self.name}-{name}", value, self._words(name, value)) for name, value in pairs]

    def _words(self, name: str, value: str) -> str:
        field, wanted = self.form.fields[name], self.event_filter.wanted.get(name)
        if isinstance(wanted, QuerySet):
            value = next(str(row) for row in wanted if row.slug == value)
        else:
            value = dict(getattr(field, "choices", ())).get(value, value)
        return f"{field.label}: {value}"
