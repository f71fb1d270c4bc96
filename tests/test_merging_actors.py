"""Two actors that are one: all that the one did passes to the other."""

import pytest

from tests import make
from timeline.merging import ActorMerge
from timeline.models import Actor, ActorAlias, BriefingSpeaker, Participation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_everything_an_actor_does_passes_to_the_other():
    gone, target = make.actor("Artsakh authorities", slug="old"), make.actor("De facto authorities", slug="new")
    member = make.actor("Office", parent=gone)
    ActorAlias.objects.create(actor=gone, name="NKR")
    ActorAlias.objects.create(actor=gone, name="de facto  AUTHORITIES")
    event = make.event()
    make.participation(event, gone, "initiator")
    briefing = make.briefing(publisher=gone)
    citation = make.citation(event, briefing, speaker=gone)
    label = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=gone)

    ActorMerge(gone, target).apply("One body")

    for row in (gone, member, briefing, citation, label):
        row.refresh_from_db()
    assert (gone.merged_into, member.parent, briefing.publisher, citation.speaker, label.actor) == (target,) * 5
    assert [(participation.actor, participation.role) for participation in event.participations.all()] == [
        (target, "initiator")
    ]
    assert sorted(target.aliases.values_list("name", flat=True)) == ["Artsakh authorities", "NKR"]
    assert "artsakh" in Actor.objects.get(pk=target.pk).search_text
    assert set(Actor.objects.within([target.pk])) == {target, member}


def test_an_actor_can_take_over_what_it_belongs_to():
    above = make.actor("State")
    gone = make.actor("Ministry", parent=above)
    between = make.actor("Department", parent=gone)
    target = make.actor("Ministry of Defence", parent=between)

    ActorMerge(gone, target).apply("One body")

    target.refresh_from_db()
    between.refresh_from_db()
    assert (target.parent, between.parent) == (above, target)


def test_an_actor_that_took_part_under_both_names_is_named_once():
    gone, target, event = make.actor(), make.actor(), make.event()
    make.participation(event, gone, office="Envoy")
    make.participation(event, target)

    ActorMerge(gone, target).apply("One body")

    assert [(participation.actor, participation.office) for participation in Participation.objects.all()] == [
        (target, "Envoy")
    ]
