import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from timeline.querysets.versioned import EventRowQuerySet, VersionedQuerySet
from timeline.text.search_query import Group

from .full_text import name_holds_any

if TYPE_CHECKING:
    from timeline.models import Submission


_Row = TypeVar("_Row", bound=models.Model)


class SluggedQuerySet(VersionedQuerySet[_Row]):
    """Rows that are known by their slug."""

    def get_by_natural_key(self, slug: str) -> _Row:
        return self.get(slug=slug)

    def slugged(self, slugs) -> Self:
        return self.filter(slug__in=list(slugs))

    def with_names(self, groups: Iterable[Group]) -> Self:
        """Return rows whose names a search finds (see search_query.parse); all for an empty one."""
        rows = self
        for group in groups:
            holds = name_holds_any([spelling for term in group for spelling in term.spellings])
            rows = rows.exclude(holds) if group[0].excludes else rows.filter(holds)
        return rows

    def by_slug(self, size: int, *columns: str) -> Iterator[list[dict]]:
        """Yield the values of columns, `slug` among them, in the order of slugs, `size` rows at a time by one query."""
        rest = self.order_by("slug").values(*columns)
        while rows := list(rest[:size]):
            yield rows
            if len(rows) < size:
                return
            rest = self.filter(slug__gt=rows[-1]["slug"]).order_by("slug").values(*columns)


class MergeableQuerySet(SluggedQuerySet[_Row]):
    """Rows of which one can become part of another (`merged_into`), to which its address leads."""

    def not_merged(self) -> Self:
        return self.filter(merged_into=None)

    def successor_of(self, slug: str) -> _Row | None:
        """Return the one of these rows that the row of this slug became part of; None: none did. One query."""
        return self.filter(pk__in=self._slugged_anywhere([slug]).values("merged_into")).first()

    def successors(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return the slugs of those of these rows that others became part of, by the slugs of the others. One query."""
        gone = self._slugged_anywhere(slugs).filter(merged_into__in=self.order_by())
        return dict(gone.values_list("slug", "merged_into__slug"))

    def _slugged_anywhere(self, slugs: Iterable[str]) -> models.QuerySet:
        known = [slug for slug in slugs if "\0" not in slug]  # PostgreSQL takes no NUL, also to compare
        return self.model._base_manager.order_by().filter(slug__in=known)


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
