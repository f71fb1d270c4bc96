"""What an event belongs to: its conflict, its place, and the data set it came from."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from . import tables
from .natural_keys import SluggedQuerySet

if TYPE_CHECKING:
    from timeline.models import Conflict, DataSet, Place


class ConflictQuerySet(SluggedQuerySet["Conflict"]):
    def public(self) -> Self:
        """Return conflicts that a published event belongs to; others would tell of drafts."""
        return self.filter(Exists(self._public_events()))

    def redistributable(self) -> Self:
        """Return those of public conflicts that may leave the site: known by an event that may."""
        return self.filter(Exists(self._public_events().redistributable()))

    def search(self, words: list[str]) -> Self:
        """Return conflicts in whose name or description every word stands."""
        return self.filter(*(Q(name__icontains=word) | Q(description__icontains=word) for word in words))

    def with_event_count(self) -> Self:
        """Return conflicts with `event_count`, the published events that belong to them. One query."""
        counted = self._public_events().order_by().values("conflict").annotate(n=Count("pk"))
        return self.annotate(event_count=Subquery(counted.values("n")))

    def with_span(self) -> Self:
        """Return conflicts with `first_edtf` and `latest_edtf`: the dates of the published events that begin first and
        last. NULL where no event has a known start. One query."""
        begun = self._public_events().exclude(start_earliest=dt.date.min)
        return self.annotate(
            first_edtf=Subquery(begun.order_by("start_earliest", "pk").values("edtf")[:1]),
            latest_edtf=Subquery(begun.order_by("-start_earliest", "-pk").values("edtf")[:1]),
        )

    def _public_events(self):
        return tables.events().public().filter(conflict=OuterRef("pk"))


class PlaceQuerySet(SluggedQuerySet["Place"]):
    def public(self) -> Self:
        """Return places where a published event happened; others would tell of drafts."""
        return self.filter(Exists(self._public_events()))

    def redistributable(self) -> Self:
        """Return those of public places that may leave the site: known by an event that may."""
        return self.filter(Exists(self._public_events().redistributable()))

    def in_countries(self, codes) -> Self:
        return self.filter(country__in=codes)

    def search(self, words: list[str]) -> Self:
        """Return places in whose name every word stands."""
        return self.filter(*(Q(name__icontains=word) for word in words))

    def named_in(self, events, citations) -> Self:
        """Return places where these events happened, or did so by these citations of them."""
        event_keys = events.order_by().values("pk")
        cited = citations.order_by().filter(event__in=event_keys, place__isnull=False)
        return self.filter(Q(pk__in=events.order_by().values("place")) | Q(pk__in=cited.values("place")))

    def with_event_count(self) -> Self:
        """Return places with `event_count`, the published events that happened there. One query."""
        counted = self._public_events().order_by().values("place").annotate(n=Count("pk"))
        return self.annotate(event_count=Subquery(counted.values("n")))

    def _public_events(self):
        return tables.events().public().filter(place=OuterRef("pk"))

    def countries(self):
        """Return the ISO 3166-1 codes of these places' countries, each once."""
        return self.exclude(country="").order_by("country").values_list("country", flat=True).distinct()


class DataSetQuerySet(SluggedQuerySet["DataSet"]):
    def public(self) -> Self:
        """Return data sets that a published event comes from."""
        events = tables.events().public()
        return self.filter(Exists(events.filter(data_set=OuterRef("pk"))))

    def not_redistributable(self) -> Self:
        """Return data sets whose licence forbids that their events leave the site."""
        return self.filter(redistributable=False)


def redistributable_condition(event: str = "") -> Q:
    """Return the condition that an event may leave the site, `event__` being the way to it: entered here, or of a data set
    whose licence lets it go on."""
    return Q(**{f"{event}data_set": None}) | Q(**{f"{event}data_set__redistributable": True})
