import pytest

from tests import make
from timeline.filters import carried_fields

from .filter_hits import filter_of

pytestmark = pytest.mark.django_db


def test_form_carries_what_it_has_no_field_for():
    make.participation(make.published(), make.actor("Armenia", slug="armenia"))
    carried = carried_fields.fields_carried_by_page(
        filter_of("q=troops&from=2022&when=certain&order=-date&actor=armenia&category__not=call")
    )
    assert carried == [("actor", "armenia"), ("category__not", "call")]


def test_form_carries_what_is_right_beside_what_is_wrong():
    assert carried_fields.fields_carried_by_page(filter_of("category=cal&act=denies&frm=2022")) == [("act", "denies")]


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


def test_nothing_is_refused_where_nothing_is_wrong():
    assert carried_fields.refused_parameters(filter_of("category=call")) == []
