"""The form of a place: both coordinates from one text, and read back beside the places near by."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy

from timeline.models import Place
from timeline.models.external_id import GAZETTEERS
from timeline.text.coordinates import EXAMPLES, Point, read_point

from .fields import DateWordsInput
from .record_form import CountryForm
from .row_formset import RowForm, RowFormSet

NEAR = 100.0  # km within which known places are named
MOST_NEAR = 3
LONGEST = 100  # characters


def read_back(point: Point, *, but: int | None = None) -> str:
    """Return "15.55 N, 32.53 E: Khartoum is 4 km away.", of at most MOST_NEAR places; `but`: a place (primary key) that is not
    named. One query."""
    near = Place.objects.not_merged().exclude(pk=but).near(point, NEAR)[:MOST_NEAR]
    if not near:
        return f"{point}: no place on record is within {NEAR:.0f} km."
    named = [f"{place} {'is ' * (number == 0)}{km:,.0f} km" for number, (km, place) in enumerate(near)]
    return f"{point}: {' away, '.join(named)} away."


def preview(text: str) -> dict[str, str]:
    """Return what is understood of a text: {"statement"}, or {"error"}. One query."""
    try:
        return {"statement": read_back(read_point(text[:LONGEST]))}
    except ValueError as error:
        return {"error": str(error)}


class PointInput(DateWordsInput):
    """A pair of coordinates, with what is understood below: by the server at first, by a script while typing."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.statement = ""  # of the point that is stored

    def get_context(self, name, value, attrs):
        context = forms.TextInput.get_context(self, name, value, attrs)
        text = context["widget"]["value"] or ""
        understood = preview(text) if text else {"statement": self.statement}
        address = reverse_lazy("admin:timeline_place_coordinates")
        return context | {"statement": understood.get("statement", ""), "preview_url": address}


class PointField(forms.CharField):
    """Both coordinates in one text; cleaned to a Point, None where empty."""

    widget = PointInput

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return read_point(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error), code="coordinates") from error


POINT = {"latitude", "longitude"}


class PlaceForm(CountryForm):
    coordinates = PointField(
        required=False,
        max_length=LONGEST,
        label="Both coordinates",
        help_text=f"Fills the two fields below. As a source or a map has them: {EXAMPLES}.",
    )

    def __init__(self, data: QueryDict | None = None, *args, **kwargs):
        super().__init__(_with_both_filled(data), *args, **kwargs)
        for name in POINT & self.fields.keys():  # a number field of a browser takes "1,5" for 15
            self.fields[name].widget = forms.TextInput({"inputmode": "decimal", "size": 14})
        if "coordinates" in self.fields and (point := self.instance.point):
            self.fields["coordinates"].widget.statement = read_back(Point(*point), but=self.instance.pk)


def _with_both_filled(data: QueryDict | None) -> QueryDict | None:
    """Return what was sent with the pair in its two fields, so that it is compared with what others saved as typed there."""
    try:
        point = read_point((data or {}).get("coordinates", "")[:LONGEST])
    except ValueError:  # empty, or refused by the field
        return data and _with_points(data)
    filled = data.copy()
    for name, degrees in zip(("latitude", "longitude"), point, strict=True):
        filled[name] = f"{degrees:f}"
    filled["coordinates"] = ""
    return filled


def _with_points(data: QueryDict) -> QueryDict:
    """Return what was sent with a point for the comma of a decimal number."""
    filled = data.copy()
    for name in POINT & filled.keys():
        filled[name] = filled[name].replace(",", ".")
    return filled


class ExternalIdForm(RowForm):
    parent = "place"
    scheme = forms.ChoiceField(label="Gazetteer")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {scheme: gazetteer.label for scheme, gazetteer in GAZETTEERS.items()}
        if self.instance.scheme:
            known.setdefault(self.instance.scheme, self.instance.scheme)  # by which an import finds the place
        self.fields["scheme"].choices = [("", "Choose …"), *known.items()]


class ExternalIdFormSet(RowFormSet):
    once = ("scheme", "value")
    twice = "This id is listed twice. Delete one of the two."
