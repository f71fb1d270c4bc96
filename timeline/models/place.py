from decimal import Decimal
from functools import cache
from math import isfinite

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django_countries import countries

from timeline.database.transactions import take_write_lock
from timeline.querysets import PlaceQuerySet
from timeline.querysets.natural_keys import depends_on
from timeline.text.coordinates import NOWHERE
from timeline.text.search_words import index_words
from timeline.text.sound_keys import sound_keys

from .ancestry import AncestorManager
from .history_field import History
from .validators import (
    clean_constraint,
    country_code,
    follow_merged,
    length_constraint,
    not_self_constraint,
    one_line,
    plain_text,
    with_derived,
)

country_name = cache(countries.name)  # of a code; the site speaks one language


class PlacePrecision(models.TextChoices):
    """How precisely an event's place is known. Source: UCDP GED `where_prec` 1 to 7, in words; `area` and `region`: ACLED
    `geo_precision` 2 and 3."""

    EXACT = "exact", "exact place"
    NEAR = "near", "within about 25 km of the point"
    DISTRICT = "district", "somewhere in the district"
    PROVINCE = "province", "somewhere in the province"
    FEATURE = "feature", "along a line or in a loosely bounded area"
    COUNTRY = "country", "somewhere in the country"
    WATERS = "waters", "international waters or airspace"
    AREA = "area", "in a part of the region; the point is a town of it"
    REGION = "region", "somewhere in a larger region; the point is a town of it"


def derive(name: str) -> dict[str, str]:
    """Return the columns of a place that follow from its name. No query."""
    return {"search_text": index_words(name), "sounds": sound_keys(name)}


class Place(models.Model):
    """A named location. How precisely an event is known to have been there is `Event.place_precision`."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the web address; do not change it after publication."
    )
    name = models.CharField(max_length=300, validators=[one_line])
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[country_code],
        help_text="ISO 3166-1, two capitals, like AM. Leave empty if it is in no single country, or disputed.",
    )
    latitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Degrees north, WGS 84, like 39.815. Both or neither.",
    )
    longitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True, help_text="Degrees east, WGS 84, like 46.752."
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="lies within",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places_within",
        help_text="A filter for that place finds the events of this one too: a town lies within its district.",
    )
    description = models.TextField(blank=True, max_length=1000, validators=[plain_text])
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_places"
    )  # NULL: stands for itself. Else its address leads there, and no event names it any more
    search_text = models.TextField(editable=False, default="")  # the name, as searched
    sounds = models.TextField(editable=False, default="", db_default="")  # what it sounds like, see `sound_keys`

    history = History(excluded_fields=["search_text", "sounds"])
    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            length_constraint("name", 300),
            clean_constraint("name", lines=("description",)),
            not_self_constraint("parent"),
            not_self_constraint("merged_into"),
            models.CheckConstraint(
                name="place_latitude_range",
                condition=Q(latitude__isnull=True) | Q(latitude__gte=-90, latitude__lte=90),
                violation_error_message="latitude: degrees from -90 to 90.",
            ),
            models.CheckConstraint(
                name="place_longitude_range",
                condition=Q(longitude__isnull=True) | Q(longitude__gte=-180, longitude__lte=180),
                violation_error_message="longitude: degrees from -180 to 180.",
            ),
            models.CheckConstraint(
                name="place_coordinates_both_or_neither",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="Give latitude and longitude, or neither.",
            ),
            models.CheckConstraint(
                name="place_country_length",
                condition=Q(country="") | Q(country__length=2),
                violation_error_message="country: two capital letters of ISO 3166-1, or empty.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("place-detail", args=[self.slug])

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        """Return latitude and longitude; None where they are not known."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    def clean(self) -> None:
        for name, limit in (("latitude", 90), ("longitude", 180)):
            value = getattr(self, name)
            # What is no number at all has its message already.
            if isinstance(value, int | float | Decimal) and isfinite(value) and not -limit <= value <= limit:
                raise ValidationError({name: f"{value} is outside -{limit} to {limit} degrees."})
        if self.point and not any(self.point):
            raise ValidationError({"latitude": NOWHERE})
        self._refuse_circle()
        self._refuse_double()

    def _refuse_circle(self) -> None:
        """Raise ValidationError where the place would lie within itself. One query where it lies within another."""
        above = PlaceAncestor.objects.filter(ancestor=self.pk, place=self.parent_id)
        if self.parent_id and self.pk and above.exists():
            raise ValidationError({"parent": f"{self.parent} lies within {self} already; choose another."})

    def _refuse_double(self) -> None:
        point = self.point or ()
        if self.merged_into_id or not all(isinstance(degrees, Decimal) and degrees.is_finite() for degrees in point):
            return
        others = Place.objects.exclude(pk=self.pk)
        if same := others.same_as(self.name, self.country, self.point):
            raise ValidationError(
                {
                    "name": f"“{same}” ({same.slug}) is this place already: one of the same name and country"
                    f"{', at most 25 km away' if point else ''}. Choose that one, or give this one a name of its own."
                }
            )

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save, and carry a changed country over to the place's events. Raises ValidationError where it would lie within
        itself."""
        take_write_lock()
        follow_merged(self, "parent")
        self._refuse_circle()
        derived = derive(self.name)
        self.search_text, self.sounds = derived["search_text"], derived["sounds"]
        super().save(*args, **with_derived(kwargs, *derived))
        self.events.exclude(country=self.country).update(country=self.country)


class PlaceAncestor(models.Model):
    """What lies within what, at any depth; each place lies within itself. Derived from `Place.parent`."""

    pk = models.CompositePrimaryKey("ancestor", "place")
    ancestor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="ancestry")

    objects = AncestorManager("place")

    def __str__(self) -> str:
        return f"{self.place_id} within {self.ancestor_id}"

    @depends_on("timeline.place")
    def natural_key(self) -> tuple[str, str]:
        return (self.ancestor.slug, self.place.slug)


@receiver(post_save, sender=Place, dispatch_uid="timeline.models.place")
def update_ancestors(instance: Place, created: bool, raw: bool, **kwargs) -> None:
    """Keep the line of a place just saved, as that of an actor is kept."""
    keep = PlaceAncestor.objects.create_for if created and not raw else PlaceAncestor.objects.update_for
    keep(instance)
