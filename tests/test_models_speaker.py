import pytest
from django.db import IntegrityError

from tests.factories import make_actor, make_briefing, make_citation, make_event
from timeline.models import BriefingSpeaker, Citation

from .constraints import problems, refused_by

pytestmark = pytest.mark.django_db

TEXT = "QUESTION: Did they talk?\n\nMS PORTER: They did. The ceasefire holds."


def test_speaker_is_in_order():
    speaker = BriefingSpeaker(briefing=make_briefing(), label="MS PORTER", actor=make_actor(), office="Spokesperson")

    assert problems(speaker) == {}


def test_speaker_reads_as_label_and_actor():
    speaker = BriefingSpeaker(briefing=make_briefing(), label="MS PORTER", actor=make_actor("Jalina Porter"))

    assert str(speaker) == "MS PORTER: Jalina Porter"


def test_speaker_needs_a_label():
    briefing, actor = make_briefing(), make_actor()

    assert problems(BriefingSpeaker(briefing=briefing, label="", actor=actor)) == {
        "label": ["This field cannot be blank."]
    }
    with refused_by("briefingspeaker_label_filled"):
        BriefingSpeaker.objects.bulk_create([BriefingSpeaker(briefing=briefing, label="", actor=actor)])


def test_speaker_of_a_label_is_one():
    first = BriefingSpeaker.objects.create(briefing=make_briefing(), label="MS PORTER", actor=make_actor())
    again = BriefingSpeaker(briefing=first.briefing, label="MS PORTER", actor=make_actor())

    assert problems(again) == {"__all__": ["This label has its speaker already."]}
    with pytest.raises(IntegrityError):
        BriefingSpeaker.objects.bulk_create([again])


def test_speaker_named_afterwards_speaks_in_citations_that_had_none():
    briefing = make_briefing(TEXT)
    answered = make_citation(make_event(), briefing)
    asked = make_citation(make_event(), briefing, quote="Did they talk?")

    porter = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor()).actor

    speakers = dict(Citation.objects.values_list("pk", "speaker"))
    assert speakers == {answered.pk: porter.pk, asked.pk: None}


def test_speaker_named_afterwards_leaves_other_speakers_alone():
    briefing, minister = make_briefing(TEXT), make_actor()
    citation = make_citation(make_event(), briefing, speaker=minister)

    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor())

    citation.refresh_from_db()
    assert citation.speaker == minister


def test_speaker_writes_no_history_of_citations_in_other_turns():
    briefing = make_briefing(TEXT)
    asked = make_citation(make_event(), briefing, quote="Did they talk?")

    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor())

    assert asked.history.count() == 1


def test_speaking_actor_stays():
    speaker = BriefingSpeaker.objects.create(briefing=make_briefing(), label="MS PORTER", actor=make_actor())

    with pytest.raises(Exception, match="protected"):
        speaker.actor.delete()
