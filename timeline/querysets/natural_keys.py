from collections.abc import Iterator

from django.db import models

from .versioned import EventRowQuerySet, VersionedQuerySet


class SluggedQuerySet(VersionedQuerySet):
    """Rows that are known by their slug."""

    def get_by_natural_key(self, slug: str) -> models.Model:
        return self.get(slug=slug)

    def slugged(self, slugs):
        return self.filter(slug__in=list(slugs))

    def by_slug(self, size: int, *columns: str) -> Iterator[list[dict]]:
        """Yield the values of columns, `slug` among them, in the order of slugs, `size` rows at a time by one query."""
        rest = self.order_by("slug").values(*columns)
        while rows := list(rest[:size]):
            yield rows
            if len(rows) < size:
                return
            rest = self.filter(slug__gt=rows[-1]["slug"]).order_by("slug").values(*columns)


class NaturalKeyManager(models.Manager.from_queryset(VersionedQuerySet)):
    """Rows that are known by several values together, named as lookups."""

    def __init__(self, *lookups: str):
        super().__init__()
        self.lookups = lookups

    def get_by_natural_key(self, *values: str) -> models.Model:
        return self.get(**dict(zip(self.lookups, values, strict=True)))


class ParticipationManager(NaturalKeyManager.from_queryset(EventRowQuerySet)):
    pass
