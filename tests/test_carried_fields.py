import pytest
from django.http import QueryDict

from tests import make
from timeline.filters import EventFilter, carried_fields
from timeline.models import Event

pytestmark = pytest.mark.django_db


def chosen(query: str) -> EventFilter:
    return EventFilter(QueryDict(query), Event.objects.public())


def test_form_carries_what_it_has_no_field_for():
    make.participation(make.published(), make.actor("Armenia", slug="armenia"))
    found = carried_fields.fields_carried_by_page(
        chosen("q=troops&from=2022&when=certain&order=-date&actor=armenia&category__not=call")
    )
    assert found == [("actor", "armenia"), ("category__not", "call")]


def test_form_carries_what_is_right_beside_what_is_wrong():
    assert carried_fields.fields_carried_by_page(chosen("category=cal&act=denies&frm=2022")) == [("act", "denies")]


def test_wrong_values_are_refused_by_their_parameter():
    found = carried_fields.refused_parameters(chosen("category=cal&category=call&actor__not=nobody&from=2022-13&frm=1"))
    assert [(one.name, one.label, one.values) for one in found] == [
        ("category", "Category", ["cal", "call"]),
        ("actor__not", "Actor, none of", ["nobody"]),
    ]
    assert "cal" in found[0].errors[0]


def test_nothing_is_refused_where_nothing_is_wrong():
    assert carried_fields.refused_parameters(chosen("category=call")) == []
