import datetime as dt

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from timeline.parts import NO_EVENT

from .base import SluggedQuerySet


class BriefingQuerySet(SluggedQuerySet):
    def parts(self) -> set[int]:
        """Return the parts of the data that these briefings belong to: those of the events they speak of. One query."""
        return {NO_EVENT} | self._citations_of(self).parts()

    def parts_of(self, row) -> set[int]:
        return {NO_EVENT} | self._citations_of([row.pk]).parts()

    def _citations_of(self, briefings):
        return self.model.citations.rel.related_model.objects.filter(briefing__in=briefings)

    def public(self):
        return self.filter(status="published")

    def known_by(self, day: dt.date):
        """Return briefings put out on that day or before; those whose day is not known had said nothing yet."""
        return self.filter(published_on__lte=day)

    def newest_first(self):
        """Return the briefings by day of publication; those whose day is not known come last."""
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")

    def for_list(self):
        """Return briefings with publisher and, of what the public can see, `event_count`, `citation_count` and
        `unfound_count` (quotes that do not stand in the stored text, or stand there more than once). Without
        their long text; one query."""
        return (
            self.select_related("publisher")
            .defer("text")
            .annotate(
                event_count=self._citations(Count("event", distinct=True)),
                citation_count=self._citations(Count("pk")),
                unfound_count=self._citations(Count("pk"), state__in=["missing", "ambiguous"]),
            )
        )

    def for_page(self):
        """Return briefings with publisher and speakers; a speaker's `actor_is_public` says whether the actor has a
        page. Two queries."""
        speakers = self.model.speakers.rel.related_model.objects.select_related("actor")
        actors = self.model.publisher.field.related_model.objects.public()
        known = Prefetch("speakers", speakers.annotate(actor_is_public=Q(actor__in=actors)))
        return self.select_related("publisher__parent").prefetch_related(known)

    def _citations(self, count: Count, **only) -> Coalesce:
        rows = self.model.citations.rel.related_model.objects.public()
        own = rows.filter(briefing=OuterRef("pk"), **only).order_by().values("briefing")
        return Coalesce(Subquery(own.annotate(n=count).values("n")), 0)
