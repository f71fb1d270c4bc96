from collections.abc import Iterable, Iterator

from django.db import models

from timeline.database.shards import batches


class ImportBatchQuerySet(models.QuerySet):
    def for_list(self):
        """Return the batches with data set and people. No further query."""
        return self.select_related("data_set", "by", "undone_by")


class ImportedEventQuerySet(models.QuerySet):
    def of_data_set(self, data_set: int | None):
        return self.filter(data_set=data_set)

    def named(self, external_ids: list[str]) -> Iterator[tuple[str, int, int | None, str]]:
        """Yield (external id, primary key, event, baseline) of those that are known. One query for each 500."""
        for batch in batches(external_ids):
            yield from self.filter(external_id__in=batch).values_list("external_id", "pk", "event", "baseline")

    def missing_from(self, seen: Iterable[bytes], mark) -> Iterator[str]:
        """Yield the external ids whose mark is not among those seen."""
        for external_id in self.order_by("pk").values_list("external_id", flat=True).iterator():
            if mark(external_id) not in seen:
                yield external_id
