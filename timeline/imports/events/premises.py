"""What an import takes for granted while it writes beside the desk: the rows that it names, as they were when it began.

Its own rows are seen by nobody before the commit. So on PostgreSQL it takes the write lock only at its end, and then looks
whether what it was derived from is still so.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models

from timeline.database.shards import batches
from timeline.imports.file_bytes import FileRefused
from timeline.models import Actor, ActorAncestor, Briefing, DataSet, EventType, Place

from .snapshot import State

ADDED = (
    "A row of the file could not be added: one like it was added on the desk, or what it names was deleted there, while the file "
    "was imported. Nothing was written. Import the file again."
)
NOT_UNIQUE, NAMES_NOTHING = "23505", "23503"  # codes of PostgreSQL
CHANGED = "“{}” was changed on the desk while the file was imported. Nothing was written. Import the file again."
# What rows of an import are derived from, beside the primary keys that they name.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Actor: ("merged_into", "parent"),
    Place: ("merged_into", "country"),
    EventType: ("claim",),
    DataSet: ("desk_only", "leads_only"),
    Briefing: (
        *("merged_into", "status", "kind", "text_sha256", "url", "publisher", "origin"),
        *("published_on", "published_within", "captured_on"),
    ),
}


class Premises:
    """Read before anything else of the import. One query for each table."""

    def __init__(self) -> None:
        self.before = {model: self._states(model, model._base_manager.all()) for model in COLUMNS}
        self.named: dict[type[models.Model], set[int]] = defaultdict(set)

    def name_of(self, states: list[State]) -> None:
        """Note what these events name."""
        self.named[EventType].update(state["type"] for state in states)
        self.named[Place].update(state["place"] for state in states if state["place"])
        self.named[Actor].update(actor for state in states for actor, *_ in state["actors"])
        self.named[Briefing].update(briefing for state in states for briefing, *_ in state["citations"])

    def name_of_related(self, publishers: set[int], parents: set[int], data_set: DataSet | None) -> None:
        """Note what the rows beside the events name: actors by their primary keys, of parents all that these lie within. One
        query."""
        above = ActorAncestor.objects.filter(actor__in=parents).values_list("ancestor", flat=True)
        self.named[Actor] |= publishers | set(above)
        self.named[DataSet] |= {data_set.pk} if data_set else set()

    def check(self, made: dict[str, list[list[int]]]) -> None:
        """Raise FileRefused where a row that the import names is no longer what it was; `made`: the ranges of keys that it
        made itself, by model. To be called with the write lock taken. One query for each 500 rows."""
        for model, named in self.named.items():
            created = {
                key for first, last in made.get(str(model._meta.model_name), []) for key in range(first, last + 1)
            }
            for keys in batches(sorted(named - created)):
                rows = model._base_manager.filter(pk__in=keys)
                now, before = self._states(model, rows), self.before[model]
                if changed := [key for key in keys if key not in now or now[key] != before.get(key)]:
                    raise FileRefused(CHANGED.format(rows.filter(pk=changed[0]).first() or "A row"))

    @staticmethod
    def _states(model: type[models.Model], rows: models.QuerySet) -> dict[int, list]:
        return {pk: state for pk, *state in rows.order_by().values_list("pk", *COLUMNS[model])}


@contextmanager
def refuse_rows_added_meanwhile() -> Iterator[None]:
    """Raise FileRefused where the database refuses a row that was right when the import began."""
    try:
        yield
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") in (NOT_UNIQUE, NAMES_NOTHING):
            raise FileRefused(ADDED) from error
        raise
