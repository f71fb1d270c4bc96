"""The public version: a number that rises when what the public can read changes. Exports, feeds and citations print it."""

from collections.abc import Callable, Iterable

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from timeline.models import (
    Actor,
    ActorAlias,
    Briefing,
    BriefingSpeaker,
    Citation,
    Conflict,
    DataSet,
    Event,
    EventRelation,
    EventType,
    Participation,
    Place,
    PublicRevision,
)

Visibility = set[int] | None  # primary keys of the events that show a row; None: the public cannot read the row


def _public(events: Iterable[int]) -> set[int]:
    return set(Event.objects.public().filter(pk__in=list(events)).values_list("pk", flat=True))


def _event(row: Event) -> Visibility:
    return {row.pk} if row.is_public else None


def _participation(row: Participation) -> Visibility:
    return _public([row.event_id]) or None


def _citation(row: Citation) -> Visibility:
    return _public([row.event_id]) or None if Briefing.objects.public().filter(pk=row.briefing_id).exists() else None


def _relation(row: EventRelation) -> Visibility:
    """Return both events where both are public, and the words that tie them: no other relation is shown."""
    both = _public([row.from_event_id, row.to_event_id]) if row.words else ()
    return both if len(both) == 2 else None


def _briefing(row: Briefing) -> Visibility:
    return _public(row.citations.order_by().values_list("event", flat=True)) if row.is_public else None


def _speaker(row: BriefingSpeaker) -> Visibility:
    return set() if Briefing.objects.public().filter(pk=row.briefing_id).exists() else None


def _named(row: models.Model) -> Visibility:
    """Return no events for a row that the public can meet: its name is no part of them, though exports print it."""
    return set() if type(row).objects.public().filter(pk=row.pk).exists() else None


def _alias(row: ActorAlias) -> Visibility:
    return set() if Actor.objects.public().filter(pk=row.actor_id).exists() else None


def _type(row: EventType) -> Visibility:
    return set() if Event.objects.public().filter(event_type=row.pk).exists() else None


MET_ELSEWHERE = (_named, _type)  # of rows that the public meets only where another row names them

# Whose text may be changed because something must not be read, or whose licence because it may not be passed on
SHOWN_AT_ONCE = (Briefing, BriefingSpeaker, DataSet)

VISIBILITY: dict[type[models.Model], Callable[[models.Model], Visibility]] = {
    Actor: _named,
    ActorAlias: _alias,
    Briefing: _briefing,
    BriefingSpeaker: _speaker,
    Citation: _citation,
    Conflict: _named,
    DataSet: _named,
    Event: _event,
    EventRelation: _relation,
    EventType: _type,
    Participation: _participation,
    Place: _named,
}


def watch() -> None:
    """Raise the number whenever the public could read a row before it was saved or deleted, or can afterwards."""
    for model in VISIBILITY:
        for signal, receiver in (
            (pre_save, _note_visibility),
            (pre_delete, _note_visibility),
            (post_save, _saved),
            (post_delete, _deleted),
        ):
            signal.connect(receiver, sender=model, dispatch_uid="timeline.versions.public_version")


def _note_visibility(sender: type[models.Model], instance: models.Model, **signal) -> None:
    before = sender.objects.filter(pk=instance.pk).first() if instance.pk else None
    instance._visible_before = VISIBILITY[sender](before) if before else None


def _saved(sender: type[models.Model], instance: models.Model, created: bool, raw: bool, **signal) -> None:
    """Raise it. What has just been made is named by no other row; in a fixture (`raw`) it may be, by one before it."""
    if not (created and not raw and VISIBILITY[sender] in MET_ELSEWHERE):
        before, after = instance._visible_before, VISIBILITY[sender](instance)
        takes_away = before is not None and (after is None or not before <= after)
        _bump(before, after, at_once=takes_away or sender in SHOWN_AT_ONCE)


def _deleted(sender: type[models.Model], instance: models.Model, **signal) -> None:
    _bump(instance._visible_before, at_once=True)


def _bump(*visibilities: Visibility, at_once: bool) -> None:
    seen = [events for events in visibilities if events is not None]
    if seen:
        PublicRevision.objects.bump(set().union(*seen), at_once=at_once)
