"""Form fields and widgets that the tables share: dates in words, quotes, texts with offers."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.html import format_html_join

from timeline import dates
from timeline.dates import reader
from timeline.dates.reader import Wanted
from timeline.models.validators import plain_text
from timeline.text import source_text

BASIS_HELP = "Only where the text tells: what the speaker saw or did, or has from somebody else. Else leave it empty."


def statement(edtf: str) -> str:
    """Return the date in words, its outer bounds where they say more, and what is stored."""
    date = dates.parse(edtf)
    sentences = [f"Understood as: {date.display}.", _bounds(date)]
    if date.qualifier:
        sentences.append("Marked as not sure, so never counted as certain.")
    sentences.append(f"Stored as {date.edtf}.")
    return " ".join(filter(None, sentences))


def _bounds(date: dates.EventDate) -> str:
    if date.start_earliest == date.end_latest:
        return "One known day." if date.is_exact_day else ""
    start = _day(date.start_earliest) if date.has_known_start else "not known"
    end = _day(date.end_latest) if date.end_latest != dt.date.max else "open"
    return f"Earliest start {start}, latest end {end}."


def _day(day: dt.date) -> str:
    return dates.parse(day.isoformat()).display


class DateWordsInput(forms.TextInput):
    """A date as people write it, with what is understood below: by the server at first, by a script while typing. Where words
    are refused, what they can mean is offered as buttons."""

    wanted: Wanted | None = None  # seen from which day; None: from today

    template_name = "admin/timeline/widgets/date_words.html"

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField", "autocomplete": "off"} | (attrs or {}))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        wanted = self.wanted or seen_from_today()
        understood = read_date(context["widget"]["value"] or "", wanted)
        return context | {
            "statement": understood.get("statement", ""),
            "readings": understood.get("readings", []),
            "day": "" if wanted == seen_from_today() else wanted.day,  # of a source
            "preview_url": reverse_lazy("admin:timeline_event_date"),
        }

    class Media:
        js = [forms.Script("timeline/admin/date_preview.js", type="module")]


class OfferingInput(forms.TextInput):
    """A text with a list of what it may be."""

    template_name = "admin/timeline/widgets/offering.html"

    def __init__(self, offers: dict[str, str], attrs=None):
        """`offers`: values and what they are in words."""
        super().__init__(attrs)
        # Written once: a page has hundreds of them.
        self.options = format_html_join("", '<option value="{}">{}</option>', offers.items())

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"offers-{name}"
        return context | {"options": self.options}


class QuoteInput(forms.Textarea):
    """Words of a source."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vLargeTextField source-words", "rows": 4, "dir": "auto"} | (attrs or {}))


def seen_from_today() -> Wanted:
    return Wanted(day=timezone.localdate())


def seen_from_source(day: dt.date | None) -> Wanted:
    """Return how to read a date typed for a briefing of that day."""
    return Wanted(day=day, source="this source") if day else seen_from_today()


def read_date(text: str, wanted: Wanted) -> dict:
    """Return what is understood: {"edtf", "statement"}, or {"error", "readings"}, each {"edtf", "label"}."""
    try:
        edtf = reader.read(text, wanted)
    except reader.DateNotRead as refused:
        return {"error": str(refused), "readings": [_offer(reading, wanted.source) for reading in refused.readings]}
    except ValueError as error:
        return {"error": str(error), "readings": []}
    return {"edtf": edtf, "statement": statement(edtf)}


def _offer(reading: reader.Reading, source: str) -> dict[str, str]:
    """Return the button of a reading: "4 May 2023, by this briefing"."""
    words = dates.parse(reading.edtf).display
    return {"edtf": reading.edtf, "label": f"{words}, by {source}" if reading.is_by_source else words}


LONGEST_DATE = 100  # characters


class DateWordsField(forms.CharField):
    """A date in EDTF or in plain words; cleaned to EDTF, so that "24 March 2022" is no change of 2022-03-24."""

    widget = DateWordsInput
    wanted: Wanted | None = None

    def __init__(self, **kwargs):
        kwargs.pop("max_length", None)
        super().__init__(max_length=LONGEST_DATE, **kwargs)

    def see_from(self, wanted: Wanted) -> None:
        """Have "4 May" and "yesterday" offered as they are seen from the day of a source."""
        self.wanted = self.widget.wanted = wanted

    def to_python(self, value):
        text = super().to_python(value)
        if not text or len(text) > LONGEST_DATE:  # too long: the length is what is wrong
            return text
        try:
            return reader.read(text, self.wanted or seen_from_today())
        except ValueError as error:
            raise ValidationError(str(error), code="date") from error


class DayWordsField(forms.DateField):
    """The day of a source in plain words."""

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, dt.date):
            return super().to_python(value)
        try:
            return reader.read_day(value.strip(), timezone.localdate())
        except ValueError as error:
            period = " Enter a month or year of publication under “Published in”." if reader.plain_date(value) else ""
            raise ValidationError(f"{error}{period}", code="invalid") from error


class PeriodWordsField(forms.CharField):
    """The month or year of a source in plain words, as EDTF. Longer words than their EDTF can be typed: "March 2022"."""

    def widget_attrs(self, widget):
        return {name: limit for name, limit in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value):
        words = super().to_python(value)
        return reader.plain_date(words) or words


class SourceTextField(forms.CharField):
    """The text of a source, cleaned to the form in which it is stored: the line ends a browser sends are no change."""

    widget = QuoteInput

    def __init__(self, **kwargs):
        super().__init__(**{"strip": False} | kwargs)

    def to_python(self, value):
        return source_text.normalise(super().to_python(value) or "")


class ReasonField(forms.CharField):
    """Why something is done: one line for the history, and for readers where it was public."""

    HELP = "Shown in the history with your name."

    def __init__(self, *, label: str = "Why this change", help_text: str = HELP, max_length: int = 300, **kwargs):
        widget = forms.TextInput({"class": "vTextField"})
        super().__init__(label=label, help_text=help_text, max_length=max_length, widget=widget, **kwargs)
        self.validators.append(plain_text)


class CommentField(forms.CharField):
    """Some lines for people: a comment in a discussion, or why an event is withdrawn."""

    def __init__(self, *, missing: str, max_length: int = 1000, **kwargs):
        """`missing`: what is said where the field is empty."""
        kwargs |= {"validators": [plain_text], "error_messages": {"required": missing}}
        super().__init__(
            max_length=max_length, widget=forms.Textarea({"class": "vLargeTextField", "rows": 3}), **kwargs
        )
