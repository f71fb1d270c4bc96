"""Sources that differ on date, place or deaths: the range, who says what, and which value the event takes and why."""

import pytest

from tests import make
from timeline.models import Citation, Event
from timeline.pages.source_values import source_values

pytestmark = pytest.mark.django_db


def values(event: Event) -> list[tuple]:
    citations = event.citations.with_source()
    return [
        (row.label, row.span, row.taken, [words for words, _ in row.by_source])
        for row in source_values(event, citations)
    ]


def cite(event: Event, **changes) -> Citation:
    return make.citation(event, make.briefing(), position=event.citations.count(), **changes)


def test_sources_that_give_nothing_are_not_told():
    event = make.published(deaths_best=5, place=make.place("Farrukh"))
    cite(event)

    assert values(event) == []


def test_sources_that_agree_with_the_event_are_not_told():
    event = make.published(edtf="2022-03-24", deaths_best=5)
    cite(event, edtf="2022-03-24", deaths_best=5)

    assert values(event) == []


def test_counts_stand_as_a_range_and_by_source():
    event = make.published(deaths_best=2, value_note="The Ministry was there.")
    for count in (2, 9):
        cite(event, deaths_best=count)
    cite(event)  # gives none: not 0

    assert values(event) == [("Deaths", "2 to 9", "best estimate 2", ["best estimate 2", "best estimate 9"])]


def test_no_count_is_not_zero_and_zero_is_a_count():
    event = make.published()
    cite(event, deaths_low=0)

    assert values(event) == [("Deaths", "0", "", ["at least 0"])]


@pytest.mark.parametrize(
    ("given", "span"),
    [
        (["2022-03-20", "2022-03-24"], "20 March 2022 to 24 March 2022"),
        (["2022-03", "2022-03-24"], "1 March 2022 to 31 March 2022"),
        (["2022-03-20"], "20 March 2022"),
    ],
)
def test_dates_stand_from_the_first_day_to_the_last(given, span):
    event = make.published(edtf="2022-03-24")
    for edtf in given:
        cite(event, edtf=edtf)

    [(label, date_words, taken, by_source)] = values(event)
    assert (label, date_words, taken, len(by_source)) == ("Date", span, "24 March 2022", len(given))


def test_places_stand_by_source():
    event = make.published(place=make.place("Farrukh"))
    cite(event, place=make.place("Parukh"))
    cite(event, place=event.place)

    assert values(event) == [("Place", "Parukh or Farrukh", "Farrukh", ["Parukh", "Farrukh"])]


def test_page_says_who_says_what_and_why(client):
    event = make.published(deaths_best=2, value_note="The Ministry was there.")
    cite(event, deaths_best=9, speaker=make.actor("Jalina Porter"))
    cite(event, deaths_best=2, speaker=make.actor("Ned Price"))

    page = client.get(event.get_absolute_url()).content.decode()
    part = " ".join(page.partition('id="values"')[2].partition("</section>")[0].split())

    assert "<h3>Deaths: 2 to 9</h3>" in part
    assert "Best estimate 9, says <b>Jalina Porter</b>" in part
    assert "Used for this event: best estimate 2." in part
    assert "Why: The Ministry was there." in part


def test_page_without_a_note_says_that_there_is_none(client):
    event = make.published(deaths_best=2)
    cite(event, deaths_best=9)

    assert "No reason is recorded." in client.get(event.get_absolute_url()).content.decode()
