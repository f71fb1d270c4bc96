from django.conf import settings
from django.db import models
from django.db.models import Q

from timeline.querysets import DataSetQuerySet

from .history_field import History
from .validators import clean_constraint, http_constraint, http_url, length_constraint, one_line


class DataSet(models.Model):
    """Where events came from that were not entered here, and on what terms they may go on."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the web address; do not change it after publication."
    )
    name = models.CharField(max_length=300, validators=[one_line], help_text="“UCDP GED 23.1”")
    publisher = models.CharField(max_length=300, blank=True, validators=[one_line])
    url = models.CharField("address", max_length=500, blank=True, validators=[http_url])
    licence = models.CharField(max_length=100, validators=[one_line], help_text="“CC BY 4.0”, or “terms of ACLED”.")
    licence_url = models.CharField("address of the licence", max_length=500, blank=True, validators=[http_url])
    attribution = models.CharField(
        max_length=500, validators=[one_line], help_text="How its publisher asks to be cited, word for word."
    )
    redistributable = models.BooleanField(
        default=True, help_text="Off: its events are shown and counted, and left out of exports, feeds and the API."
    )
    leads_only = models.BooleanField(
        "leads only",
        default=False,
        help_text="On: its rows are leads, made by software. Such an event is published only on a citation of a document.",
    )
    desk_only = models.BooleanField(
        "for the desk only",
        default=False,
        help_text="On: its events are not published, unless the setting SHOWN_DATA_SETS names it: its terms let this site show them.",
    )

    history = History()
    objects = DataSetQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            length_constraint("name", 300),
            clean_constraint("name", "publisher", "licence", "attribution"),
            length_constraint("licence", 100),
            length_constraint("attribution", 500),
            http_constraint("url"),
            http_constraint("licence_url"),
            models.CheckConstraint(
                name="dataset_desk_only_stays",
                condition=Q(desk_only=False) | Q(redistributable=False),
                violation_error_message="What is for the desk only may not be passed on: switch “redistributable” off.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def why_hidden(self) -> str:
        """Return in a sentence why its events stay on the desk; empty: they may be published."""
        if not self.desk_only or self.slug in settings.SHOWN_DATA_SETS:
            return ""
        return (
            f"Events of {self} are for the desk only. Where its terms let this site show them, its owner sets "
            f"SHOWN_DATA_SETS={self.slug}."
        )

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
