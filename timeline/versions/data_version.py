"""The version of each shard, which changes with every write, and results cached under it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models.signals import post_delete, post_save, pre_save

from timeline import models
from timeline.database.shards import NO_EVENT
from timeline.filters import EventFilter
from timeline.models import DataRevision

from .shown_state import PublicState, keep, key_of, read_kept, state_of_request, state_shown

WATCHED = (
    models.Actor,
    models.ActorAlias,
    models.Briefing,
    models.Citation,
    models.Conflict,
    models.DataSet,
    models.Event,
    models.EventType,
    models.Participation,
    models.Place,
)
MOVABLE = (models.Citation, models.Participation)  # rows that an editor can give to another event
LIFETIME = 24 * 60 * 60  # seconds


def shard_versions() -> dict[int, int]:
    """Return the version of each shard that was ever written to (see timeline.database.shards). One query."""
    return dict(DataRevision.objects.values_list("part", "number"))


def versions_for(event_filter: EventFilter) -> dict[int, int]:
    """Return the versions as they were when this filter was first counted; a filter lives as long as its request.

    What is written meanwhile may be counted already, but then it is cached under versions that are never asked for again.
    """
    attributes = vars(event_filter)  # goes with the filter to its narrower and wider ones
    if "shard_versions" not in attributes:
        attributes["shard_versions"] = _versions_of_request()
    return attributes["shard_versions"]


_of_state: tuple[PublicState, dict[int, int]] | None = None  # the versions with which this process answers from a state


def _versions_of_request() -> dict[int, int]:
    """Return the versions of now; to readers those with which this process last answered from the state that they are shown: what was
    written since is read once, for the next state, and not for every page. At most one query."""
    global _of_state
    state, known = state_shown(), _of_state
    if state and known and known[0] == state and settings.SHOWN_WITHIN:
        return known[1]
    versions = shard_versions()
    if not connection.in_atomic_block:  # in one nobody else may see what is written
        state = state or (known[0] if known else None)
        _of_state = (state, versions) if state else None
    return versions


def names_changed(event_filter: EventFilter) -> bool:
    """Return whether an actor, place, conflict, type, data set or briefing was written to since this filter was
    first counted. One query."""
    return shard_versions().get(NO_EVENT) != versions_for(event_filter).get(NO_EVENT)


def cached(name: str, event_filter: EventFilter, compute: Callable[[], Any]) -> Any:
    """Return what `compute` returns of public rows, cached until the public record changes: the work on drafts changes
    nothing. No query but the first for this filter outside of a public page."""
    attributes = vars(event_filter)
    if "public_state" not in attributes:
        attributes["public_state"] = state_of_request()
    key = key_of(name, event_filter.query, event_filter.base_sql, attributes["public_state"].key)
    if (entry := read_kept(key)) is None:
        entry = (compute(),)
        keep(key, entry, LIFETIME)
    return entry[0]


def watch() -> None:
    """Raise the revision whenever one of WATCHED is saved or deleted."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_bump, sender=model, dispatch_uid="timeline.versions.data_version")
    for model in MOVABLE:
        pre_save.connect(_bump_previous, sender=model, dispatch_uid="timeline.versions.data_version")


def _bump(sender: type, instance, **signal) -> None:
    DataRevision.objects.bump(sender.objects.shards_of(instance))


def _bump_previous(sender: type, instance, **signal) -> None:
    """Raise it for the event that a row belonged to until now."""
    if instance.pk and (before := sender.objects.filter(pk=instance.pk).shards()):
        DataRevision.objects.bump(before)
