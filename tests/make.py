"""Rows for tests, `make.event(...)`: plain functions with visible defaults, everything can be changed by keyword."""

import datetime as dt
from itertools import count

from django.db import models
from django.utils import timezone

from timeline.models import Actor, Briefing, Citation, Conflict, Event, EventType, Participation, Place, PublicRevision
from timeline.models.publication import Status
from timeline.models.validators import new_public_id

_numbers = count(1)


def actor(name: str = "", **changes) -> Actor:
    number = next(_numbers)
    fields = {"slug": f"actor-{number}", "name": name or f"Actor {number}", "kind": "state"}
    return Actor.objects.create(**fields | changes)


def place(name: str = "", **changes) -> Place:
    number = next(_numbers)
    return Place.objects.create(**{"slug": f"place-{number}", "name": name or f"Place {number}"} | changes)


def conflict(name: str = "", **changes) -> Conflict:
    number = next(_numbers)
    return Conflict.objects.create(**{"slug": f"conflict-{number}", "name": name or f"Conflict {number}"} | changes)


def briefing(text: str = "MS PORTER: The ceasefire holds. Troops moved.", **changes) -> Briefing:
    number = next(_numbers)
    fields = {
        "slug": f"briefing-{number}",
        "title": f"Briefing {number}",
        "kind": "press_briefing",
        "published_on": dt.date(2022, 3, 25),
        "status": "published",
        "text": text,
    }
    fields |= changes
    if "publisher" not in fields:
        fields["publisher"] = actor(kind="organisation")
    return Briefing.objects.create(**fields)


def event(title: str = "", *, edtf: str = "2022-03-24", type: str = "statement", **changes) -> Event:
    """Return a draft."""
    number = next(_numbers)
    event_type = EventType.objects.get(slug=type)
    return Event.objects.create(
        **{"title": title or f"Event {number}", "edtf": edtf, "event_type": event_type} | changes
    )


_actor, _briefing = actor, briefing  # below, these are names of parameters


def citation(event: Event, briefing: Briefing | None = None, **changes) -> Citation:
    fields = {"event": event, "briefing": briefing or _briefing(), "quote": "The ceasefire holds.", "act": "reports"}
    return Citation.objects.create(**fields | changes)


def participation(event: Event, actor: Actor | None = None, role: str = "participant", **changes) -> Participation:
    return Participation.objects.create(event=event, actor=actor or _actor(), role=role, **changes)


def published(title: str = "", *, briefing: Briefing | None = None, cited: dict | None = None, **changes) -> Event:
    """Return a published event with one citation."""
    draft = event(title, **changes)
    citation(draft, briefing, **(cited or {}))
    draft.publish()
    return draft


def copies(event: Event, count: int) -> list[Event]:
    """Return this many events more that are like this one in all but their ids, with its citations and participations.

    In bulk, for tests of many: nothing is derived again, and they have no history.
    """
    events = Event.objects.bulk_create(_copy(event, public_id=new_public_id()) for _ in range(count))
    for citation in event.citations.all():
        Citation.objects.bulk_create(_copy(citation, event=copy, public_id=new_public_id()) for copy in events)
    for participation in event.participations.all():
        Participation.objects.bulk_create(_copy(participation, event=copy) for copy in events)
    return events


def _copy(row: models.Model, **changes) -> models.Model:
    names = [field.attname for field in row._meta.concrete_fields if not (field.primary_key or field.generated)]
    copy = type(row)(**{name: getattr(row, name) for name in names})
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def older_revision() -> None:
    """Set the last change of the public data a minute back."""
    PublicRevision.objects.update(at=timezone.now() - dt.timedelta(minutes=1))


def in_state(status: str) -> Event:
    """Return an event that could be published, brought to this state by the ways there are."""
    draft = event("Truce")
    citation(draft)
    if status == Status.REVIEW:
        draft.submit()
    if status in (Status.PUBLISHED, Status.WITHDRAWN):
        draft.publish()
    if status == Status.WITHDRAWN:
        draft.withdraw("Wrong day.")
    if status == Status.MERGED:
        draft.merge_into(event("Other"))
    return draft
