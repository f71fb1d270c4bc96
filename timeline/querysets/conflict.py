import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from .slugged import SluggedQuerySet


class ConflictQuerySet(SluggedQuerySet):
    def public(self):
        """Return conflicts that a published event belongs to; others would tell of drafts."""
        return self.filter(Exists(self._public_events()))

    def redistributable(self):
        """Return those of public conflicts that may leave the site: known by an event that may."""
        return self.filter(Exists(self._public_events().redistributable()))

    def search(self, words: list[str]):
        """Return conflicts in whose name or description every word stands."""
        return self.filter(*(Q(name__icontains=word) | Q(description__icontains=word) for word in words))

    def with_event_count(self):
        """Return conflicts with `event_count`, the published events that belong to them. One query."""
        counted = self._public_events().order_by().values("conflict").annotate(n=Count("pk"))
        return self.annotate(event_count=Subquery(counted.values("n")))

    def with_span(self):
        """Return conflicts with `first_edtf` and `latest_edtf`: the dates of the published events that begin first and
        last. NULL where no event has a known start. One query."""
        begun = self._public_events().exclude(start_earliest=dt.date.min)
        return self.annotate(
            first_edtf=Subquery(begun.order_by("start_earliest", "pk").values("edtf")[:1]),
            latest_edtf=Subquery(begun.order_by("-start_earliest", "-pk").values("edtf")[:1]),
        )

    def _public_events(self):
        return self.model.events.rel.related_model.objects.public().filter(conflict=OuterRef("pk"))
