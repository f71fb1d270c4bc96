"""What a text captured again changes, and the change itself."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import make
from timeline.history.replace_text import StaleText, TextReplacement, replace_text
from timeline.models import Briefing, Citation, Event

from .desk_client import rows
from .hypothesis_examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "MS PORTER: The ceasefire holds. Troops moved. Talks go on.\n\nQUESTION: Where did they move?"
DAY = dt.date(2022, 4, 1)


def cited(*quotes: str, **changes) -> Briefing:
    briefing = make.briefing(TEXT, **changes)
    for quote in quotes:
        make.citation(make.event(), briefing, quote=quote)
    return briefing


def kinds(briefing: Briefing, text: str) -> list[tuple[str, str, str]]:
    return [
        (outcome.citation.quote, outcome.kind, outcome.turn) for outcome in TextReplacement(briefing, text).outcomes
    ]


def confirmed(briefing: Briefing, text: str, **changes) -> TextReplacement:
    confirmation = {
        "seen": TextReplacement(briefing, text).fingerprint,
        "captured_on": DAY,
        "reason": "The source has changed it.",
    }
    return replace_text(briefing.pk, text, **confirmation | changes)


def test_each_citation_stays_moves_becomes_ambiguous_or_is_lost():
    briefing = cited("The ceasefire holds.", "Troops moved.", "Talks go on.")

    assert kinds(briefing, TEXT.replace("Troops moved.", "Troops have moved.")) == [
        ("The ceasefire holds.", "stays", ""),
        ("Troops moved.", "lost", ""),
        ("Talks go on.", "moves", ""),
    ]
    assert kinds(briefing, "MS PORTER: Talks go on. Talks go on. No more.")[2] == ("Talks go on.", "ambiguous", "")


def test_quote_that_was_lost_is_found_again_or_still_lost():
    briefing = cited("Troops moved.")
    briefing.text = TEXT.replace("Troops moved.", "Troops left.")
    briefing.save()

    assert kinds(briefing, TEXT)[0][1] == "found"
    assert kinds(briefing, TEXT.replace("Troops moved.", "Nothing."))[0][1] == "still"


def test_words_that_come_to_stand_in_anothers_turn_are_said_to():
    briefing = cited("Troops moved.")

    assert kinds(briefing, "QUESTION: Did you say: Troops moved. Did you?\n\nMS PORTER: No.") == [
        ("Troops moved.", "moves", "QUESTION question")
    ]


def test_what_is_foretold_is_what_happens():
    briefing = cited("The ceasefire holds.", "Troops moved.", "Talks go on.")
    text = "Preface.\n\n" + TEXT.replace("Troops moved.", "Troops moved. Talks go on. Troops moved.")

    replacement = confirmed(briefing, text)

    foretold = {outcome.citation.pk: (outcome.state, outcome.place) for outcome in replacement.outcomes}
    assert {
        citation.pk: (citation.state, (citation.start, citation.end)) for citation in Citation.objects.all()
    } == foretold


class Foretelling(TestCase):
    @settings(max_examples=examples(15), deadline=None)
    @given(st.lists(st.sampled_from(["The ceasefire holds.", "Troops moved.", "Talks go on.", "No."]), max_size=6))
    def test_fate_of_every_citation_is_the_one_foretold(self, sentences):
        briefing = cited("The ceasefire holds.", "Troops moved.", "Talks go on.")
        text = "MS PORTER: Now. " + " ".join(sentences)

        replacement = confirmed(briefing, text)

        states = {citation.pk: citation.state for citation in briefing.citations.all()}
        assert states == {outcome.citation.pk: outcome.state for outcome in replacement.outcomes}
        for citation in briefing.citations.exclude(start=None):
            assert text[citation.start : citation.end] == citation.quote


def test_capture_keeps_the_earlier_text_and_says_why():
    briefing = cited("Troops moved.")

    confirmed(briefing, TEXT + " More.")

    briefing.refresh_from_db()
    assert (briefing.text, briefing.captured_on) == (TEXT + " More.", DAY)
    assert briefing.earlier_texts.get().text == TEXT
    assert briefing.history.first().history_change_reason == "The source has changed it."


@pytest.mark.parametrize("change", ["text", "citation", "quote", "event", "briefing"])
def test_what_was_compared_and_has_changed_since_is_refused(change):
    event = make.published(briefing=(briefing := make.briefing(TEXT)))
    other = make.citation(make.event(), briefing, quote="Troops moved.")
    seen = TextReplacement(briefing, "MS PORTER: The ceasefire holds.").fingerprint
    if change == "text":
        briefing.text = TEXT + " More."
        briefing.save()
    elif change == "citation":
        make.citation(make.event(), briefing, quote="Talks go on.")
    elif change == "quote":
        other.quote = "Talks go on."
        other.save()
    elif change == "event":
        event.withdraw("A mistake")
    else:
        Briefing.objects.filter(pk=briefing.pk).update(status="draft")
    before = rows()

    with pytest.raises(StaleText):
        confirmed(briefing, "MS PORTER: The ceasefire holds.", seen=seen)
    assert rows() == before


def test_published_event_that_would_lose_its_last_verified_quote_is_named():
    briefing = make.briefing(TEXT)
    alone = make.published("Alone", briefing=briefing)
    twice = make.published("Cited twice here", briefing=briefing)
    make.citation(twice, briefing, quote="Talks go on.")
    elsewhere = make.published("Cited elsewhere", briefing=briefing)
    make.citation(elsewhere)
    denied = make.published("Denied by what stays", briefing=briefing)
    make.citation(denied, briefing, quote="Talks go on.", act="denies")
    make.citation(make.event("A draft"), briefing)

    assert TextReplacement(briefing, "MS PORTER: Talks go on.").unsupported_events == [alone, denied]
    assert TextReplacement(briefing, TEXT + " More.").unsupported_events == []


@pytest.mark.parametrize(("actuality", "act"), [("occurred", "reports"), ("did_not_occur", "denies")])
def test_published_event_whose_words_come_to_stand_in_a_question_is_named(actuality, act):
    briefing = make.briefing(TEXT)
    event = make.published(type="meeting", actuality=actuality, briefing=briefing, cited={"act": act})
    text = "QUESTION: The ceasefire holds. Does it?\n\nMS PORTER: Talks go on."

    assert TextReplacement(briefing, text).unsupported_events == [event]
    confirmed(briefing, text, withdrawal_reason="It was only asked.")
    assert list(event.citations.values_list("state", "turn_kind", "act")) == [("moved", "question", act)]


def test_published_event_that_keeps_a_verified_quote_of_no_support_is_named():
    briefing = make.briefing(TEXT)
    event = make.published("They meet", type="meeting", briefing=briefing)
    make.citation(event, briefing, quote="Talks go on.", act="calls_for")
    under_review = make.published("They met", type="meeting", briefing=briefing)
    under_review.citations.update(act="calls_for", support="nothing")
    Event.objects.filter(pk=under_review.pk).refresh_evidence()

    assert TextReplacement(briefing, "MS PORTER: Talks go on.").unsupported_events == [event, under_review]


def test_event_without_a_verified_quote_before_is_not_named():
    briefing = make.briefing(TEXT)
    make.published(briefing=briefing)
    briefing.text = "MS PORTER: Talks go on."
    briefing.save()

    assert TextReplacement(briefing, "MS PORTER: Talks go on, slowly.").unsupported_events == []


def test_draft_briefing_carries_nothing_public():
    briefing = make.briefing(TEXT, status="draft")
    event = make.published()
    make.citation(event, briefing, quote="Troops moved.")

    assert TextReplacement(briefing, "MS PORTER: Talks go on.").unsupported_events == []


def test_bereft_event_is_withdrawn_with_the_reason_and_never_without():
    briefing = make.briefing(TEXT)
    event = make.published(briefing=briefing)
    before = rows()

    with pytest.raises(ValueError, match="Say why"):
        confirmed(briefing, "MS PORTER: Talks go on.", withdrawal_reason=" ")
    assert rows() == before

    confirmed(briefing, "MS PORTER: Talks go on.", withdrawal_reason="The source took the words back.")
    event.refresh_from_db()
    assert (event.status, event.withdrawal_reason) == ("withdrawn", "The source took the words back.")
    assert event.citations.get().state == "missing"


def test_comparing_writes_nothing_and_asks_as_much_for_many(django_assert_num_queries):
    briefing = make.briefing(TEXT)
    for _ in range(4):
        make.published(briefing=briefing)
    before = rows()

    with django_assert_num_queries(3):
        assert len(TextReplacement(briefing, "MS PORTER: Talks go on.").unsupported_events) == 4
    assert rows() == before
