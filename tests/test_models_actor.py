import pytest

from tests import make
from timeline.models import Actor, ActorAlias

from .constraints import force, problems, refused, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_actor_does_not_belong_to_itself():
    actor = make.actor("Armenia")
    actor.parent = actor

    assert problems(actor)["parent"] == ["Armenia belongs to Armenia already; choose another."]
    with refused_by("actor_parent_not_itself"):
        force(actor, parent=actor)


def test_actor_does_not_belong_to_what_belongs_to_it():
    state = make.actor("Armenia")
    ministry = make.actor("Foreign Ministry", parent=state)
    minister = make.actor("Foreign Minister", parent=ministry)
    state.parent = minister

    assert problems(state) == {"parent": ["Foreign Minister belongs to Armenia already; choose another."]}


def test_actor_below_a_forced_circle_is_refused_not_waited_for():
    first = make.actor("First")
    second = make.actor("Second", parent=first)
    force(first, parent=second)

    second = Actor.objects.get(pk=second.pk)
    assert list(problems(Actor(slug="x", name="X", kind="state", parent=second))) == ["parent"]


def search_text(actor: Actor) -> str:
    return Actor.objects.values_list("search_text", flat=True).get(pk=actor.pk)


def test_actor_is_searched_by_its_name():
    assert search_text(make.actor("İlham Əliyev")) == " ilham aliyev § eliyev "


def test_actor_is_searched_by_its_aliases():
    actor = make.actor("OSCE Minsk Group")
    ActorAlias.objects.create(actor=actor, name="Minsk Group")
    ActorAlias.objects.create(actor=actor, name="МГ ОБСЕ")

    assert search_text(actor) == " osce minsk group § minsk group § мг обсе "


def test_actor_forgets_an_alias_that_was_changed():
    actor = make.actor("Armenia")
    alias = ActorAlias.objects.create(actor=actor, name="Hayastan")

    alias.name = "Hayasdan"
    alias.save()

    assert search_text(actor) == " armenia § hayasdan "


def test_actor_forgets_an_alias_that_was_deleted():
    actor = make.actor("Armenia")
    ActorAlias.objects.create(actor=actor, name="Hayastan").delete()

    assert search_text(actor) == " armenia "


def test_actor_renamed_keeps_its_aliases():
    actor = make.actor("Karabakh")
    ActorAlias.objects.create(actor=actor, name="NKR")

    Actor.objects.update_or_create(slug=actor.slug, defaults={"name": "Artsakh"})

    assert search_text(actor) == " artsakh § nkr "


def test_alias_does_not_change_the_history_of_its_actor():
    actor = make.actor()
    ActorAlias.objects.create(actor=actor, name="Hayastan")

    assert actor.history.count() == 1


def test_alias_stands_once():
    alias = ActorAlias.objects.create(actor=make.actor("Armenia"), name="Hayastan")
    again = ActorAlias(actor=alias.actor, name="Hayastan")

    assert problems(again) == {"__all__": ["Actor alias with this Actor and Name already exists."]}
    with refused():
        ActorAlias.objects.bulk_create([again])


def test_alias_of_two_actors_is_allowed():
    ActorAlias.objects.create(actor=make.actor(), name="The Ministry")

    assert problems(ActorAlias(actor=make.actor(), name="The Ministry")) == {}
