from django_countries import countries

from .record_form import RecordForm
from .widgets import OfferingInput


class CountryForm(RecordForm):
    """A form with a country, which is typed as a code and found by its name."""

    class Meta:
        widgets = {"country": OfferingInput(dict(countries))}
