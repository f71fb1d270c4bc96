"""What an event belongs to: its conflict, its place, and the data set it came from."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from timeline.text import coordinates
from timeline.text.folding import fold

from . import tables
from .natural_keys import MergeableQuerySet, SluggedQuerySet

if TYPE_CHECKING:
    from timeline.models import Conflict, DataSet, Place

SAME_PLACE = 25.0  # km between two points of one name in one country that are one place
KM_OF_A_DEGREE = 110.0  # of latitude, at the least


class ConflictQuerySet(SluggedQuerySet["Conflict"]):
    def public(self) -> Self:
        """Return conflicts that a published event belongs to; others would reveal drafts."""
        return self.filter(Exists(self._public_events()))

    def redistributable(self) -> Self:
        """Return those of public conflicts that may leave the site: known by an event that may."""
        return self.filter(Exists(self._public_events().redistributable()))

    def search(self, words: list[str]) -> Self:
        """Return conflicts whose name or description contains every word."""
        return self.filter(*(Q(name__icontains=word) | Q(description__icontains=word) for word in words))

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


class PlaceQuerySet(MergeableQuerySet["Place"]):
    def within(self, places: Iterable[int]) -> Self:
        """Return these places (primary keys) and all that lie within them, at any depth."""
        return self.filter(pk__in=tables.place_ancestry().within(places))

    def public(self) -> Self:
        """Return places where, or within which, a published event happened; others would reveal drafts."""
        return self.filter(self._holds(tables.events().public()))

    def redistributable(self) -> Self:
        """Return those of public places that may leave the site: known by an event that may."""
        return self.filter(self._holds(tables.events().public().redistributable()))

    def _holds(self, events) -> Exists:
        """Return the condition that one of these events happened at the place or within it."""
        at_place = Exists(events.order_by().filter(place=OuterRef("place")))
        return Exists(tables.place_ancestry().filter(at_place, ancestor=OuterRef("pk")))

    def in_countries(self, codes) -> Self:
        return self.filter(country__in=codes)

    def search(self, words: list[str]) -> Self:
        """Return places whose name contains every word."""
        return self.filter(*(Q(name__icontains=word) for word in words))

    def named_in(self, events, citations) -> Self:
        """Return places where these events happened, or did so by these citations of them, and all that these lie within."""
        event_keys = events.order_by().values("pk")
        cited = citations.order_by().filter(event__in=event_keys, place__isnull=False)
        met = Q(place__in=events.order_by().filter(place__isnull=False).values("place"))
        met |= Q(place__in=cited.values("place"))
        return self.filter(pk__in=tables.place_ancestry().filter(met).values("ancestor"))

    def for_page(self) -> Self:
        """Return places with what they lie within, `public_places_within` and external ids. Three queries."""
        within = Prefetch("places_within", tables.places().public(), to_attr="public_places_within")
        return self.select_related("parent").prefetch_related(within, "external_ids")

    def near(self, point: tuple[Decimal, Decimal], within: float) -> list[tuple[float, "Place"]]:
        """Return (kilometres, place) of those less than so many kilometres from a point, the nearest first. One query: it reads
        the places of that latitude."""
        degrees = Decimal(within / KM_OF_A_DEGREE)
        band = self.filter(latitude__range=(point[0] - degrees, point[0] + degrees))
        places = ((coordinates.distance(point, place.point), place) for place in band if place.point)
        return sorted(((km, place) for km, place in places if km <= within), key=lambda pair: (pair[0], pair[1].pk))

    def same_as(self, name: str, country: str, point: tuple[Decimal, Decimal] | None) -> "Place | None":
        """Return the place that this one would be: of the same name and country, at most SAME_PLACE km away; without a point,
        one that has none either. None: there is none. One query."""
        rows = self.not_merged().filter(country=country)
        if point is None:
            alike: Iterable[Place] = rows.filter(latitude=None).order_by("pk")
        else:
            alike = (place for _, place in rows.near(point, SAME_PLACE))
        return next((place for place in alike if fold(place.name) == fold(name)), None)

    def update(self, **values) -> int:
        changed = super().update(**values)
        if not values.keys().isdisjoint({"parent", "parent_id"}):
            tables.place_ancestry().rebuild()
        return changed

    def bulk_create(self, *args, **kwargs) -> list:
        places = super().bulk_create(*args, **kwargs)
        tables.place_ancestry().rebuild()
        return places


class DataSetQuerySet(SluggedQuerySet["DataSet"]):
    def public(self) -> Self:
        """Return data sets that a published event comes from."""
        events = tables.events().public()
        return self.filter(Exists(events.filter(data_set=OuterRef("pk"))))

    def not_redistributable(self) -> Self:
        """Return data sets whose licence forbids that their events leave the site."""
        return self.filter(redistributable=False)
