from typing import Self, TypeVar

from django.apps import apps
from django.db import models, transaction

from timeline.database.shards import NO_EVENT, SHARD_SIZE, batches, consecutive_runs, shard_of
from timeline.database.transactions import take_write_lock

from . import tables

_Row = TypeVar("_Row", bound=models.Model)


class VersionedQuerySet(models.QuerySet[_Row]):
    """Rows whose bulk writes bump the version of the data. Signals do so for writes of single rows."""

    def shards(self) -> set[int]:
        """Return the shards of the data that these rows belong to."""
        return {NO_EVENT}

    def shards_of(self, row: models.Model) -> set[int]:
        """Return the shards of the data that one row belongs to."""
        return {NO_EVENT}

    def public_event_keys(self) -> set[int] | None:
        """Return the primary keys of the events in which the public reads these rows; None: it cannot read the rows. Rows that
        belong to no event return an empty set."""
        return set() if not hasattr(self, "public") or self.public().exists() else None

    def shards_after(self, values: dict) -> set[int]:
        """Return the shards that rows move to by this update."""
        return set()

    @transaction.atomic(savepoint=False)
    def update(self, **values) -> int:
        take_write_lock()
        shards, public_events = self.shards(), self.public_event_keys()
        changed = super().update(**values)
        _bump_versions(shards | self.shards_after(values), public_events)
        return changed

    @transaction.atomic(savepoint=False)
    def bulk_create(self, *args, **kwargs) -> list:
        take_write_lock()
        rows = super().bulk_create(*args, **kwargs)
        _bump_versions(set().union(*map(self.shards_of, rows)), self._public_events_of(rows))
        return rows

    def _public_events_of(self, rows: list) -> set[int] | None:
        """Return what `public_event_keys` returns, of rows just created, to which no other row refers yet."""
        return set() if any(getattr(row, "is_public", False) for row in rows) else None


class EventRowQuerySet(VersionedQuerySet[_Row]):
    """Events, or rows that each belong to one event."""

    event_column = "event"

    def in_shards(self, shards) -> Self:
        condition = models.Q(pk__in=[])
        for first, last in consecutive_runs(shards):
            limits = {"gte": first * SHARD_SIZE, "lt": (last + 1) * SHARD_SIZE}
            condition |= models.Q(**{f"{self.event_column}__{lookup}": limit for lookup, limit in limits.items()})
        return self.filter(condition)

    def shards(self) -> set[int]:
        """Return the shards of these events. One query."""
        shard = models.Func(self.event_column, template=f"(%(expressions)s / {SHARD_SIZE})", output_field=_NUMBER)
        return set(self.order_by().values_list(shard, flat=True).distinct())

    def public_event_keys(self) -> set[int] | None:
        events = tables.events().public()
        return set(events.filter(pk__in=self.order_by().values(self.event_column)).values_list("pk", flat=True)) or None

    def _public_events_of(self, rows: list) -> set[int] | None:
        keys = set(map(self._event_of, rows))
        public = tables.events().public()
        querysets = (public.filter(pk__in=batch).values_list("pk", flat=True) for batch in batches(sorted(keys)))
        return {pk for queryset in querysets for pk in queryset} or None

    def shards_of(self, row: models.Model) -> set[int]:
        return {shard_of(self._event_of(row))}

    def _event_of(self, row: models.Model) -> int:
        return getattr(row, "pk" if self.event_column == "pk" else "event_id")

    def shards_after(self, values: dict) -> set[int]:
        events = [values[name] for name in ("event", "event_id") if name in values]
        return {shard_of(getattr(event, "pk", event)) for event in events}


_NUMBER = models.BigIntegerField()


def _bump_versions(shards: set[int], public_events: set[int] | None) -> None:
    if shards:
        apps.get_model("timeline", "DataRevision").objects.bump(shards)
    if public_events is not None:
        apps.get_model("timeline", "PublicRevision").objects.bump(public_events)
