import datetime as dt

import pytest
from django.db import transaction
from django.http import QueryDict

from tests import make
from timeline.filters import EventFilter
from timeline.models import ActorAlias, Event, EventRelation, EventType, Participation, PublicRevision
from timeline.versions.data_version import cached

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def number() -> int:
    return PublicRevision.objects.current()[0]


def revision_of(event: Event) -> int:
    return Event.objects.values_list("revision", flat=True).get(pk=event.pk)


@made_once
def public():
    """Return a published event whose every part the public can see."""
    event = make.published("Truce", place=make.place(), conflict=make.conflict())
    make.participation(event, make.actor())
    return event


def test_nothing_public_is_revision_0():
    make.event()

    assert PublicRevision.objects.current() == (0, None)


CHANGES = {
    "event": lambda event: event.save(),
    "withdrawal": lambda event: event.withdraw("Wrong day."),
    "new citation": lambda event: make.citation(event),
    "citation": lambda event: event.citations.first().save(),
    "participation": lambda event: event.participations.first().delete(),
    "briefing": lambda event: event.citations.first().briefing.save(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_change_of_what_an_event_shows_raises_its_revision(public, name):
    before = number()

    CHANGES[name](public)

    assert number() > before
    assert revision_of(public) == number()


def test_relation_raises_both_events(public):
    other = make.published()
    words = other.citations.get()
    EventRelation.objects.create(from_event=other, to_event=public, kind="follows", citation=words)

    assert (revision_of(public), revision_of(other)) == (number(), number())


NAMES = {
    "actor": lambda event: event.participations.first().actor.save(),
    "alias": lambda event: ActorAlias.objects.create(actor=event.participations.first().actor, name="Other name"),
    "place": lambda event: event.place.save(),
    "conflict": lambda event: event.conflict.save(),
    "type": lambda event: event.event_type.save(),
}


@pytest.mark.parametrize("name", NAMES)
def test_change_of_a_name_raises_the_revision_of_the_data_alone(public, name):
    before, revision = number(), revision_of(public)

    NAMES[name](public)

    assert (number() > before, revision_of(public)) == (True, revision)


def test_work_on_drafts_cannot_be_observed(public):
    before = number()

    draft = make.event(place=make.place(), conflict=make.conflict(), type="clash")
    make.participation(draft, actor := make.actor())
    citation = make.citation(draft, make.briefing(status="draft"))
    make.citation(public, make.briefing(status="draft"))
    EventRelation.objects.create(from_event=draft, to_event=public, kind="follows")
    draft.submit()
    draft.return_to_draft()
    for row in (draft, actor, draft.place, draft.conflict, citation, citation.briefing, draft.event_type):
        row.save()
    EventType.objects.get(slug="threat").save()
    citation.delete()
    draft.delete()

    assert number() == before


def test_writes_in_bulk_are_seen(public):
    before = number()
    Event.objects.filter(title="Truce").update(summary="New words.")
    assert (number(), revision_of(public)) == (before + 1, before + 1)

    make.event("Draft")
    Event.objects.filter(title="Draft").update(summary="New words.")
    assert number() == before + 1

    Participation.objects.bulk_create([Participation(event=public, actor=make.actor(), role="mediator")])
    assert revision_of(public) == before + 2


def test_what_is_rolled_back_is_no_change(public):
    before = number()

    with transaction.atomic():
        public.save()
        transaction.set_rollback(True)

    assert number() == before


def test_changes_since_a_moment_are_found(public):
    other = make.published()
    moment = PublicRevision.objects.current()[1]
    public.withdraw("Wrong day.")

    assert set(Event.objects.revised_since(moment)) == {public, other}
    assert set(Event.objects.revised_since(PublicRevision.objects.current()[1])) == {public}


def test_moments_never_go_back():
    event = make.published()
    later = PublicRevision.objects.current()[1] + dt.timedelta(hours=1)
    PublicRevision.objects.update(at=later)  # a write that began later was quicker
    event.title = "Otherwise"
    event.save()
    event.refresh_from_db()

    assert PublicRevision.objects.current()[1] == event.revised_at == later


def test_counts_of_one_filter_are_cached_apart_for_each_set_of_events():
    event = make.published()
    make.published()
    public = Event.objects.public()

    totals = [
        cached("total", EventFilter(QueryDict(), rows), rows.count)
        for rows in (public, public.named([event.public_id]))
    ]

    assert totals == [2, 1]
