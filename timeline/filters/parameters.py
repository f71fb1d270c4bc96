"""Every parameter of the filter, declared once. The form, the query, the sentence, the facets, the columns of the index,
the form of a comparison, the API and its documentation read it here; docs/filters.md has a row for each."""

from functools import partial

from timeline.evidence.axes import Assertion, Contest, Form
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality
from timeline.models import Actor, Briefing, Conflict, DataSet, EventType, Place
from timeline.models.participation import Role
from timeline.models.taxonomy import Category

from . import parameter_choices as lists
from .filter_fields import (
    AnyOfField,
    BoxField,
    CountField,
    CountriesField,
    DeathsField,
    OneOfField,
    PeriodField,
    SlugChoiceField,
    TermsField,
)
from .parameter_types import CompareSpec, FacetSpec, Parameter, Phrase, excludable

period = partial(Parameter, example="2022-03", clause="period")
reported = partial(Parameter, field=PeriodField, example="2022-03", clause="reported")
of_event = partial(excludable, table="events")
of_axis = partial(excludable, table="events", is_judged_by_citations=True)
# One citation meets all of these
of_citation = partial(excludable, table="citations", clause="citation", is_judged_by_citations=True)


PARAMETERS = (  # in the order of the form and of the API's description
    Parameter(
        "q",
        "Words in events and quotes",
        TermsField,
        "Finds the beginnings of words (words of up to three letters as a whole) in titles, summaries, quotes and the names "
        "of actors, publishers, places, conflicts and types. Use “quotation marks” for a phrase, `-word` to exclude a word "
        "and `OR` for either of two words.",
        example="ceasefire",
        is_judged_by_citations=True,
        compare=CompareSpec(1, "Words"),
    ),
    period("from", "From", PeriodField, "Start of the period: a year, month or day, included.", compare=CompareSpec(2)),
    period("to", "To", PeriodField, "End of the period: a year, month or day, included.", compare=CompareSpec(3)),
    Parameter(
        "when",
        "When",
        OneOfField,
        "`possible`: may fall in the period; `certain`: definitely does.",
        choices=lists.WHEN,
        default="possible",
        clause="period",
    ),
    Parameter(
        "known_by",
        "As known on",
        PeriodField,
        "What had been said by that day, or by the end of that month or year.",
        compare=CompareSpec(4),
    ),
    Parameter(
        "actor__all",
        "Every one of these actors",
        SlugChoiceField,
        "Every one of these actors.",
        rows=Actor.objects.public(),
        clause="actors",
        phrase=Phrase(12, "involving {}", chip="All actors", conjunction="and", several="involving {} together"),
    ),
    Parameter(
        "role",
        "Role",
        AnyOfField,
        "Narrows `actor` and `actor__all`; alone, someone has that role.",
        choices=Role.choices,
        table="participations",
        path="role",
        clause="actors",
        phrase=Phrase(13, "with the role {}", chip="Role"),
        facet=FacetSpec(6),
    ),
    Parameter(
        "evidence",
        "Evidence",
        AnyOfField,
        "`verified`: a supporting quote was matched in its text; `unverified`: none was; `disputed`: someone denies or "
        "disputes it.",
        choices=lists.EVIDENCE,
        is_judged_by_citations=True,
        phrase=Phrase(14, "{}", chip="Evidence", codes=lists.EVIDENCE_WORDS),
        facet=FacetSpec(13),
    ),
    Parameter(
        "sources_min",
        "Independent sources, at least",
        CountField,
        "At least this many independent sources support the event or take it for granted; a report that several publish counts once.",
        example="2",
        is_judged_by_citations=True,
        compare=CompareSpec(9),
    ),
    reported(
        "reported_from",
        "First reported from",
        meaning="First reported in this year, month or day, or later.",
        compare=CompareSpec(5),
    ),
    reported(
        "reported_to",
        "First reported until",
        meaning="First reported in this year, month or day, or earlier.",
        compare=CompareSpec(6),
    ),
    Parameter(
        "deaths_min",
        "Deaths, at least",
        DeathsField,
        "At least this many deaths: the best estimate of the event, its lowest count where it has none.",
        example="25",
        compare=CompareSpec(7),
    ),
    Parameter(
        "bbox",
        "Area: west, south, east, north",
        BoxField,
        "Where the place has a point in this box: degrees west, south, east and north, with commas; west may exceed east.",
        example="44,38.5,50,42",
        compare=CompareSpec(8),
    ),
    Parameter(
        "unset",
        "Without",
        AnyOfField,
        "Not set: every one of these is missing. `deaths`: no count at all; `data_set`: recorded here, not imported from one.",
        example="place",
        choices=lists.UNSET,
        phrase=Phrase(20, "{}", chip="Not set", conjunction="and", codes=lists.UNSET_WORDS),
        compare=CompareSpec(10),
    ),
    Parameter(
        "order",
        "Order",
        OneOfField,
        "Order of the events; with `updated_since` that of the changes, unless one is named.",
        choices=lists.ORDER,
        default="date",
    ),
    *of_event(
        "category",
        "Group of the type.",
        Phrase(1, "in the category {}", "not in the category {}"),
        choices=Category.choices,
        path="event_type__category",
        is_counted=False,  # but by type
        example="call",
        facet=FacetSpec(1),
    ),
    *of_event(
        "type",
        "Kind of event, by slug.",
        Phrase(2, "of type {}", "not of type {}"),
        rows=EventType.objects.all(),
        path="event_type",
        facet=FacetSpec(2, columns=("name", "category")),
    ),
    *of_event(
        "quad",
        "Class of the type by PLOVER: `1` verbal cooperation, `2` material cooperation, `3` verbal conflict, `4` material "
        "conflict. `2` and `4` are deeds.",
        Phrase(15, "of {}", "not of {}", chip="Class", codes=lists.QUAD_WORDS),
        choices=lists.QUADS,
        path="event_type__quad",
        is_counted=False,  # but by type
        facet=FacetSpec(3, "Class"),
    ),
    *of_event(
        "actuality",
        "Whether it happened, as far as the sources say. Only what happened is ever certain.",
        Phrase(16, "that {}", "excluding those that {}", codes=lists.ACTUALITY_WORDS),
        choices=Actuality.choices,
        facet=FacetSpec(4),
    ),
    *of_axis(
        "form",
        "How the best source of it is known: `quote`, matched in the stored text; `source`, named without its text; "
        "`data_set`, recorded by one.",
        Phrase(17, "known from {}", "not known from {}", chip="Known from", codes=lists.FORM_WORDS),
        choices=Form.choices,
        facet=FacetSpec(14, "Known from"),
    ),
    *of_axis(
        "assertion",
        "How the best source asserts it.",
        Phrase(18, "asserted {}", "not asserted {}", chip="Asserted", codes=lists.ASSERTION_WORDS),
        choices=Assertion.choices,
        facet=FacetSpec(15, "How it is asserted"),
    ),
    *of_axis(
        "contest",
        "Whether a source denies or disputes it.",
        Phrase(19, "that are {}", "that are not {}", chip="Contested", codes=lists.CONTEST_WORDS),
        choices=Contest.choices,
        facet=FacetSpec(16, "Contested"),
    ),
    *of_event(
        "conflict",
        "Conflict, by slug.",
        Phrase(4, "in the conflict {}", "not in the conflict {}"),
        rows=Conflict.objects.public(),
        facet=FacetSpec(9),
    ),
    *of_event(
        "country",
        "Country of the place, ISO 3166-1.",
        Phrase(5, "in {}", "not in {}"),
        field=CountriesField,
        example="AM",
        facet=FacetSpec(7),
    ),
    *of_event(
        "place",
        "Place, by slug, with what lies within it.",
        Phrase(6, "at {}", "not at {}"),
        rows=Place.objects.public(),
        facet=FacetSpec(8),
    ),
    *of_event(
        "data_set",
        "Data set it came from, by slug.",
        Phrase(7, "from the data set {}", "not from the data set {}"),
        rows=DataSet.objects.public(),
        facet=FacetSpec(18),
    ),
    *excludable(
        "actor",
        "Actor, by slug, with those that belong to it.",
        Phrase(3, "involving {}", "not involving {}"),
        rows=Actor.objects.public(),
        table="participations",
        clause="actors",
        facet=FacetSpec(5),
    ),
    *of_citation(
        "briefing",
        "Cited from this source, by slug.",
        Phrase(8, "cited from {}", "not cited from {}", each="“{}”"),
        label="Source",
        rows=Briefing.objects.public(),
        facet=FacetSpec(17, columns=("title",)),
    ),
    *of_citation(
        "publisher",
        "Cited from a source of this publisher, by slug.",
        Phrase(9, "published by {}", "not published by {}"),
        rows=Actor.objects.public(),
        path="briefing__publisher",
        facet=FacetSpec(10),
    ),
    *of_citation(
        "speaker",
        "Cited from this speaker, by slug.",
        Phrase(10, "citing {}", "not citing {}"),
        rows=Actor.objects.public(),
        facet=FacetSpec(11, "Who says it"),
    ),
    *of_citation(
        "act",
        "How it is said.",
        Phrase(11, "where a source {}", "where no source {}", chip="How"),
        choices=Act.choices,
        facet=FacetSpec(12, "How it is said"),
    ),
)

BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
DEFAULTS = {parameter.name: parameter.default for parameter in PARAMETERS if parameter.default}


def columns_of(table: str) -> dict[str, str]:
    """Return the parameters that ask for values of a table and are counted, each with the path to them."""
    return {
        parameter.name: parameter.path
        for parameter in PARAMETERS
        if parameter.table == table and parameter.is_counted and not parameter.excludes
    }


CITED = tuple(columns_of("citations"))
