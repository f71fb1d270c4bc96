from decimal import Decimal
from functools import cache
from math import isfinite

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django_countries import countries

from timeline.querysets import PlaceQuerySet

from .history_field import History
from .validators import choice_constraint, country_code, length_constraint, one_line, plain_text

_country_name = cache(countries.name)  # the site speaks one language


class PlacePrecision(models.TextChoices):
    """Source: UCDP GED `where_prec` 1 to 7, in words; `area` and `region`: ACLED `geo_precision` 2 and 3."""

    EXACT = "exact", "exact place"
    NEAR = "near", "within about 25 km of the point"
    DISTRICT = "district", "somewhere in the district"
    PROVINCE = "province", "somewhere in the province"
    FEATURE = "feature", "along a line or in a loosely bounded area"
    COUNTRY = "country", "somewhere in the country"
    WATERS = "waters", "international waters or airspace"
    AREA = "area", "in a part of the region; the point is a town of it"
    REGION = "region", "somewhere in a larger region; the point is a town of it"


class Place(models.Model):
    """A named location, and how precisely it is known."""

    slug = models.SlugField(max_length=80, unique=True, help_text="Stands in addresses; do not change it once public.")
    name = models.CharField(max_length=300, validators=[one_line])
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[country_code],
        help_text="ISO 3166-1, two capitals, like AM. Empty: no one country, or it is disputed which.",
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
    precision = models.CharField(
        max_length=8, choices=PlacePrecision, default=PlacePrecision.EXACT, help_text="What the point stands for."
    )
    description = models.TextField(blank=True, max_length=1000, validators=[plain_text])

    history = History()
    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            length_constraint("name", 300),
            choice_constraint("precision", PlacePrecision),
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
        return _country_name(self.country)

    def clean(self) -> None:
        for name, limit in (("latitude", 90), ("longitude", 180)):
            value = getattr(self, name)
            # What is no number at all has its message already.
            if isinstance(value, int | float | Decimal) and isfinite(value) and not -limit <= value <= limit:
                raise ValidationError({name: f"{value} is outside -{limit} to {limit} degrees."})

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save, and carry a changed country over to the place's events."""
        super().save(*args, **kwargs)
        self.events.exclude(country=self.country).update(country=self.country)
