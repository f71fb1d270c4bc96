from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from timeline.text.search_words import plain_words

from . import tables
from .natural_keys import MergeableQuerySet

if TYPE_CHECKING:
    from timeline.models import Actor  # noqa: F401 (named below, in quotation marks)


SPOKEN = {"event__status": "published", "briefing__status": "published"}  # of citations the public can see


class ActorQuerySet(MergeableQuerySet["Actor"]):
    def within(self, actors: Iterable[int]) -> Self:
        """Return these actors (primary keys) and all that belong to them, at any depth."""
        return self.filter(pk__in=self._ancestry().filter(ancestor__in=list(actors)).values("actor"))

    def public(self) -> Self:
        """Return actors the public can meet: named in a published event, speaking in a public citation, publishing
        a published briefing or having written it, or holding an actor that does. Others would reveal drafts."""
        met = self._exists_in("participations", "actor", of="actor", event__status="published")
        met |= self._exists_in("citations", "speaker", of="actor", **SPOKEN)
        met |= self._exists_in("briefings", "publisher", of="actor", status="published")
        met |= self._exists_in("briefings", "origin", of="actor", status="published")
        return self.filter(pk__in=self._ancestry().filter(met).values("ancestor"))

    def named_like(self, name: str) -> Self:
        """Return actors that have this name among their names, or whose names hold it, as they are searched."""
        return self.filter(search_text__contains=plain_words(name))

    def redistributable(self) -> Self:
        """Return those of public actors that may leave the site: met by an event or a briefing that may."""
        by_event = redistributable_condition("event__")
        met = self._exists_in("participations", "actor", by_event, of="actor", event__status="published")
        met |= self._exists_in("citations", "speaker", by_event, of="actor", **SPOKEN)
        briefings = tables.briefings().public().redistributable().order_by()
        met |= Q(Exists(briefings.filter(publisher=OuterRef("actor"))))
        met |= Q(Exists(briefings.filter(origin=OuterRef("actor"))))
        return self.filter(pk__in=self._ancestry().filter(met).values("ancestor"))

    def of_kinds(self, kinds: list[str]) -> Self:
        return self.filter(kind__in=kinds)

    def in_countries(self, codes: list[str]) -> Self:
        return self.filter(country__in=codes)

    def publishing(self) -> Self:
        """Return actors that published a briefing the public can read."""
        return self.filter(self._exists_in("briefings", "publisher", status="published"))

    def publishing_documents(self) -> Self:
        """Return actors that put out a document the public can read: no source that a data set lists."""
        return self.filter(self._exists_in("briefings", "publisher", ~Q(kind="data_record"), status="published"))

    def _exists_in(self, related: str, column: str, *such: models.Q, of: str = "pk", **public) -> Q:
        """Return whether the actor, which is in this column of the row that is asked of, is in a public row. The database stops at the
        first: a join would read all."""
        rows = getattr(self.model, related).rel.related_model.objects.order_by()
        return Q(Exists(rows.filter(*such, **{column: OuterRef(of)}, **public)))

    def named_in(self, events, citations) -> Self:
        """Return actors that take part in these events, speak in these citations of them, now or in an earlier text, or published,
        wrote or speak in a cited briefing, and all that these belong to."""
        event_keys = events.order_by().values("pk")
        cited = citations.order_by().filter(event__in=event_keys)
        briefings = tables.briefings().filter(pk__in=cited.values("briefing"))
        speakers = tables.speakers().filter(briefing__in=briefings.order_by().values("pk"))
        took_part = tables.participations().order_by().filter(event__in=event_keys)
        former = tables.earlier_quotes().of_citations(cited).order_by()
        named = [took_part.values("actor"), cited.values("speaker"), speakers.order_by().values("actor")]
        met = models.Q(actor__in=briefings.order_by().values("publisher"))
        met |= models.Q(actor__in=briefings.order_by().filter(origin__isnull=False).values("origin"))
        met |= models.Q(actor__in=former.filter(speaker__isnull=False).values("speaker"))
        for actor_keys in named:
            met |= models.Q(actor__in=actor_keys)
        return self.filter(pk__in=self._ancestry().filter(met).values("ancestor"))

    def aliases_of(self, slugs):
        """Return (slug of the actor, other name) of these actors, by name."""
        rows = tables.aliases().filter(actor__slug__in=slugs)
        return rows.order_by("name", "pk").values_list("actor__slug", "name")

    def for_page(self) -> Self:
        """Return actors with parent, aliases, `public_members`, and `briefing_count` (public briefings it published). Three
        queries."""
        briefings = tables.briefings().public().order_by()
        members = Prefetch("members", tables.actors().public(), to_attr="public_members")
        return (
            self.select_related("parent")
            .prefetch_related("aliases", members)
            .annotate(
                briefing_count=_count(briefings.filter(publisher=OuterRef("pk")).values("publisher")),
            )
        )

    def update(self, **values) -> int:
        changed = super().update(**values)
        if not values.keys().isdisjoint({"parent", "parent_id"}):
            tables.ancestry().rebuild()
        return changed

    def bulk_create(self, *args, **kwargs) -> list:
        actors = super().bulk_create(*args, **kwargs)
        tables.ancestry().rebuild()
        return actors

    def _ancestry(self) -> models.QuerySet:
        """Return who belongs to whom, at any depth."""
        return tables.ancestry().all()


def _count(grouped: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0)


def redistributable_condition(event: str = "") -> Q:
    """Return the condition that an event may leave the site, `event__` being the way to it: entered here, or of a data set
    whose licence lets it go on."""
    return Q(**{f"{event}data_set": None}) | Q(**{f"{event}data_set__redistributable": True})
