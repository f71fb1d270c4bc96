from django import forms
from django.core.exceptions import ValidationError

from timeline.dates.natural_language import to_edtf
from timeline.text import source_text

from .widgets import DateWordsInput, QuoteInput

LONGEST_DATE = 100  # characters


class DateWordsField(forms.CharField):
    """A date in EDTF or in plain words; cleaned to EDTF, so that "24 March 2022" is no change of 2022-03-24."""

    widget = DateWordsInput

    def __init__(self, **kwargs):
        kwargs.pop("max_length", None)
        super().__init__(max_length=LONGEST_DATE, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text or len(text) > LONGEST_DATE:  # too long: the length is what is wrong
            return text
        try:
            return to_edtf(text)
        except ValueError as error:
            raise ValidationError(str(error), code="date") from error


class SourceTextField(forms.CharField):
    """The text of a source, cleaned to the form in which it is stored: the line ends a browser sends are no change."""

    widget = QuoteInput

    def __init__(self, **kwargs):
        super().__init__(**{"strip": False} | kwargs)

    def to_python(self, value):
        return source_text.normalise(super().to_python(value) or "")
