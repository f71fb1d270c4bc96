from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from .base import SluggedQuerySet


class Closure(RawSQL):
    """The ids reached from `start` by following `step`; UNION ends it even on a cycle. Part of one query."""

    def __init__(self, start: models.QuerySet, table: str, step: str, take: str):
        self.start = start
        super().__init__(
            f"WITH RECURSIVE closure(id) AS (%s UNION SELECT {take} FROM {table} child "  # noqa: S608 (all our own)
            f"JOIN closure ON {step}) SELECT id FROM closure",
            (),
        )

    def as_sql(self, compiler, connection):
        start_sql, params = self.start.query.get_compiler(connection=connection).as_sql()
        return f"({self.sql % start_sql})", params


class WithMembers(models.Func):
    """The ids of one actor and of all that belong to it, at any depth; for use in a subquery."""

    output_field = models.BigAutoField()
    template = (
        "(WITH RECURSIVE closure(id) AS (SELECT %(expressions)s UNION SELECT child.id FROM %(table)s child "
        "JOIN closure ON child.parent_id = closure.id) SELECT id FROM closure)"
    )


class ActorQuerySet(SluggedQuerySet):
    def within(self, actors: Iterable[int]):
        """Return these actors (primary keys) and all that belong to them, at any depth."""
        start = self.model._base_manager.order_by().filter(pk__in=list(actors)).values("pk")
        return self._reached_from(start, "child.parent_id = closure.id", "child.id")

    def public(self):
        """Return actors the public can meet: named in a published event, speaking in a public citation, publishing
        a published briefing, or holding an actor that does. Others would tell of drafts."""
        met = self._seen_in("participations", "actor", event__status="published")
        everyone = self.model.objects.order_by()
        start = everyone.filter(met | self._speaks() | self._publishes()).values("pk")
        return self._reached_from(start, "child.id = closure.id AND child.parent_id IS NOT NULL", "child.parent_id")

    def speaking(self):
        """Return actors that speak in a citation the public can see."""
        return self.filter(self._speaks())

    def publishing(self):
        """Return actors that put out a briefing the public can read."""
        return self.filter(self._publishes())

    def _speaks(self) -> Exists:
        return self._seen_in("citations", "speaker", event__status="published", briefing__status="published")

    def _publishes(self) -> Exists:
        return self._seen_in("briefings", "publisher", status="published")

    def _seen_in(self, related: str, column: str, **public) -> Exists:
        """Return whether the actor stands in a public row. The database stops at the first: a join would read all."""
        rows = getattr(self.model, related).rel.related_model.objects.order_by()
        return Exists(rows.filter(**{column: OuterRef("pk")}, **public))

    def with_event_count(self):
        """Return actors with `event_count`: the published events of the actor and of all that belong to it, each
        once, as the filter finds them. One query."""
        members = WithMembers(OuterRef("pk"), table=self.model._meta.db_table)
        rows = self.model.participations.rel.related_model.objects.order_by()
        found = rows.filter(event__status="published", actor__in=members)
        counted = found.annotate(n=models.Func("event", template="COUNT(DISTINCT %(expressions)s)"))
        return self.annotate(event_count=Subquery(counted.values("n"), output_field=models.IntegerField()))

    def for_page(self):
        """Return actors with parent, aliases, `public_members`, and of what the public can see `heard_count` (citations
        in which the actor speaks) and `briefing_count` (briefings it published). Three queries."""
        citations = self.model.citations.rel.related_model.objects.public().order_by()
        briefings = self.model.briefings.rel.related_model.objects.public().order_by()
        members = Prefetch("members", self.model.objects.public(), to_attr="public_members")
        return (
            self.select_related("parent")
            .prefetch_related("aliases", members)
            .annotate(
                heard_count=_count(citations.filter(speaker=OuterRef("pk")).values("speaker")),
                briefing_count=_count(briefings.filter(publisher=OuterRef("pk")).values("publisher")),
            )
        )

    def _reached_from(self, start: models.QuerySet, step: str, take: str):
        return self.filter(pk__in=Closure(start, self.model._meta.db_table, step, take))


def _count(grouped: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0)
