import pytest
from django.http import QueryDict

from tests import make
from timeline.filters import EventFilter
from timeline.filters.wider_filters import WiderFilter, wider_filters
from timeline.models import Event

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("events"), pytest.mark.database]


def offered(query: str) -> list[WiderFilter]:
    return wider_filters(EventFilter(QueryDict(query), Event.objects.public()))


@made_once
def events():
    make.published(edtf="2020-11", type="ceasefire")
    make.published(edtf="2022-03-24", type="phone-call")
    make.published(edtf="2022-03-25", type="phone-call")


def test_period_is_widened_to_the_nearest_event():
    assert offered("from=2022-01&to=2022-02") == [
        WiderFilter("With the period widened to the nearest event", 1, "from=2022-01&to=2022-03-24"),
        WiderFilter("Without “Period: possibly from January 2022 to February 2022”", 3, ""),
    ]


def test_each_part_can_be_taken_out():
    assert offered("category=agreement&from=2022") == [
        WiderFilter("With the period widened to the nearest event", 1, "category=agreement&from=2020-11-30"),
        WiderFilter("Without “Period: possibly since 2022”", 1, "category=agreement"),
        WiderFilter("Without “Category: Ceasefire & agreement”", 2, "from=2022"),
    ]


def test_nothing_is_offered_that_finds_nothing():
    assert offered("category=clash&type=strike") == []
