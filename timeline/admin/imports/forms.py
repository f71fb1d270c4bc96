from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from timeline.imports.events.formats import FORMATS
from timeline.imports.package import package_job as package
from timeline.imports.worker.upload_jobs import LARGEST
from timeline.models import DataSet


class UploadForm(forms.Form):
    """Which file, in which format, of which data set."""

    file = forms.FileField(label="File", help_text=f"At most {LARGEST >> 20} MB. Tables and JSON in UTF-8.")
    format = forms.ChoiceField(
        label="Format", choices=[(module.name, module.label) for module in (*FORMATS.values(), package)]
    )
    data_set = forms.ModelChoiceField(
        DataSet.objects.order_by("name"),
        label="Data set",
        required=False,
        empty_label="The one the format belongs to",
        help_text="Our CSV and TimelineJS do not tell: choose one, or add it under Data sets first.",
    )
    publish = forms.BooleanField(
        label="Publish at once", required=False, help_text="Events that have a date and an address of their source."
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not (user.has_perm("timeline.publish_event") and settings.SELF_REVIEW):
            del self.fields["publish"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                f"The file has {file.size / (1 << 20):,.0f} MB; at most {LARGEST >> 20} are accepted here. A larger one comes in by manage.py import_events."
            )
        return file

    def clean(self):
        cleaned = super().clean()
        format = FORMATS.get(cleaned.get("format", ""))
        if format and not cleaned.get("data_set") and not hasattr(format, "terms"):
            self.add_error("data_set", "Choose the data set: this format does not tell.")
        if cleaned.get("format") == package.name and cleaned.get("data_set"):
            self.add_error("data_set", "A package names the data sets of its events itself: leave this empty.")
        return cleaned


class NameOffer(NamedTuple):
    field: str  # of the form
    key: str  # under which the decision is stored, see imports.events.options
    name: str
    kind: str  # of an actor; precision of a place
    near: list[tuple[str, str]]  # slug, name


def offer_names(check: dict, what: str) -> list[NameOffer]:
    """Return the new names of "actors" or "places", those with something near first."""
    listed = [_offer(what, number, entry) for number, entry in enumerate(check.get(what, ()))]
    return sorted(listed, key=lambda offer: not offer.near)


def _offer(what: str, number: int, entry: dict) -> NameOffer:
    name, kind = entry["name"], entry["kind"]
    key = name if what == "actors" else f"{name}, {kind}"  # places of one name may stand for several areas
    return NameOffer(f"{what}-{number}", key, name, kind.replace("_", " "), [tuple(near) for near in entry["near"]])
