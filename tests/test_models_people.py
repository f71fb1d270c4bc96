import pytest
from django.db import IntegrityError

from tests import make
from timeline.models import BriefingSpeaker, Citation, Participation

from .constraints import problems, refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "QUESTION: Did they talk?\n\nMS PORTER: They did. The ceasefire holds."


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


def test_participation_stands_once():
    first = make.participation(make.event())
    again = Participation(event=first.event, actor=first.actor, role=first.role)

    assert problems(again) == {"__all__": ["This actor already has this role in the event."]}
    with refused():
        Participation.objects.bulk_create([again])


def test_participation_in_two_roles_is_allowed():
    first = make.participation(make.event(), role="initiator")

    assert problems(Participation(event=first.event, actor=first.actor, role="recipient")) == {}


def test_participations_stand_in_their_order():
    event = make.event()
    second = make.participation(event, position=2)
    first = make.participation(event, position=1)
    third = make.participation(event, position=2)

    assert list(event.participations.all()) == [first, second, third]


def test_participation_goes_with_its_event():
    event = make.event()
    make.participation(event)

    event.delete()

    assert list(Participation.objects.all()) == []
