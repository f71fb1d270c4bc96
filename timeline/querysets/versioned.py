from django.apps import apps
from django.db import models, transaction

from timeline.database.shards import NO_EVENT, PART_SIZE, batches, part_of, runs
from timeline.database.write_lock import take_turn


class RevisedQuerySet(models.QuerySet):
    """Rows whose writes in bulk raise the revision of the data. Writes of single rows are seen by signals."""

    def parts(self) -> set[int]:
        """Return the parts of the data that these rows belong to."""
        return {NO_EVENT}

    def parts_of(self, row: models.Model) -> set[int]:
        """Return the parts of the data that one row belongs to."""
        return {NO_EVENT}

    def shown(self) -> set[int] | None:
        """Return the events, by primary key, that the public reads these rows in; None: it cannot read them. A row that
        is no part of an event shows in none."""
        return set() if not hasattr(self, "public") or self.public().exists() else None

    def parts_by(self, values: dict) -> set[int]:
        """Return the parts of the data to which rows come by this update."""
        return set()

    @transaction.atomic(savepoint=False)
    def update(self, **values) -> int:
        take_turn()
        parts, shown = self.parts(), self.shown()
        changed = super().update(**values)
        _rise(parts | self.parts_by(values), shown)
        return changed

    update.alters_data = True

    @transaction.atomic(savepoint=False)
    def bulk_create(self, *args, **kwargs) -> list:
        take_turn()
        made = super().bulk_create(*args, **kwargs)
        _rise(set().union(*map(self.parts_of, made)), self._all_shown(made))
        return made

    bulk_create.alters_data = True

    def _all_shown(self, rows: list) -> set[int] | None:
        """Return the same of rows just made, which nothing names yet."""
        return set() if any(getattr(row, "is_public", False) for row in rows) else None


class EventRowQuerySet(RevisedQuerySet):
    """Events, or rows that each belong to one event."""

    event_column = "event"

    def in_parts(self, parts):
        """Return those of events that stand in one of these parts."""
        found = models.Q(pk__in=[])
        for first, last in runs(parts):
            bounds = {"gte": first * PART_SIZE, "lt": (last + 1) * PART_SIZE}
            found |= models.Q(**{f"{self.event_column}__{step}": bound for step, bound in bounds.items()})
        return self.filter(found)

    def parts(self) -> set[int]:
        """Return the parts of the data in which these events stand. One query."""
        part = models.Func(self.event_column, template=f"(%(expressions)s / {PART_SIZE})", output_field=_NUMBER)
        return set(self.order_by().values_list(part, flat=True).distinct())

    def shown(self) -> set[int] | None:
        events = apps.get_model("timeline", "Event").objects.public()
        return set(events.filter(pk__in=self.order_by().values(self.event_column)).values_list("pk", flat=True)) or None

    def _all_shown(self, rows: list) -> set[int] | None:
        keys = {row.pk if self.event_column == "pk" else row.event_id for row in rows}
        public = apps.get_model("timeline", "Event").objects.public()
        several = (public.filter(pk__in=some).values_list("pk", flat=True) for some in batches(sorted(keys)))
        return {pk for found in several for pk in found} or None

    def parts_of(self, row: models.Model) -> set[int]:
        return {part_of(row.pk if self.event_column == "pk" else row.event_id)}

    def parts_by(self, values: dict) -> set[int]:
        given = [values[name] for name in ("event", "event_id") if name in values]
        return {part_of(getattr(event, "pk", event)) for event in given}


_NUMBER = models.BigIntegerField()


def _rise(parts: set[int], shown: set[int] | None) -> None:
    if parts:
        apps.get_model("timeline", "DataRevision").objects.rise(parts)
    if shown is not None:
        apps.get_model("timeline", "PublicRevision").objects.rise(shown)
