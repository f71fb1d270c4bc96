"""A text that has changed, and its citations."""

import pytest

from tests import make
from timeline.models import Briefing, Citation

from .constraints import refused

pytestmark = pytest.mark.django_db

TEXT = "QUESTION: Did they talk?\n\nMS PORTER: They did. The ceasefire holds."


def states(briefing: Briefing) -> list[tuple[str, str]]:
    """Return quote and state of the briefing's citations as stored."""
    return list(briefing.citations.order_by("pk").values_list("quote", "state"))


def test_changed_text_leaves_a_quote_before_the_change_verified():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing, quote="They did.")

    briefing.text = TEXT.replace("holds", "lasts")
    briefing.save()

    assert states(briefing) == [("They did.", "verified")]


def test_changed_text_moves_a_quote():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)

    briefing.text = f"Good afternoon.\n\n{TEXT}"
    briefing.save()

    citation = briefing.citations.get()
    assert (citation.state, briefing.text[citation.start : citation.end]) == ("moved", "The ceasefire holds.")


def test_quote_that_leaves_the_text_stays_with_the_earlier_text():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)

    briefing.text = TEXT.replace("holds", "held")
    briefing.save()

    citation = briefing.citations.get()
    (earlier,) = briefing.earlier_texts.all()
    assert (citation.state, citation.earlier_text) == ("verified", earlier)
    assert earlier.text[citation.start : citation.end] == "The ceasefire holds."


def test_changed_back_text_finds_a_lost_quote():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)
    for text in (TEXT.replace("holds", "held"), TEXT):
        briefing.text = text
        briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "verified")]


def test_changed_marks_are_taken_over_into_the_quote():
    briefing = make.briefing('MS PORTER: The "ceasefire" holds - today.')
    make.citation(make.event(), briefing, quote='The "ceasefire" holds - today.')

    briefing.text = "MS PORTER: The “ceasefire” holds – today."
    briefing.save()

    assert briefing.citations.get().quote == "The “ceasefire” holds – today."


def test_removed_text_leaves_quotes_to_the_earlier_text():
    briefing = make.briefing(TEXT, url="https://example.org")
    make.citation(make.event(), briefing)

    briefing.text = ""
    briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "verified")]
    assert briefing.citations.get().earlier_text == briefing.earlier_texts.get()


def test_text_put_in_afterwards_verifies_its_quotes():
    briefing = make.briefing("", url="https://example.org")
    make.citation(make.event(), briefing)

    briefing.text = TEXT
    briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "verified")]


def test_changed_text_is_written_with_all_its_citations_or_not_at_all(monkeypatch):
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)
    make.citation(make.event(), briefing, quote="They did.")
    anchor = Citation.anchor

    def anchor_citation(citation):
        if citation.quote == "They did.":
            raise RuntimeError("a fault")
        anchor(citation)

    monkeypatch.setattr(Citation, "anchor", anchor_citation)
    briefing.text = f"Good afternoon. {TEXT}"
    with pytest.raises(RuntimeError, match="a fault"):
        briefing.save()

    assert Briefing.objects.get().text == TEXT
    assert states(briefing) == [("The ceasefire holds.", "verified"), ("They did.", "verified")]


def test_changed_text_finds_its_quotes_also_after_a_failed_save():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)
    briefing.text, briefing.title = f"Good afternoon. {TEXT}", "x" * 301
    with refused():
        briefing.save()

    briefing.title = "Briefing"
    briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "moved")]


def test_older_copy_of_a_briefing_finds_its_quotes_in_the_text_it_brings_back():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)
    older = Briefing.objects.get(pk=briefing.pk)
    briefing.text = f"Good afternoon. {TEXT}"
    briefing.save()

    older.save()

    citation = older.citations.get()
    assert TEXT[citation.start : citation.end] == "The ceasefire holds."


def test_briefing_saved_unchanged_leaves_its_citations_alone():
    briefing = make.briefing(TEXT)
    citation = make.citation(make.event(), briefing)

    briefing.title = "Another headline"
    briefing.save()

    assert citation.history.count() == 1


def test_changed_text_writes_no_history_of_quotes_that_stay():
    text = f"{TEXT} It was agreed, as was said then, in November 2020. Thank you."
    briefing = make.briefing(text)
    stays = make.citation(make.event(), briefing, quote="Did they talk?")
    moves = make.citation(make.event(), briefing, quote="Thank you.")

    briefing.text = text.replace("agreed", "agreed upon")
    briefing.save()

    assert (stays.history.count(), moves.history.count()) == (1, 2)
