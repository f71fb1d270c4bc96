import datetime as dt

import pytest

from tests import make
from timeline.models import Citation

from .constraints import force

pytestmark = [pytest.mark.django_db, pytest.mark.database]


day = dt.date.fromisoformat


def test_citations_of_a_public_source():
    seen = make.citation(make.event())
    make.citation(make.event(), make.briefing(status="draft"))

    assert list(Citation.objects.public_source()) == [seen]


def test_citations_are_public_with_event_and_briefing():
    event = make.published()
    make.citation(event, make.briefing(status="draft"))
    make.citation(make.event())

    assert list(Citation.objects.public()) == [event.citations.first()]


def test_citations_known_by_a_day_include_that_day():
    on_day = make.citation(make.event(), make.briefing(published_on=day("2022-03-25")))
    make.citation(make.event(), make.briefing(published_on=day("2022-03-26")))
    make.citation(make.event(), make.briefing(published_on=None))

    assert list(Citation.objects.known_by(day("2022-03-25"))) == [on_day]
    assert list(Citation.objects.known_by(day("2022-03-24"))) == []


def test_citations_supporting_do_not_speak_against_what_is_claimed():
    supporting = [make.citation(make.event(), act="mentions")]
    make.citation(make.event(), act="denies")
    make.citation(make.event(), act="disputes")
    supporting.append(make.citation(make.event(actuality="did_not_occur"), act="denies"))

    assert list(Citation.objects.supporting().order_by("pk")) == supporting


def test_citations_bearing_are_those_on_which_their_event_rests_today():
    supported, unsupported, unclear = (
        make.event(type="meeting", actuality=actuality) for actuality in ("occurred", "occurred", "unclear")
    )
    question = make.briefing("QUESTION: They met?")
    bearing = [make.citation(supported)]
    make.citation(supported, act="calls_for")
    bearing.append(make.citation(unsupported, act="calls_for"))
    make.citation(unsupported, act="denies")
    bearing.append(make.citation(unclear, question, quote="They met?"))
    bearing.append(make.citation(unclear, act="mentions"))
    make.citation(unclear, act="disputes")

    assert list(Citation.objects.bearing().order_by("pk")) == bearing
    for citation in Citation.objects.all():
        citation.event.refresh_from_db()
        assert citation.event.is_borne_by(citation.support) is (citation in bearing)


def test_citations_holding_can_be_checked():
    verified = make.citation(make.event())
    moved = make.citation(make.event())
    force(moved, state="moved")
    at_address = make.citation(make.event(), make.briefing("", url="https://example.org"))
    make.citation(make.event(), quote="Nobody said this.")
    make.citation(make.event(), make.briefing("The ceasefire holds. The ceasefire holds."))

    assert list(Citation.objects.checkable().order_by("pk")) == [verified, moved, at_address]


def test_citations_with_source_need_no_further_query(django_assert_num_queries):
    make.citation(make.event(), speaker=make.actor("Jalina Porter"))

    with django_assert_num_queries(1):
        (citation,) = Citation.objects.with_source()
        assert (citation.speaker.name, citation.briefing.publisher.kind) == ("Jalina Porter", "organisation")
    assert "text" in citation.briefing.get_deferred_fields()


def test_citations_in_text_follow_its_words():
    briefing = make.briefing("MS PORTER: The ceasefire holds. Troops moved.")
    missing, late, short, long = (
        make.citation(make.event(), briefing, quote=quote)
        for quote in ("Nobody said this.", "Troops moved.", "The ceasefire", "The ceasefire holds.")
    )

    assert list(briefing.citations.in_text()) == [long, short, late, missing]


def test_citations_with_event_need_no_further_query(django_assert_num_queries):
    make.citation(make.event("Truce"), speaker=make.actor())

    with django_assert_num_queries(1):
        (citation,) = Citation.objects.with_event()
        assert (citation.event.title, citation.event.event_type.slug) == ("Truce", "statement")
