"""Periods in words in the address of a filter. Today is 29 November 2026."""

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.utils import timezone

from timeline.dates.periods import Period, parse
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


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022"),
        ("2022-03", dt.date(2022, 3, 1), dt.date(2022, 3, 31), "March 2022"),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29), "February 2024"),
        ("2022-03-05", dt.date(2022, 3, 5), dt.date(2022, 3, 5), "5 March 2022"),
        ("1000", dt.date(1000, 1, 1), dt.date(1000, 12, 31), "1000"),
        ("9999-12-31", dt.date(9999, 12, 31), dt.date(9999, 12, 31), "31 December 9999"),
    ],
)
def test_period_has_both_ends(text, first, last, words):
    period = parse(text)

    assert period == Period(text, first, last)
    assert period.in_words == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-02-30", "“2022-02-30” does not exist: February 2022 has 28 days."),
        ("2022-13", "“2022-13” has no such month. Months go from 01 to 12."),
        ("2022-00", "“2022-00” has no such month. Months go from 01 to 12."),
        ("2022-00-10", "“2022-00-10” has no such month. Months go from 01 to 12."),
        ("2022-12-00", "“2022-12-00” does not exist: December 2022 has 31 days."),
        ("0999", "The year 0999 is out of range. Years go from 1000 to 9999."),
        ("99999-01-01", "“99999-01-01” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."),
        ("01/02/2022", "“01/02/2022” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."),
        ("٢٠٢٢", "“٢٠٢٢” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."),
    ],
)
def test_wrong_period_says_what_would_be_right(text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(text)
