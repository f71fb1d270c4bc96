"""Periods in words in the address of a filter. Today is 29 November 2026."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from timeline.filters.period_words import with_days

TODAY = dt.date(2026, 11, 29)

DAYS = {
    "from=24 March 2022": "from=2022-03-24",
    "from=March 24, 2022&to=30.3.2022": "from=2022-03-24&to=2022-03-30",
    "from=March 2022&q=call": "from=2022-03&q=call",
    "from=10 ноября 2020": "from=2020-11-10",
    "from=last 30 days": "from=2026-10-30&to=2026-11-29",
    "from=last 30 days&to=2026-11-01": "from=2026-10-30&to=2026-11-01",
    "from=this year": "from=2026",
    "from=since March 2022": "from=2022-03-01",
    "from=Q3 2020": "from=2020-07-01&to=2020-09-30",
    "to=yesterday": "to=2026-11-28",
    "to=until 25 March 2022": "to=2022-03-25",
    "known_by=1 June 2023": "known_by=2023-06-01",
}
LEFT = [
    "from=2022",
    "from=2022-3x",
    "from=May 4",
    "from=about 2022",
    "from=early March 2022",
    "to=",
    "q=last 30 days",
    "from=1 May 2022&from=2022",
]


@pytest.mark.parametrize("words", DAYS)
def test_words_lead_to_days(words):
    query = with_days(QueryDict(words), TODAY)

    assert query is not None
    assert {name: query[name] for name in query} == {
        name: value for name, _, value in (pair.partition("=") for pair in DAYS[words].split("&"))
    }


@pytest.mark.parametrize("words", LEFT)
def test_what_is_no_period_in_words_is_left_to_the_filter(words):
    assert with_days(QueryDict(words), TODAY) is None


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/events.json", "/embed/", "/api/v1/events/"])
def test_address_with_words_leads_to_the_canonical_one(client, path):
    response = client.get(f"{path}?from=24 March 2022&q=call")

    assert (response.status_code, response.url) == (302, f"{path}?from=2022-03-24&q=call")


@pytest.mark.django_db
def test_words_that_say_too_little_are_refused_with_what_to_write(client):
    year = timezone.localdate().year

    response = client.get("/?from=May 4")

    assert response.status_code == 400
    assert response.context["wrong"] == {"from": [f'"May 4" has no year. Say the year, for example May 4 {year}.']}
