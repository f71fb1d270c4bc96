import pytest
from django.db import IntegrityError

from tests import make
from timeline.models import BriefingSpeaker, Citation

from .constraints import problems, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "QUESTION: Did they talk?\n\nMS PORTER: They did. The ceasefire holds."


def test_speaker_is_in_order():
    speaker = BriefingSpeaker(briefing=make.briefing(), label="MS PORTER", actor=make.actor(), office="Spokesperson")

    assert problems(speaker) == {}


def test_speaker_reads_as_label_and_actor():
    speaker = BriefingSpeaker(briefing=make.briefing(), label="MS PORTER", actor=make.actor("Jalina Porter"))

    assert str(speaker) == "MS PORTER: Jalina Porter"


def test_speaker_needs_a_label():
    briefing, actor = make.briefing(), make.actor()

    assert problems(BriefingSpeaker(briefing=briefing, label="", actor=actor)) == {
        "label": ["This field cannot be blank."]
    }
    with refused_by("briefingspeaker_label_filled"):
        BriefingSpeaker.objects.bulk_create([BriefingSpeaker(briefing=briefing, label="", actor=actor)])


def test_speaker_of_a_label_is_one():
    first = BriefingSpeaker.objects.create(briefing=make.briefing(), label="MS PORTER", actor=make.actor())
    again = BriefingSpeaker(briefing=first.briefing, label="MS PORTER", actor=make.actor())

    assert problems(again) == {"__all__": ["This label has its speaker already."]}
    with pytest.raises(IntegrityError):
        BriefingSpeaker.objects.bulk_create([again])


def test_speaker_named_afterwards_speaks_in_citations_that_had_none():
    briefing = make.briefing(TEXT)
    answered = make.citation(make.event(), briefing)
    question = make.citation(make.event(), briefing, quote="Did they talk?")

    porter = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor()).actor

    speakers = dict(Citation.objects.values_list("pk", "speaker"))
    assert speakers == {answered.pk: porter.pk, question.pk: None}


def test_speaker_named_afterwards_leaves_other_speakers_alone():
    briefing, minister = make.briefing(TEXT), make.actor()
    citation = make.citation(make.event(), briefing, speaker=minister)

    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor())

    citation.refresh_from_db()
    assert citation.speaker == minister


def test_speaker_writes_no_history_of_citations_in_other_turns():
    briefing = make.briefing(TEXT)
    question = make.citation(make.event(), briefing, quote="Did they talk?")

    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor())

    assert question.history.count() == 1


def test_speaking_actor_stays():
    speaker = BriefingSpeaker.objects.create(briefing=make.briefing(), label="MS PORTER", actor=make.actor())

    with pytest.raises(Exception, match="protected"):
        speaker.actor.delete()
