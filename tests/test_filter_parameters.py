import re
from collections import Counter
from pathlib import Path

import pytest

from tests import make
from timeline.filters import carried_fields
from timeline.filters.parameters import PARAMETERS

from .filter_hits import filter_of

ROW = re.compile(r"^\| (`.+?) \| (.+) \|$", re.M)
DOCUMENTED = ROW.findall((Path(__file__).resolve().parent.parent / "docs/filters.md").read_text(encoding="utf-8"))
SAID_TOGETHER = {
    "q",
    "from",
    "to",
    "when",
    "known_by",
    "sources_min",
    "reported_from",
    "reported_to",
    "deaths_min",
    "bbox",
}  # clauses of the sentence of their own
each_parameter = pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)


@each_parameter
def test_a_parameter_declares_all_its_parts(parameter):
    in_facets = parameter.takes_many and not parameter.excludes and parameter.name not in {"actor__all", "unset"}
    is_in_table = parameter.name not in {*SAID_TOGETHER, "actor__all", "evidence", "order", "unset"}

    assert parameter.meaning.endswith(".")
    assert bool(parameter.phrase) == (parameter.name not in {*SAID_TOGETHER, "order"})
    assert bool(parameter.facet) == in_facets
    assert (bool(parameter.table), bool(parameter.path)) == (is_in_table, is_in_table)


@pytest.mark.parametrize("part", ["phrase", "facet", "compare"])
def test_no_two_parameters_take_one_place(part):
    places = Counter(
        getattr(parameter, part).place
        for parameter in PARAMETERS
        if getattr(parameter, part) and not parameter.excludes
    )

    assert sorted(places.elements()) == list(range(1, len(places) + 1))


def test_documentation_has_one_row_for_each_subject():
    rows = [parameters for names, _ in DOCUMENTED if (parameters := tuple(re.findall(r"`(\w+)`", names)))]

    assert sorted(name for names in rows for name in names) == sorted(parameter.name for parameter in PARAMETERS)
    assert all(
        len({name.partition("__")[0] for name in names}) == 1
        for names in rows
        if names not in [("from", "to"), ("reported_from", "reported_to")]
    )


@each_parameter
def test_documentation_names_the_codes_and_the_default(parameter):
    (meaning,) = [meaning for names, meaning in DOCUMENTED if f"`{parameter.name}`" in names]

    assert {code for code, _ in parameter.choices or ()} <= set(re.findall(r"`([-\w]+)`", meaning))
    assert not parameter.default or re.search(rf"`{parameter.default}` \(default", meaning)


@pytest.mark.django_db
def test_form_carries_what_it_has_no_field_for():
    make.participation(make.published(), make.actor("Armenia", slug="armenia"))
    carried = carried_fields.fields_carried_by_page(
        filter_of("q=troops&from=2022&when=certain&order=-date&actor=armenia&category__not=call")
    )
    assert carried == [("actor", "armenia"), ("category__not", "call")]


@pytest.mark.django_db
def test_form_carries_what_is_right_beside_what_is_wrong():
    assert carried_fields.fields_carried_by_page(filter_of("category=cal&act=denies&frm=2022")) == [("act", "denies")]


@pytest.mark.django_db
def test_wrong_values_are_refused_by_their_parameter():
    refused = carried_fields.refused_parameters(
        filter_of("category=cal&category=call&actor__not=nobody&from=2022-13&frm=1")
    )
    assert [(parameter.name, parameter.label) for parameter in refused] == [
        ("category", "Category"),
        ("actor__not", "Actor, none of"),
    ]
    assert refused[0].options == [
        ("cal", "cal", True),
        ("agreement", "Ceasefire & agreement", False),
        ("talks", "Talks & mediation", False),
        ("call", "Call", True),
        ("statement", "Statement & appeal", False),
        ("troops", "Troop movement", False),
        ("clash", "Clash & strike", False),
        ("humanitarian", "Humanitarian", False),
        ("other", "Other", False),
    ]
    assert refused[1].options == [("nobody", "nobody", True)]  # of a long list there is a page to choose from
    assert "cal" in refused[0].errors[0]


@pytest.mark.django_db
def test_nothing_is_refused_where_nothing_is_wrong():
    assert carried_fields.refused_parameters(filter_of("category=call")) == []
