"""Which rows of a table lie within which, at any depth, kept in a table of its own in step with their `parent`."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from django.db import models, transaction

from timeline.database.shards import batches


class AncestorManager(models.Manager):
    """Of a table of pairs: `ancestor`, and a row that lies within it or is it; both are rows of one table that have a `parent`."""

    def __init__(self, row: str):
        """`row`: name of the foreign key beside `ancestor`."""
        super().__init__()
        self.row = row

    def get_by_natural_key(self, ancestor: str, row: str) -> Any:
        return self.get(**{"ancestor__slug": ancestor, f"{self.row}__slug": row})

    def within(self, rows: Iterable[int]) -> models.QuerySet:
        """Return the primary keys of these rows and of all that lie within them."""
        return self.filter(ancestor__in=list(rows)).values(self.row)

    def update_for(self, row: Any) -> None:
        """Set the ancestors of one row that was saved. Two queries where nothing changed."""
        stored = set(self.filter(**{self.row: row}).values_list("ancestor", flat=True))
        if stored == self._ancestors(row):
            return
        if stored or self.filter(ancestor=row).exists():
            self.rebuild()
        else:
            self.create_for(row)

    def create_for(self, row: Any) -> None:
        """Set the ancestors of a row within which none lies. One query, one more where it has a parent."""
        self.bulk_create(self.model(**{"ancestor_id": ancestor, self.row: row}) for ancestor in self._ancestors(row))

    def create_all(self, parents: dict[int, int | None]) -> None:
        """Set the ancestors of rows that were just made, each with its parent. One query, two more for each 500 that have
        one."""
        self._add((key, key) for key in parents)
        members = {key: parent for key, parent in parents.items() if parent}
        for keys in batches(list(members)):
            above = defaultdict(list)
            lines = self.filter(**{f"{self.row}__in": {members[key] for key in keys}}).values_list("ancestor", self.row)
            for ancestor, parent in lines:
                above[parent].append(ancestor)
            self._add((ancestor, key) for key in keys for ancestor in above[members[key]])

    def _add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Add (ancestor, row) by their primary keys."""
        self.bulk_create(self.model(**{"ancestor_id": above, f"{self.row}_id": key}) for above, key in pairs)

    def _ancestors(self, row: Any) -> set[int]:
        above = self.filter(**{self.row: row.parent_id}).values_list("ancestor", flat=True) if row.parent_id else ()
        return {row.pk, *above}

    @transaction.atomic
    def rebuild(self) -> None:
        """Compare the whole table with the parents of all rows, and correct what differs."""
        table = cast(type[models.Model], self.model._meta.get_field(self.row).related_model)
        parents = dict(table._base_manager.order_by().values_list("pk", "parent"))
        wanted = {(above, pk) for pk in parents for above in ancestor_chain(pk, parents)}
        stored = set(self.values_list("pk", flat=True))
        self.filter(pk__in=list(stored - wanted)).delete()
        self._add(sorted(wanted - stored))


def ancestor_chain(pk: int, parents: dict[int, int | None]) -> list[int]:
    """Return a row and all that it lies within; a circle of parents is walked once."""
    chain: list[int] = []
    above: int | None = pk
    while above is not None and above not in chain:
        chain.append(above)
        above = parents.get(above)
    return chain
