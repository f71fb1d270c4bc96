"""One side of a comparison as a form: what is mostly compared, and whatever else is in force, to be kept or dropped."""

from dataclasses import dataclass

from django.db.models import QuerySet

from .event_filter import EventFilter
from .parameters import PARAMETERS

MOST_OPTIONS = 200  # listed for one parameter; selected ones always are


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

    @property
    def count(self) -> int:
        return sum(option.is_selected for option in self.listed)


FIELDS = sorted(
    ((parameter, parameter.compare) for parameter in PARAMETERS if parameter.compare), key=lambda pair: pair[1].place
)
TEXTS = {field.name: compare.label or field.label for field, compare in FIELDS if not compare.values}
LISTS = {field.name: compare.label or field.label for field, compare in FIELDS if compare.values}
VALUES = {field.name: compare.values for field, compare in FIELDS if compare.values}


def values_of(name: str) -> list[tuple[str, str]]:
    """Return up to one more than MOST_OPTIONS values of a parameter, each with what it is called."""
    values = VALUES[name]()
    return list(values.values_list("slug", "name")[: MOST_OPTIONS + 1] if isinstance(values, QuerySet) else values)


class SideForm:
    """Takes `name`, "a" or "b", and the filter of this side, right or wrong."""

    def __init__(self, name: str, event_filter: EventFilter):
        self.name, self.letter, self.event_filter = name, name.upper(), event_filter
        self.form = event_filter.form

    def texts(self) -> list[Text]:
        return [
            Text(f"{self.name}-{name}", label, self.form[name].value() or "", self._errors(name))
            for name, label in TEXTS.items()
        ]

    def _errors(self, name: str) -> list[str]:
        return list(map(str, self.form.errors.get(name, [])))

    def lists(self) -> list[Options]:
        """Return the values to choose from. One query for each list of rows."""
        lists = [self._options(name, legend, values_of(name)) for name, legend in LISTS.items()]
        return [options for options in lists if options.listed or options.errors]

    def _options(self, name: str, legend: str, values: list[tuple[str, str]]) -> Options:
        selected = self._selected(name)
        listed = dict(values[:MOST_OPTIONS])
        everything = {value: words for value, words in selected.items() if value not in listed} | listed
        options = [
            Option(value, words, value in selected, value if name == "category" else "")
            for value, words in everything.items()
        ]
        return Options(f"{self.name}-{name}", legend, options, len(values) > MOST_OPTIONS, self._errors(name))

    def _selected(self, name: str) -> dict[str, str]:
        """Return the values in force with their words; where they are wrong, as they were sent."""
        wanted = self.event_filter.wanted.get(name)
        if isinstance(wanted, QuerySet):
            return {row.slug: str(row) for row in wanted}
        return {value: value for value in wanted or self.event_filter.data.getlist(name) or []}

    def other_parameters(self) -> list[tuple[str, str, str]]:
        """Return (name on this side, value, both in words) of what is in force that the form has no field for."""
        pairs = [pair for pair in self.event_filter.parameters if pair[0] not in (*TEXTS, *LISTS, "order")]
        return [(f"{self.name}-{name}", value, self._words(name, value)) for name, value in pairs]

    def _words(self, name: str, value: str) -> str:
        field, wanted = self.form.fields[name], self.event_filter.wanted.get(name)
        if isinstance(wanted, QuerySet):
            value = next(str(row) for row in wanted if row.slug == value)
        else:
            value = dict(getattr(field, "choices", ())).get(value, value)
        return f"{field.label}: {value}"
