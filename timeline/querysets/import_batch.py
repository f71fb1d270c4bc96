from collections.abc import Callable, Container, Iterator
from typing import TYPE_CHECKING, Self

from django.db import models

from timeline.database.shards import batches

if TYPE_CHECKING:
    from timeline.models import ImportBatch, ImportedEvent


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def for_list(self) -> Self:
        """Return the batches with data set and people. No further query."""
        return self.select_related("data_set", "by", "undone_by")


class ImportedEventQuerySet(models.QuerySet["ImportedEvent"]):
    def of_data_set(self, data_set: int | None) -> Self:
        return self.filter(data_set=data_set)

    def named(self, external_ids: list[str]) -> Iterator[tuple[str, int, int | None, str]]:
        """Yield (external id, primary key, event, baseline) of those that are known. One query for each 500."""
        for batch in batches(external_ids):
            yield from self.filter(external_id__in=batch).values_list("external_id", "pk", "event", "baseline")

    def missing_from(self, seen: Container[int], mark: Callable[[str], int]) -> Iterator[str]:
        """Yield the external ids whose mark is not among those seen."""
        for external_id in self.order_by("pk").values_list("external_id", flat=True).iterator():
            if mark(external_id) not in seen:
                yield external_id
