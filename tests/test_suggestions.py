"""What is proposed from the demo's briefing, against the events that an analyst entered from it."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from tests import make
from timeline.models import Actor, Briefing, Citation, Event, EventType
from timeline.suggest import known_actors, suggestions

from .demo import demo  # noqa: F401

pytestmark = pytest.mark.django_db

SEED = "state-department-2022-03-25"


@pytest.fixture
def seed(demo) -> Briefing:  # noqa: F811
    return Briefing.objects.select_related("publisher").get(slug=SEED)


def overlapping(suggestion, citation: Citation) -> bool:
    return suggestion.start < citation.end and citation.start < suggestion.end


def test_every_event_of_the_demo_is_proposed_at_its_words(seed):
    proposals = suggestions(seed, known_actors())
    missed = [
        str(event)
        for event in Event.objects.select_related("event_type")
        if not any(
            suggestion.event_type == event.event_type.slug and overlapping(suggestion, citation)
            for suggestion in proposals
            for citation in event.citations.all()
        )
    ]

    assert missed == []


def test_what_is_proposed_from_the_demo(seed):
    proposed = [
        (
            *(suggestion.event_type, suggestion.edtf, suggestion.act, suggestion.actuality, suggestion.basis),
            *(suggestion.is_certain, suggestion.is_date_certain),
        )
        for suggestion in suggestions(seed, known_actors())
    ]

    assert proposed == [
        ("appeal", "2022-03-24", "mentions", "unclear", "", False, False),
        ("phone-call", "", "mentions", "unclear", "", False, False),
        ("statement", "", "mentions", "unclear", "", False, False),
        ("mediation", "", "mentions", "unclear", "", False, False),
        ("ceasefire", "2020-11", "mentions", "occurred", "", False, False),
        ("line-established", "[2020-11..2022-03-25]", "mentions", "occurred", "", False, False),
        ("statement", "2022-03-25", "announces", "occurred", "first_hand", False, False),
        ("statement", "2022-03-25", "announces", "occurred", "", False, False),
        ("troop-movement", "", "mentions", "occurred", "", False, False),
        ("condemnation", "2022-03-25", "condemns", "occurred", "first_hand", False, False),
        ("phone-call", "2022-03-24", "confirms", "occurred", "first_hand", False, False),
        ("appeal", "{2022-03-21,2022-03-22}", "reports", "occurred", "", False, False),
        ("appeal", "2022-03-25", "calls_for", "occurred", "first_hand", False, False),
        ("statement", "2022-03-25", "announces", "occurred", "", False, False),
    ]


def test_one_suggestion_whole(seed):
    by_key = {suggestion.key: suggestion for suggestion in suggestions(seed, known_actors())}
    call = next(
        suggestion for suggestion in by_key.values() if suggestion.event_type == "phone-call" and suggestion.edtf
    )

    assert len(by_key) == len(suggestions(seed, known_actors()))
    assert call.quote == seed.text[call.start : call.end]
    assert call.quote.startswith(
        "And to your question on the phone call between our Assistant Secretary Karen Donfried, "
    )
    assert call.quote.endswith(" and the Azerbaijani foreign minister on March 24th")
    assert (call.speaker, call.turn_kind, call.trigger) == ("MS PORTER", "answer", "the phone call between")
    assert (call.actors, call.is_certain) == ((), False)  # “the call between” is no verb with a subject
    assert call.date_note == (
        "The text gives the day without a year; taken for the last on or before the source of 25 March 2022."
    )
    assert call.why == (
        "“the phone call between” is a trigger of Phone call; "
        "names Karen Donfried, Armenian foreign minister and Azerbaijani foreign minister."
    )
    assert call.date_as_stated == "on March 24th"
    assert not call.announced
    assert len(call.key) == 12


def test_nothing_is_saved(seed, django_assert_num_queries):
    actors = known_actors()
    seed = Briefing.objects.select_related("publisher").get(pk=seed.pk)
    before = [model.objects.count() for model in (Event, Citation, Actor)]

    with django_assert_num_queries(2):
        suggestions(seed, actors)

    assert [model.objects.count() for model in (Event, Citation, Actor)] == before


def test_a_type_that_was_deleted_is_not_proposed(seed):
    Event.objects.all().delete()
    EventType.objects.exclude(slug="phone-call").delete()

    assert {suggestion.event_type for suggestion in suggestions(seed, known_actors())} == {"phone-call"}


def test_a_briefing_without_a_day_dates_nothing_by_it(seed):
    seed.published_on = None
    dated = {
        (suggestion.event_type, suggestion.edtf, suggestion.date_as_stated)
        for suggestion in suggestions(seed, known_actors())
    }

    assert {edtf for _, edtf, _ in dated} == {"", "2020-11"}
    assert ("appeal", "", "Yesterday") in dated
    assert dt.date(2022, 3, 25).isoformat() not in str(dated)


def test_what_is_posted_later_is_dated_by_the_day_at_its_head():
    make.actor("Armenia", country="AM"), make.actor("Azerbaijan", country="AZ")
    text = "(March 24, 2022)\n\nMS PORTER: Armenia and Azerbaijan signed a treaty yesterday."
    posted = make.briefing(text, published_on=dt.date(2022, 3, 25))
    days = [
        suggestion.edtf for suggestion in suggestions(posted, known_actors()) if suggestion.event_type == "agreement"
    ]

    assert days == ["2022-03-23"]


TEXT = "MS PORTER: Armenia and Azerbaijan signed a treaty yesterday.\n\nThank you."


def said(slug: str) -> str:
    written = io.StringIO()
    call_command("suggest_events", slug, stdout=written)
    return written.getvalue()


def test_suggest_events():
    make.actor("Armenia"), make.actor("Azerbaijan")
    make.briefing(TEXT, slug="porter", title="A treaty")
    key = said("porter")[:12]

    assert said("porter") == (
        f"{key}  agreement  2022-03-24  occurred  Armenia and Azerbaijan signed a treaty yesterday\n"
        "  “Armenia and Azerbaijan signed a treaty yesterday.”\n"
        "  MS PORTER, statement, reports; characters 12 to 60\n"
        "  date: “yesterday”, The day before the source of 25 March 2022.\n"
        "  actors: Armenia (participant), Azerbaijan (participant)\n"
        "  why: “signed a treaty” is a trigger of Agreement signed; names Armenia and Azerbaijan.\n\n"
        "1 event is proposed from “A treaty”. Nothing is saved.\n"
    )
    assert Event.objects.count() == 0


def test_what_is_not_certain_is_marked_and_names_nobody():
    make.actor("Armenia"), make.actor("Azerbaijan")
    make.briefing("MS PORTER: Yesterday the Armenian side, they say, met with Azerbaijan.", slug="side", title="Sides")

    lines = said("side").splitlines()

    assert (lines[0][14:], lines[4]) == (
        "meeting?  2022-03-24?  occurred?  Yesterday the Armenian side, they say, met with Azerbaijan",
        "  actors: for the coder to say",
    )


def test_suggest_events_of_a_briefing_without_any():
    make.briefing("MS PORTER: Good morning.", slug="short", title="Short")

    assert said("short") == "0 events are proposed from “Short”. Nothing is saved.\n"


def test_suggest_events_of_no_briefing():
    with pytest.raises(CommandError, match="There is no source “none”. Its slug is the last part of its address."):
        said("none")
