import re
from collections.abc import Collection
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models

from timeline.querysets import NaturalKeyManager

from .actor import Actor
from .history_field import History
from .place import Place
from .validators import clean_constraint, length_constraint, one_line


class ExternalId(models.Model):
    """What others call a row: a scheme, like "ucdp-actor", and the value there. Told again, the row is found by it."""

    scheme = models.CharField(max_length=40, validators=[one_line])
    value = models.CharField(max_length=100, validators=[one_line])

    class Meta:
        abstract = True
        constraints = [
            length_constraint("value", 100),
            clean_constraint("scheme", "value"),
            models.UniqueConstraint(fields=["scheme", "value"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class ActorExternalId(ExternalId):
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="external_ids")


class Gazetteer(NamedTuple):
    """A public list of places, by whose ids others know them too."""

    label: str
    pattern: str  # of an id
    example: str
    address: str  # of the page of an id; empty: there is none


GAZETTEERS = {  # by scheme; ids of other schemes are those by which imports find a place again
    "geonames": Gazetteer("GeoNames", r"[1-9]\d{0,9}", "616052", "https://www.geonames.org/{}"),
    "wikidata": Gazetteer("Wikidata", r"Q[1-9]\d{0,10}", "Q1953", "https://www.wikidata.org/wiki/{}"),
    "osm": Gazetteer(
        "OpenStreetMap", r"(node|way|relation)/[1-9]\d{0,12}", "relation/364087", "https://www.openstreetmap.org/{}"
    ),
    "pcode": Gazetteer("P-code", r"[A-Z]{2,3}\d{1,12}", "UA14", ""),
}


class PlaceExternalIdManager(NaturalKeyManager):
    def of_gazetteers(self, slugs: list[str]) -> models.QuerySet:
        """Return (slug of the place, scheme, value) of what gazetteers call these places, in order."""
        rows = self.filter(place__slug__in=slugs, scheme__in=GAZETTEERS).order_by("scheme", "value")
        return rows.values_list("place__slug", "scheme", "value")


class PlaceExternalId(ExternalId):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="external_ids")

    history = History()
    objects = PlaceExternalIdManager("scheme", "value")

    @property
    def gazetteer(self) -> Gazetteer | None:
        return GAZETTEERS.get(self.scheme)

    @property
    def address(self) -> str:
        """Return the address of its page elsewhere; empty where there is none."""
        return self.gazetteer.address.format(self.value) if self.gazetteer else ""

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude)
        if self.gazetteer and not re.fullmatch(self.gazetteer.pattern, self.value, re.ASCII):
            label, example = self.gazetteer.label, self.gazetteer.example
            raise ValidationError({"value": f"“{self.value}” is not an id of {label}. Write it like {example}."})

    def clean(self) -> None:
        others = PlaceExternalId.objects.filter(scheme=self.scheme, value=self.value).exclude(place=self.place_id)
        if other := others.select_related("place").first():
            raise ValidationError(
                {"value": f"“{other.place}” ({other.place.slug}) has this id: the two are one place. Merge them."}
            )
