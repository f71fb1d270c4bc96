import datetime as dt

import pytest
from django.http import QueryDict

from tests import make
from timeline.facets.counting import count_citations
from timeline.filters import EventFilter
from timeline.models import Actor, ActorAlias, Briefing, Event

from .constraints import force

pytestmark = [pytest.mark.django_db, pytest.mark.database]


day = dt.date.fromisoformat


def titles(events) -> list[str]:
    return [event.title for event in events]


# Actors: within


def chain(length: int) -> list[Actor]:
    """Return actors of which each belongs to the one before."""
    actors = [make.actor()]
    while len(actors) < length:
        actors.append(make.actor(parent=actors[-1]))
    return actors


def test_within_is_an_actor_and_all_below_it(django_assert_num_queries):
    top, middle, bottom = chain(3)
    branch = make.actor(parent=top)
    make.actor()

    with django_assert_num_queries(1):
        within = set(Actor.objects.within([top.pk]))

    assert within == {top, middle, bottom, branch}


def test_within_does_not_reach_upwards():
    _, middle, bottom = chain(3)

    assert set(Actor.objects.within([middle.pk])) == {middle, bottom}


def test_within_reaches_to_any_depth():
    actors = chain(40)

    assert set(Actor.objects.within([actors[0].pk])) == set(actors)


def test_within_of_several_actors_has_each_once():
    top, middle, bottom = chain(3)
    other = make.actor()

    assert sorted(Actor.objects.within([top.pk, middle.pk, other.pk]).values_list("pk", flat=True)) == [
        top.pk,
        middle.pk,
        bottom.pk,
        other.pk,
    ]


def test_within_ends_on_a_circle():
    top, middle, bottom = chain(3)
    force(top, parent=bottom)

    assert set(Actor.objects.within([middle.pk])) == {top, middle, bottom}


@pytest.mark.parametrize("keys", [[], [10**9]])
def test_within_nobody_is_nobody(keys):
    make.actor()

    assert list(Actor.objects.within(keys)) == []


def test_within_can_be_asked_twice_and_counted():
    top, *_ = chain(3)
    within = Actor.objects.within([top.pk])

    assert (within.count(), len(within), len(within.all()), within.exists()) == (3, 3, 3, True)


def test_within_stands_in_other_questions():
    top, _, bottom = chain(3)
    inside, outside = make.event("inside"), make.event("outside")
    make.participation(inside, bottom)
    make.participation(outside)
    members = Actor.objects.within([top.pk])

    assert titles(Event.objects.with_participant(members)) == ["inside"]
    assert titles(Event.objects.without_participant(members)) == ["outside"]


def test_within_nobody_in_other_questions():
    event = make.event("any")
    make.participation(event)
    nobody = Actor.objects.within([])

    assert titles(Event.objects.with_participant(nobody)) == []
    assert titles(Event.objects.without_participant(nobody)) == ["any"]


# Actors: public


def test_actors_are_public_who_took_part_in_a_published_event():
    known, hidden = make.participation(make.published()), make.participation(make.event())

    public = Actor.objects.public()
    assert (known.actor in public, hidden.actor in public) == (True, False)


def test_actors_are_public_who_speak_in_a_public_citation():
    heard, draft, unseen = make.actor(), make.actor(), make.actor()
    event = make.published(cited={"speaker": heard})
    make.citation(make.event(), speaker=draft)
    make.citation(event, make.briefing(status="draft"), speaker=unseen)

    public = Actor.objects.public()
    assert [actor in public for actor in (heard, draft, unseen)] == [True, False, False]


def test_actors_are_public_who_put_out_a_public_briefing():
    published, draft = make.briefing(), make.briefing(status="draft")

    assert list(Actor.objects.public()) == [published.publisher]
    assert draft.publisher not in Actor.objects.public()


def test_actors_are_public_to_whom_a_public_one_belongs():
    *above, bottom = chain(5)
    make.actor(parent=bottom)
    make.participation(make.published(), bottom)

    assert set(Actor.objects.public()) - {briefing.publisher for briefing in Briefing.objects.all()} == {*above, bottom}


def test_actors_in_a_circle_are_public_once():
    top, middle, bottom = chain(3)
    force(top, parent=bottom)
    make.briefing(publisher=middle)

    assert sorted(Actor.objects.public().values_list("pk", flat=True)) == [top.pk, middle.pk, bottom.pk]


def test_actors_of_a_withdrawn_event_are_not_public():
    event = make.published(briefing=make.briefing())
    actor = make.participation(event).actor
    event.withdraw("Wrong day.")

    assert actor not in Actor.objects.public()


def test_actors_without_any_rows_are_not_public():
    assert list(Actor.objects.public()) == []


def test_actors_are_public_in_one_query(django_assert_num_queries):
    make.published()

    with django_assert_num_queries(1):
        assert len(Actor.objects.public().filter(kind="organisation")) == 1


def test_actors_publishing_put_out_a_public_briefing():
    briefing = make.briefing()
    make.briefing(status="draft")

    assert list(Actor.objects.publishing()) == [briefing.publisher]


def test_actor_is_counted_with_each_event_of_its_members_once(client):
    top, middle, bottom = chain(3)
    both = make.published()
    make.participation(both, middle)
    make.participation(both, bottom, "mediator")
    make.participation(make.published(), bottom)
    make.participation(make.event(), bottom)

    listed = {actor["slug"]: actor["event_count"] for actor in client.get("/api/v1/actors/").json()["actors"]}
    assert [listed[actor.slug] for actor in (top, middle, bottom)] == [2, 2, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_actor_page_takes_three_queries(count, django_assert_num_queries):
    state = make.actor()
    ActorAlias.objects.create(actor=state, name="The State")
    for _ in range(count):
        office = make.actor(parent=state, kind="office")
        make.published(briefing=make.briefing(publisher=office), cited={"speaker": office})
    make.actor(parent=state)

    with django_assert_num_queries(3):
        (page_actor,) = Actor.objects.for_page().filter(pk=state.pk)
        assert (len(page_actor.aliases.all()), len(page_actor.public_members)) == (1, count)


def test_actor_page_counts_what_is_public():
    actor = make.actor()
    event = make.published(briefing=make.briefing(publisher=actor), cited={"speaker": actor})
    make.citation(event, make.briefing(publisher=actor, status="draft"), speaker=actor)
    make.citation(make.event(), make.briefing(), speaker=actor)

    page_actor = Actor.objects.for_page().get(pk=actor.pk)
    events = EventFilter(QueryDict(), Event.objects.public())
    assert page_actor.briefing_count == 1
    assert count_citations(events, "speaker", actor.pk) == 1
    assert count_citations(events, "speaker", make.actor().pk) == 0
