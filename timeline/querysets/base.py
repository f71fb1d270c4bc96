from django.db import models

from .revised import RevisedQuerySet


class SluggedQuerySet(RevisedQuerySet):
    """Rows that are known by their slug."""

    def get_by_natural_key(self, slug: str) -> models.Model:
        return self.get(slug=slug)


class KeyedManager(models.Manager.from_queryset(RevisedQuerySet)):
    """Rows that are known by several values together, named as lookups."""

    def __init__(self, *lookups: str):
        super().__init__()
        self.lookups = lookups

    def get_by_natural_key(self, *values: str) -> models.Model:
        return self.get(**dict(zip(self.lookups, values, strict=True)))
