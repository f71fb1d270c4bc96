from django.db.models import Count, Exists, OuterRef, Q, Subquery

from .slugged import SluggedQuerySet


class PlaceQuerySet(SluggedQuerySet):
    def public(self):
        """Return places where a published event happened; others would tell of drafts."""
        return self.filter(Exists(self._public_events()))

    def redistributable(self):
        """Return those of public places that may leave the site: known by an event that may."""
        return self.filter(Exists(self._public_events().redistributable()))

    def in_countries(self, codes):
        return self.filter(country__in=codes)

    def search(self, words: list[str]):
        """Return places in whose name every word stands."""
        return self.filter(*(Q(name__icontains=word) for word in words))

    def named_in(self, events):
        """Return places where these events happened."""
        return self.filter(pk__in=events.order_by().values("place"))

    def with_event_count(self):
        """Return places with `event_count`, the published events that happened there. One query."""
        counted = self._public_events().order_by().values("place").annotate(n=Count("pk"))
        return self.annotate(event_count=Subquery(counted.values("n")))

    def _public_events(self):
        return self.model.events.rel.related_model.objects.public().filter(place=OuterRef("pk"))

    def countries(self):
        """Return the ISO 3166-1 codes of these places' countries, each once."""
        return self.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
