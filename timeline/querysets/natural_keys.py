import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from timeline.querysets.versioned import EventRowQuerySet, VersionedQuerySet

if TYPE_CHECKING:
    from timeline.models import Submission


_Row = TypeVar("_Row", bound=models.Model)


class SluggedQuerySet(VersionedQuerySet[_Row]):
    """Rows that are known by their slug."""

    def get_by_natural_key(self, slug: str) -> _Row:
        return self.get(slug=slug)

    def slugged(self, slugs) -> Self:
        return self.filter(slug__in=list(slugs))

    def by_slug(self, size: int, *columns: str) -> Iterator[list[dict]]:
        """Yield the values of columns, `slug` among them, in the order of slugs, `size` rows at a time by one query."""
        rest = self.order_by("slug").values(*columns)
        while rows := list(rest[:size]):
            yield rows
            if len(rows) < size:
                return
            rest = self.filter(slug__gt=rows[-1]["slug"]).order_by("slug").values(*columns)


_VersionedManager = models.Manager.from_queryset(VersionedQuerySet)


class NaturalKeyManager(_VersionedManager):
    """Rows that are known by several values together, named as lookups."""

    def __init__(self, *lookups: str):
        super().__init__()
        self.lookups = lookups

    def get_by_natural_key(self, *values: str) -> models.Model:
        return self.get(**dict(zip(self.lookups, values, strict=True)))


_EventRowManager = models.Manager.from_queryset(EventRowQuerySet)


class ParticipationManager(_EventRowManager, NaturalKeyManager):
    pass


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def sent_before(self, moment: dt.datetime) -> "SubmissionQuerySet":
        return self.filter(sent_at__lt=moment)


_NaturalKey = TypeVar("_NaturalKey", bound=Callable[..., tuple])


def depends_on(*tables: str) -> Callable[[_NaturalKey], _NaturalKey]:
    """Mark a `natural_key` with the tables that it names rows of: a dump writes them before, a load reads them before."""

    def mark(natural_key: _NaturalKey) -> _NaturalKey:
        natural_key.__dict__["dependencies"] = list(tables)
        return natural_key

    return mark
