"""What a text captured again changes, and the change itself."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import make
from timeline.history.replace_text import StaleText, TextReplacement, replace_text
from timeline.models import Briefing, Citation

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


def test_each_citation_stays_moves_becomes_ambiguous_is_reworded_or_gone():
    briefing = cited("The ceasefire holds.", "Troops moved.", "Talks go on.")

    assert kinds(briefing, TEXT.replace("Troops moved.", "Troops have moved.")) == [
        ("The ceasefire holds.", "stays", ""),
        ("Troops moved.", "reworded", ""),
        ("Talks go on.", "moves", ""),
    ]
    assert kinds(briefing, TEXT.replace("Troops moved.", "No."))[1] == ("Troops moved.", "gone", "")
    assert kinds(briefing, "MS PORTER: Talks go on. Talks go on. No more.")[2] == ("Talks go on.", "ambiguous", "")


def test_quote_that_was_lost_is_found_again_or_still_lost():
    briefing = cited("Troops moved.")
    briefing.text = TEXT.replace("Troops moved.", "Troops left.")
    briefing.save()

    assert kinds(briefing, TEXT)[0][1] == "found"
    assert kinds(briefing, TEXT.replace("Troops moved.", "Nothing."))[0][1] == "still"
    draft = cited("Troops moved.", status="draft")
    assert kinds(draft, TEXT.replace("Troops moved.", "Nothing."))[0][1] == "lost"


def test_words_that_come_to_stand_in_anothers_turn_are_said_to():
    briefing = cited("Troops moved.")

    [outcome] = TextReplacement(briefing, "QUESTION: Did you say: Troops moved. Did you?\n\nMS PORTER: No.").outcomes
    assert (outcome.kind, outcome.keeps_version, outcome.place) == ("reattributed", True, None)
    assert (outcome.offer.words, outcome.offer.turn) == ("Troops moved.", "QUESTION question")
    [outcome] = TextReplacement(briefing, "MORE: Now.\n\n" + TEXT.replace("MS PORTER", "MS. PORTER")).outcomes
    assert outcome.kind == "moves"  # another spelling of her label is still hers


def test_what_is_foretold_is_what_happens():
    briefing = cited("The ceasefire holds.", "Troops moved.", "Talks go on.")
    text = "Preface.\n\n" + TEXT.replace("Troops moved.", "Troops moved. Talks go on. Troops moved.")

    replacement = confirmed(briefing, text)

    foretold = {outcome.citation.pk: (outcome.state, outcome.place) for outcome in replacement.outcomes}
    assert {citation.pk: (citation.state, citation.place_now) for citation in Citation.objects.all()} == foretold


class Foretelling(TestCase):
    @settings(max_examples=examples(15), deadline=None)
    @given(st.lists(st.sampled_from(["The ceasefire holds.", "Troops moved.", "Talks go on.", "No."]), max_size=6))
    def test_fate_of_every_citation_is_the_one_foretold(self, sentences):
        briefing = cited("The ceasefire holds.", "Troops moved.", "Talks go on.")
        text = "MS PORTER: Now. " + " ".join(sentences)

        replacement = confirmed(briefing, text)

        states = {citation.pk: citation.state for citation in briefing.citations.all()}
        assert states == {outcome.citation.pk: outcome.state for outcome in replacement.outcomes}
        for citation in Citation.objects.filter(briefing=briefing):
            words = citation.version_text[citation.start : citation.end]
            assert words == citation.quote
            assert citation.version_text != text or citation.quote in text


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


QUESTION_NOW = "QUESTION: The ceasefire holds. Does it?\n\nMS PORTER: Talks go on."


@pytest.mark.parametrize(("actuality", "act"), [("occurred", "reports"), ("did_not_occur", "denies")])
def test_words_that_come_to_stand_in_a_question_stay_with_the_earlier_text(actuality, act):
    briefing = make.briefing(TEXT)
    event = make.published(type="meeting", actuality=actuality, briefing=briefing, cited={"act": act})
    before = rows()

    confirmation = {"accepted": [event.citations.get().pk]}
    assert TextReplacement(briefing, QUESTION_NOW).unsupported_events(confirmation["accepted"]) == [event]
    with pytest.raises(ValidationError, match="nothing would support"):
        confirmed(briefing, QUESTION_NOW, **confirmation)
    assert rows() == before

    confirmed(briefing, QUESTION_NOW)
    event.refresh_from_db()
    citation = event.citations.get()
    assert (event.status, citation.state, citation.turn_kind, citation.act) == (
        "published",
        "verified",
        "statement",
        act,
    )
    assert citation.earlier_text.text == TEXT


def test_event_that_rests_on_other_words_too_may_take_a_question():
    briefing = make.briefing(TEXT)
    event = make.published(briefing=briefing)
    make.citation(event)
    citation = event.citations.get(briefing=briefing)

    confirmed(briefing, QUESTION_NOW, accepted=[citation.pk])

    citation.refresh_from_db()
    assert (citation.turn_kind, citation.earlier_text, citation.earlier_quotes.get().turn_kind) == (
        "question",
        None,
        "statement",
    )


def test_draft_briefing_loses_words_and_carries_nothing_public():
    briefing = make.briefing(TEXT, status="draft")
    event = make.published()
    citation = make.citation(event, briefing, quote="Troops moved.")

    assert TextReplacement(briefing, "MS PORTER: Talks go on.").unsupported_events([]) == []
    confirmed(briefing, "MS PORTER: Talks go on.")
    citation.refresh_from_db()
    assert (citation.state, citation.earlier_text) == ("missing", None)


def test_comparing_writes_nothing_and_asks_as_much_for_many(django_assert_num_queries):
    briefing = make.briefing(TEXT)
    events = [make.published(briefing=briefing) for _ in range(4)]
    accepted = [event.citations.get().pk for event in events]
    before = rows()

    with django_assert_num_queries(3):
        assert TextReplacement(briefing, QUESTION_NOW).unsupported_events(accepted) == events
    assert rows() == before
