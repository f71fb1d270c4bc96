"""Filters by the day of the first report, by deaths and by area: hits, misses, bounds and what is refused."""

import datetime as dt
import re

import pytest

from tests import make
from timeline.filters.sentence import sentence

from .filter_hits import filter_of, hits, messages
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@made_once
def world():
    """Return events that differ in day of report, deaths and place."""
    for title, day, deaths, point in (
        ("March", dt.date(2022, 3, 31), {"deaths_best": 25}, ("40", "47")),
        ("April", dt.date(2022, 4, 1), {"deaths_low": 30}, ("-17.5", "179.5")),
        ("May", dt.date(2022, 5, 2), {"deaths_low": 99, "deaths_best": 24}, ("-17.5", "-179.5")),
        ("Never", None, {}, None),
    ):
        place = make.place(latitude=point[0], longitude=point[1]) if point else None
        make.published(title, edtf="2022-03-01", briefing=make.briefing(published_on=day), place=place, **deaths)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("reported_from=2022-04", ["April", "May"]),
        ("reported_to=2022-03-31", ["March"]),
        ("reported_from=2022-03-31&reported_to=2022-04-01", ["March", "April"]),
        ("reported_from=2023", []),
        ("deaths_min=25", ["March", "April"]),
        ("deaths_min=24", ["March", "April", "May"]),
        ("deaths_min=1000000", []),
        ("bbox=47,40,47,40.1", ["March"]),
        ("bbox=47.1,40,48,41", []),
        ("bbox=179,-18,-179,-17", ["April", "May"]),
        ("bbox=-180,-90,180,90", ["March", "April", "May"]),
        ("bbox=-180,-90,180,90&deaths_min=26&reported_from=2022", ["April"]),
    ],
)
def test_what_each_finds(world, query, titles):
    assert hits(query) == titles


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("deaths_min=0", "deaths_min", "“0” is not a count. Write a whole number from 1 to 1000000."),
        ("deaths_min=many", "deaths_min", "“many” is not a count. Write a whole number from 1 to 1000000."),
        ("bbox=44,38,50", "bbox", "“44,38,50” is not an area."),
        ("bbox=44,42,50,38", "bbox", "“44,42,50,38” is not an area."),
        ("bbox=181,38,50,42", "bbox", "“181,38,50,42” is not an area."),
        ("bbox=44,38,50,91", "bbox", "“44,38,50,91” is not an area."),
        ("reported_from=2022&reported_to=2021", "reported_to", "The period ends (2021) before it begins (2022)."),
        ("reported_from=soon", "reported_from", "soon"),
    ],
)
def test_what_is_wrong_is_refused(world, query, parameter, message):
    wrong = messages(query)

    assert list(wrong) == [parameter]
    assert message in wrong[parameter][0]


def test_sentence_and_address():
    event_filter = filter_of("bbox= 44, 38.50 ,50,42&deaths_min=025&reported_to=2022-03&reported_from=2022-01-05")

    assert event_filter.query == "bbox=44%2C38.5%2C50%2C42&deaths_min=25&reported_from=2022-01-05&reported_to=2022-03"
    assert sentence(event_filter, 2, 0, with_order=False) == (
        "2 events, with at least 25 deaths, in the area 44° to 50° east and 38.5° to 42° north, "
        "first reported from 5 January 2022 to March 2022"
    )


def test_words_lead_to_days(client):
    answer = client.get("/?reported_from=March 2022")

    assert (answer.status_code, answer["Location"]) == (302, "/?reported_from=2022-03")


def test_sidebar_has_a_field_for_each_and_keeps_what_was_typed(client, world):
    html = client.get("/?deaths_min=24&bbox=44,38.5,50,42&reported_from=2022-03").content.decode()

    fields = dict(re.findall(r'name="(reported_from|reported_to|deaths_min|bbox)"[^>]*value="([^"]*)"', html))
    assert fields == {"reported_from": "2022-03", "reported_to": "", "deaths_min": "24", "bbox": "44,38.5,50,42"}


def test_sidebar_says_whether_any_or_all_are_meant(client):
    event = make.published()
    for name in ("Armenia", "Azerbaijan"):
        make.participation(event, make.actor(name, slug=name.lower()))

    def mode(query: str) -> list[str]:
        html = client.get(f"/?{query}").content.decode()
        return [re.sub(r"<[^>]+>", " ", line) for line in re.findall(r'<p class="facet__mode">(.*?)</p>', html)]

    assert [" ".join(line.split()) for line in mode("actor=armenia")] == [
        "Any of Armenia If you add another value, one of them is enough. Exclude it"
    ]
    assert [" ".join(line.split()) for line in mode("actor=armenia&actor=azerbaijan")] == [
        "Any of Armenia, Azerbaijan One of them is enough. Require all of them Exclude them"
    ]
    assert [" ".join(line.split()) for line in mode("actor__all=armenia&actor__all=azerbaijan")] == [
        "All of Armenia, Azerbaijan Any of them Exclude them"
    ]
    assert mode("") == []
    html = client.get("/?actor=armenia&actor=azerbaijan").content.decode()
    assert 'href="/?actor__all=armenia&amp;actor__all=azerbaijan" rel="nofollow">Require all of them</a>' in html
