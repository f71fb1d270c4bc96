import pytest

from tests import make
from timeline.models import Participation

from .constraints import force, problems, refused, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_participation_is_in_order():
    assert problems(Participation(event=make.event(), actor=make.actor(), role="initiator", office="Minister")) == {}


def test_participation_reads_as_actor_and_role():
    assert str(make.participation(make.event(), make.actor("Armenia"), "mediator")) == "Armenia (mediator)"


def test_participation_role_is_one_of_four():
    assert problems(Participation(event=make.event(), actor=make.actor(), role="victim")) == {
        "role": ["Value 'victim' is not a valid choice."]
    }
    with refused_by("participation_role_known"):
        force(make.participation(make.event()), role="victim")


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
