"""Where a citation is in its briefing's text, and who says it there."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from timeline.models import BriefingSpeaker

from .citations import TEXT, cite, new_citation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_citation_is_verified_where_its_words_stand():
    citation = cite("It was agreed in")

    assert (citation.state, TEXT[citation.start : citation.end]) == ("verified", "It was agreed in")


def test_citation_keeps_what_stands_around_its_words():
    citation = cite("It was agreed in")

    assert (citation.prefix, citation.suffix) == (
        TEXT[citation.start - 32 : citation.start],
        TEXT[citation.end : citation.end + 32],
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ('the "line of contact" quiet', "the “line of contact” quiet"),
        ("quiet - or not?", "quiet – or not?"),
        ("It was agreed in\r\nNovember 2020.", "It was agreed in\nNovember 2020."),
        ("It was  agreed in November 2020.", "It was agreed in\nNovember 2020."),
    ],
)
def test_citation_takes_its_characters_from_the_text(typed, stored):
    citation = cite(typed)

    assert (citation.quote, citation.state) == (stored, "verified")


PAGED = "MS PORTER: We welcome the ceasefire that was\n\nUNCLASSIFIED\nPage 3 of 12\n\nannounced on Monday."


@pytest.mark.parametrize("typed", ["that was announced", PAGED[PAGED.index("that was") : PAGED.index(" on Monday")]])
def test_citation_across_a_running_head_has_a_mark_in_its_place(typed):
    citation = cite(typed, PAGED)
    citation.refresh_from_db()
    citation.save()

    stored = (citation.quote, citation.state, PAGED[citation.start], PAGED[citation.end :])
    assert stored == ("that was […] announced", "verified", "t", " on Monday.")


def test_quote_that_ends_in_a_running_head_is_refused():
    with pytest.raises(ValidationError, match="in the running head “UNCLASSIFIED"):
        new_citation(quote="that was\n\nUNCLASSIFIED", briefing=make.briefing(PAGED)).clean()


def test_citation_is_not_changed_by_validation():
    citation = new_citation(quote="quiet - or not?", briefing=make.briefing(TEXT))

    citation.full_clean()

    assert (citation.quote, citation.start, citation.prefix) == ("quiet - or not?", None, "")


def test_citation_of_words_that_stand_twice_is_ambiguous_at_the_first():
    citation = cite("The ceasefire holds.")

    assert (citation.state, citation.start, citation.prefix) == ("ambiguous", TEXT.index("The ceasefire"), "")


def test_citation_of_words_that_stand_twice_stays_ambiguous_when_saved_again():
    citation = cite("The ceasefire holds.")

    citation.note = "As translated."
    citation.full_clean()
    citation.save()

    assert (citation.state, citation.start) == ("ambiguous", TEXT.index("The ceasefire"))


def test_citation_of_words_that_stand_twice_is_verified_once_a_context_chooses():
    citation = cite("The ceasefire holds.")

    citation.prefix = "November 2020. "
    citation.save()

    assert (citation.state, citation.start) == ("verified", TEXT.rindex("The ceasefire"))


def test_citation_of_words_that_stand_twice_is_told_by_what_stands_around():
    citation = cite("The ceasefire holds.", prefix="November 2020. ")

    assert (citation.state, citation.start) == ("verified", TEXT.rindex("The ceasefire"))


def test_citation_of_words_that_stand_twice_keeps_its_place_when_they_come_back_from_a_form():
    text = "MS PORTER: One\ntwo. One\ntwo. End."
    citation = cite("One\ntwo.", text, prefix="two. ")
    second = citation.start

    citation.quote = "One\r\ntwo."
    citation.full_clean()
    citation.save()

    citation.refresh_from_db()
    assert (citation.quote, citation.state, citation.start) == ("One\ntwo.", "verified", second)
    assert second == text.rindex("One")


def test_citation_of_other_words_is_anchored_anew():
    citation = cite("The ceasefire holds.", prefix="November 2020. ")

    citation.quote = "It was agreed in"
    citation.save()

    citation.refresh_from_db()
    assert (citation.state, TEXT[citation.start : citation.end]) == ("verified", "It was agreed in")
    assert citation.prefix == TEXT[citation.start - 32 : citation.start]


def test_citation_of_another_briefing_is_anchored_anew():
    citation = cite("The ceasefire holds.", prefix="November 2020. ")

    citation.briefing = make.briefing("The ceasefire holds.")
    citation.save()

    citation.refresh_from_db()
    assert (citation.state, citation.start, citation.prefix) == ("verified", 0, "")


def test_citation_of_words_that_do_not_stand_there_is_missing():
    citation = cite("The ceasefire held.")

    assert (citation.state, citation.start, citation.end) == ("missing", None, None)


def test_citation_of_a_briefing_without_text():
    citation = make.citation(make.event(), make.briefing("", url="https://example.org"))

    assert (citation.state, citation.start, citation.end, citation.turn_kind) == ("no_text", None, None, "")


def test_citation_saved_in_part_is_anchored_all_the_same():
    citation = cite("It was agreed in")

    citation.quote = "Thank you."
    citation.save(update_fields=["quote"])

    citation.refresh_from_db()
    assert (TEXT[citation.start : citation.end], citation.turn_kind) == ("Thank you.", "question")
    assert citation.quote_search == " thank you "


def test_citation_is_searched_by_its_folded_words():
    assert cite('the "line of contact"').quote_search == " the line of contact "


# Turn and speaker


@pytest.mark.parametrize(
    ("quote", "kind"),
    [("It was agreed in", "answer"), ("Thank you.", "question"), ("MS PORTER:", "")],
)
def test_citation_has_the_kind_of_its_turn(quote, kind):
    citation = cite(quote)

    assert (citation.turn_kind, citation.in_question) == (kind, kind == "question")


def test_citation_of_a_text_without_turns_stands_in_a_statement():
    assert cite("The ceasefire holds", "The ceasefire holds. It does.").turn_kind == "statement"


def test_citation_takes_its_speaker_from_the_turn():
    briefing, porter = make.briefing(TEXT), make.actor("Jalina Porter")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)

    answered = make.citation(make.event(), briefing, quote="It was agreed in")
    question = make.citation(make.event(), briefing, quote="Thank you.")

    assert (answered.speaker, question.speaker) == (porter, None)


def test_citation_of_words_that_one_speaker_says_twice_has_this_speaker():
    briefing, porter = make.briefing(TEXT), make.actor("Jalina Porter")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)

    citation = make.citation(make.event(), briefing)

    assert (citation.state, citation.speaker, citation.turn_kind) == ("ambiguous", porter, "answer")


def test_citation_of_words_that_several_say_has_no_speaker_and_counts_as_asked():
    briefing = make.briefing("MS PORTER: It is quiet.\n\nQUESTION: It is quiet. Is it?\n\nMS PORTER: It is quiet.")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor())

    citation = make.citation(make.event(), briefing, quote="It is quiet.")

    assert (citation.state, citation.speaker, citation.turn_kind) == ("ambiguous", None, "question")


def test_citation_keeps_the_speaker_an_editor_chose():
    briefing, minister = make.briefing(TEXT), make.actor()
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor())

    assert make.citation(make.event(), briefing, quote="It was agreed in", speaker=minister).speaker == minister
