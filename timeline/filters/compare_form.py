"""One side of a comparison as a form: what is mostly compared, and whatever else is in force, to be kept or dropped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django_countries import countries

from timeline.models import Actor, Conflict, Place
from timeline.models.taxonomy import Category

from .event_filter import EventFilter

TEXTS = {"q": "Words", "from": "From", "to": "To", "known_by": "As known on"}
MOST_OPTIONS = 200  # listed for one parameter; chosen ones always are


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
    category: str = ""  # whose glyph stands before it; empty: none


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


def named(rows: QuerySet) -> list[tuple[str, str]]:
    return list(rows.values_list("slug", "name")[: MOST_OPTIONS + 1])


def of_places() -> list[tuple[str, str]]:
    names = ((code, countries.name(code)) for code in Place.objects.public().countries())
    return sorted(names, key=lambda country: country[1])


# parameter -> legend, its values with their words; those that would find nothing are left out
LISTS: dict[str, tuple[str, Callable[[], Iterable[tuple[str, str]]]]] = {
    "category": ("Category", lambda: Category.choices),
    "actor": ("Actor", lambda: named(Actor.objects.public())),
    "conflict": ("Conflict", lambda: named(Conflict.objects.public())),
    "country": ("Country", of_places),
    "speaker": ("Who says it", lambda: named(Actor.objects.speaking())),
    "publisher": ("Publisher", lambda: named(Actor.objects.publishing())),
}


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
        return list(self.form.errors.get(name, []))

    def lists(self) -> list[Options]:
        """Return the values to choose from. One query for each list of rows."""
        lists = [self._options(name, legend, list(values())) for name, (legend, values) in LISTS.items()]
        return [options for options in lists if options.listed or options.errors]

    def _options(self, name: str, legend: str, values: list[tuple[str, str]]) -> Options:
        event_filter = self._chosen(name)
        listed = dict(values[:MOST_OPTIONS])
        everything = {value: words for value, words in event_filter.items() if value not in listed} | listed
        options = [
            Option(value, words, value in event_filter, value if name == "category" else "")
            for value, words in everything.items()
        ]
        return Options(f"{self.name}-{name}", legend, options, len(values) > MOST_OPTIONS, self._errors(name))

    def _chosen(self, name: str) -> dict[str, str]:
        """Return the values in force with their words; where they are wrong, as they were sent."""
        wanted = self.event_filter.wanted.get(name)
        if isinstance(wanted, QuerySet):
            return {row.slug: str(row) for row in wanted}
        return {value: value for value in wanted or self.event_filter.data.getlist(name)}

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
