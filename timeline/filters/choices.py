"""The filter as a form: which values can be chosen, which are, and what may stay folded."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django_countries import countries

from timeline.models import Actor
from timeline.models.citation import Act
from timeline.models.participation import Role
from timeline.models.taxonomy import Category

from .event_filter import EVIDENCE, EventFilter

MOST_IN_SIGHT = 10  # in a longer list the chosen values come first
MOST_OPTIONS = 100  # listed for one parameter; chosen ones always are


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    category: str = ""  # whose glyph stands before it; empty: none


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one parameter."""

    name: str
    legend: str
    options: list[Option]
    chosen: frozenset[str]
    is_cut: bool  # there are more values than are listed
    errors: list[str]

    @property
    def in_force(self) -> bool:
        return bool(self.chosen or self.errors)


@dataclass(frozen=True, slots=True)
class Group:
    """What one heading of the form holds: any of these values, and what else can be asked of them."""

    title: str
    first: Choices
    further: list[Choices]

    @property
    def count(self) -> int:
        """Return how many values are chosen."""
        return sum(len(choices.chosen) for choices in (self.first, *self.further))

    @property
    def in_force(self) -> bool:
        return self.first.in_force or any(choices.in_force for choices in self.further)


# heading, parameter, further parameters of the same subject with their legends
SUBJECTS = (
    ("Category", "category", {"category__not": "Exclude"}),
    ("Type", "type", {"type__not": "Exclude"}),
    ("Actor", "actor", {"actor__all": "All of them together", "role": "In the role of", "actor__not": "Exclude"}),
    ("Dossier", "conflict", {"conflict__not": "Exclude"}),
    ("Country", "country", {"country__not": "Exclude"}),
    ("Place", "place", {"place__not": "Exclude"}),
    ("Who says it", "speaker", {"speaker__not": "Exclude"}),
    ("How it is said", "act", {"act__not": "Exclude"}),
    ("Evidence", "evidence", {}),
    ("Publisher", "publisher", {"publisher__not": "Exclude"}),
    ("Briefing", "briefing", {"briefing__not": "Exclude"}),
)


def groups(chosen: EventFilter) -> list[Group]:
    """Return the form's groups. Eight queries, whatever is chosen: one for each kind of row."""
    return [_group(chosen, *subject) for subject in SUBJECTS]


def _group(chosen: EventFilter, title: str, name: str, further: dict[str, str]) -> Group:
    options = list(_options(chosen, name))
    more = [
        _choices(chosen, other, legend, options if other.startswith(f"{name}__") else list(_options(chosen, other)))
        for other, legend in further.items()
    ]
    return Group(title, _choices(chosen, name, title, options), more)


def _options(chosen: EventFilter, name: str) -> Iterable[Option]:
    """Return the values that lead somewhere, at most one more than are listed."""
    if name in CODES:
        return CODES[name]
    if name == "country":
        codes = chosen.form.fields["place"].queryset.countries()
        return sorted((Option(code, countries.name(code)) for code in codes), key=lambda option: option.label)
    rows = NARROWER[name]() if name in NARROWER else chosen.form.fields[name].queryset
    columns = rows.values_list("slug", *COLUMNS.get(name, ["name"]))
    return [Option(*row) for row in columns[: MOST_OPTIONS + 1]]


CODES = {
    "category": [Option(value, label, value) for value, label in Category.choices],
    "role": [Option(value, label) for value, label in Role.choices],
    "act": [Option(value, label) for value, label in Act.choices],
    "evidence": [Option(value, label) for value, label in EVIDENCE],
}
COLUMNS = {"type": ["name", "category"], "briefing": ["title"]}  # what an option says beside its slug
NARROWER = {"speaker": Actor.objects.speaking, "publisher": Actor.objects.publishing}  # others would find nothing


def _row_option(row) -> Option:
    return Option(row.slug, str(row), getattr(row, "category", ""))


def _choices(chosen: EventFilter, name: str, legend: str, options: list[Option]) -> Choices:
    wanted = chosen.wanted.get(name)
    values = frozenset(wanted if isinstance(wanted, list) else filter(None, chosen.data.getlist(name)))
    cut = len(options) > MOST_OPTIONS
    listed = options[:MOST_OPTIONS]
    if isinstance(wanted, QuerySet):
        known = {option.value for option in listed}
        listed = [option for option in map(_row_option, wanted) if option.value not in known] + listed
    if len(listed) > MOST_IN_SIGHT:
        listed.sort(key=lambda option: option.value not in values)
    return Choices(name, legend, listed, values, cut, list(chosen.form.errors.get(name, [])))
