import datetime as dt

import pytest

from tests import make
from timeline.facets.counting import count_citations_of
from timeline.models import Briefing, BriefingSpeaker

pytestmark = [pytest.mark.django_db, pytest.mark.database]


day = dt.date.fromisoformat


def test_briefings_are_public_once_published():
    published = make.briefing()
    make.briefing(status="draft")

    assert list(Briefing.objects.public()) == [published]


def test_briefings_newest_first_have_unknown_days_last():
    undated, old, new = (make.briefing(published_on=on) for on in (None, day("2022-03-01"), day("2022-03-02")))
    newer = make.briefing(published_on=day("2022-03-02"))

    assert list(Briefing.objects.newest_first()) == [newer, new, old, undated]


def test_briefing_list_counts_what_is_public(django_assert_num_queries):
    briefing = make.briefing()
    event = make.published(briefing=briefing)
    make.citation(event, briefing, quote="Troops moved.")
    make.citation(event, briefing, quote="Nobody said this.")
    make.citation(make.event(), briefing)

    with django_assert_num_queries(1):
        (listed,) = Briefing.objects.for_list().with_missing_quotes()
        assert listed.publisher.name == briefing.publisher.name

    count_citations_of([listed])
    assert (listed.event_count, listed.citation_count, listed.missing_quote_count) == (1, 3, 1)


def test_briefing_page_says_which_speakers_have_a_page(django_assert_num_queries):
    briefing = make.briefing()
    known = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=briefing.publisher)
    unknown = BriefingSpeaker.objects.create(briefing=briefing, label="QUESTION", actor=make.actor())

    with django_assert_num_queries(2):
        (page_briefing,) = Briefing.objects.for_page()
        has_page = {speaker: speaker.actor_is_public for speaker in page_briefing.speakers.all()}

    assert has_page == {known: True, unknown: False}
