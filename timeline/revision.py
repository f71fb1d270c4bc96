"""Numbers that change with every write, and results kept for as long as they stand."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save, pre_save

from timeline import models
from timeline.filters import EventFilter
from timeline.models import DataRevision

WATCHED = (
    models.Actor,
    models.ActorAlias,
    models.Briefing,
    models.Citation,
    models.Conflict,
    models.Event,
    models.EventType,
    models.Participation,
    models.Place,
)
MOVABLE = (models.Citation, models.Participation)  # rows that an editor can give to another event
KEPT = 24 * 60 * 60  # seconds


def numbers() -> dict[int, int]:
    """Return the number of each part of the data that was ever written to (see timeline.parts). One query."""
    return dict(DataRevision.objects.values_list("part", "number"))


def current() -> int:
    """Return the revision of the data as a whole. One query. Never shown: the edit of a draft changes it too."""
    return sum(numbers().values())


def remember(name: str, chosen: EventFilter, compute: Callable[[], Any]) -> Any:
    """Return what `compute` returns, kept until something is written. One query where it is kept already."""
    key = "\n".join([name, chosen.query, str(chosen.queryset.query), str(current())])
    return cache.get_or_set(hashlib.sha256(key.encode()).hexdigest(), compute, KEPT)


def watch() -> None:
    """Raise the revision whenever one of WATCHED is saved or deleted."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_rise, sender=model, dispatch_uid="timeline.revision")
    for model in MOVABLE:
        pre_save.connect(_rise_before, sender=model, dispatch_uid="timeline.revision")


def _rise(sender: type, instance, **signal) -> None:
    DataRevision.objects.rise(sender.objects.parts_of(instance))


def _rise_before(sender: type, instance, **signal) -> None:
    """Raise it for the event that a row belonged to until now."""
    if instance.pk and (before := sender.objects.filter(pk=instance.pk).parts()):
        DataRevision.objects.rise(before)
