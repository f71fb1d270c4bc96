"""What a briefing is for the events that it mentions."""

import datetime as dt

import pytest

from tests import make
from timeline.models import Briefing, Event

from .constraints import problems, refused_by

pytestmark = pytest.mark.django_db


def evidence(event: Event) -> tuple[int, dt.date | None]:
    return Event.objects.values_list("supporting_count", "first_reported_on").get(pk=event.pk)


def test_briefing_day_is_the_day_its_events_were_reported_on():
    event = make.event()
    citation = make.citation(event)

    citation.briefing.published_on = dt.date(2022, 3, 26)
    citation.briefing.save()

    assert evidence(event) == (1, dt.date(2022, 3, 26))


def test_briefing_without_a_day_reports_on_none():
    event = make.event()
    make.citation(event, make.briefing(published_on=None))

    assert evidence(event) == (1, None)


def test_briefing_made_a_draft_takes_its_evidence_away():
    event = make.event()
    citation = make.citation(event)
    other = make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)))

    citation.briefing.status = "draft"
    citation.briefing.save()

    assert other.briefing.published_on == dt.date(2022, 4, 1)
    assert evidence(event) == (1, dt.date(2022, 4, 1))


def test_briefing_published_brings_its_evidence():
    event = make.event()
    citation = make.citation(event, make.briefing(status="draft"))
    before = evidence(event)

    citation.briefing.status = "published"
    citation.briefing.save()

    assert (before, evidence(event)) == ((0, None), (1, dt.date(2022, 3, 25)))


def test_briefing_on_which_published_events_rest_alone_does_not_become_a_draft():
    briefing = make.briefing()
    event = make.published("The line is quiet", briefing=briefing)
    briefing.status = "draft"

    assert problems(briefing) == {
        "status": [
            "1 published event rests on this source alone: “The line is quiet”. Withdraw first what rests on it."
        ]
    }
    with refused_by("event_published_with_evidence"):
        briefing.save()
    assert (Briefing.objects.get(pk=briefing.pk).status, evidence(event)[0]) == ("published", 1)


def test_briefing_names_at_most_five_of_the_events_that_rest_on_it():
    briefing = make.briefing()
    for number in range(6):
        make.published(f"No. {number}", briefing=briefing)
    briefing.status = "draft"

    assert problems(briefing) == {
        "status": [
            "6 published events rest on this source alone: “No. 0”; “No. 1”; “No. 2”; “No. 3”; “No. 4”. "
            "Withdraw first what rests on it."
        ]
    }


def test_briefing_becomes_a_draft_where_another_supports_its_events():
    event = make.published()
    make.citation(event, make.briefing())
    first = event.citations.first().briefing
    first.status = "draft"

    assert problems(first) == {}
    first.save()
    assert evidence(event)[0] == 1


def test_briefing_does_not_become_a_draft_where_another_only_denies():
    event = make.published()
    make.citation(event, make.briefing(), act="denies")
    first = event.citations.first().briefing
    first.status = "draft"

    assert list(problems(first)) == ["status"]


def test_briefing_does_not_become_a_draft_where_another_speaks_for_another_claim():
    event = make.published(type="meeting")
    make.citation(event, make.briefing(), act="calls_for")
    first = event.citations.first().briefing
    first.status = "draft"

    assert list(problems(first)) == ["status"]


@pytest.mark.parametrize("act", ["calls_for", "denies"])
def test_briefing_of_an_event_under_review_goes_where_another_does_not_speak_against_it(act):
    event = make.published(type="meeting")
    first = event.citations.get().briefing
    event.citations.update(act="calls_for", support="nothing")
    make.citation(event, make.briefing(), act=act)
    first.status = "draft"

    assert list(problems(first)) == (["status"] if act == "denies" else [])


def test_briefing_of_withdrawn_events_becomes_a_draft():
    event = make.published()
    event.withdraw("Wrong day.")
    briefing = event.citations.get().briefing
    briefing.status = "draft"

    assert problems(briefing) == {}
    briefing.save()
