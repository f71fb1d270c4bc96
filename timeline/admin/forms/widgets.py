from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.urls import reverse_lazy

from timeline.admin.lists.lookup_whitelist import ROW_ID
from timeline.dates.natural_language import to_edtf

from .date_statement import statement


class LoadedAutocomplete(AutocompleteSelect):
    """An autocomplete that shows the chosen row as loaded with the form, where the stock one asks for each anew."""

    selected_row = None  # the chosen row

    def optgroups(self, name, value, attrs=None):
        selected = [pk for pk in map(str, value) if ROW_ID.fullmatch(pk)]  # a database cannot be asked for other ids
        if self.selected_row is None or selected != [str(self.selected_row.pk)]:
            return super().optgroups(name, selected, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, self.selected_row.pk, str(self.selected_row), True, len(options)))
        return [(None, options, 0)]


def name_selected_rows(form: forms.ModelForm) -> None:
    """Tell the form's autocompletes the rows that were loaded with the form's own."""
    for field in form.fields.values():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, LoadedAutocomplete) and widget.field.is_cached(form.instance):
            widget.selected_row = widget.field.get_cached_value(form.instance)


class DateWordsInput(forms.TextInput):
    """A date as people write it, with what is understood below: by the server at first, by a script while typing."""

    template_name = "admin/timeline/widgets/date_words.html"

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField", "autocomplete": "off"} | (attrs or {}))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        understood = _understood(context["widget"]["value"])
        return context | {"statement": understood, "preview_url": reverse_lazy("admin:timeline_event_date")}

    class Media:
        js = [forms.Script("timeline/admin/date_preview.js", type="module")]


class OfferingInput(forms.TextInput):
    """A text with a list of what it may be."""

    template_name = "admin/timeline/widgets/offering.html"

    def __init__(self, offers: dict[str, str], attrs=None):
        super().__init__(attrs)
        self.offers = offers  # value -> words

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"offers-{name}"
        return context | {"offers": self.offers.items()}


class QuoteInput(forms.Textarea):
    """Words of a source."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vLargeTextField source-words", "rows": 4, "dir": "auto"} | (attrs or {}))


def _understood(text: str | None) -> str:
    try:
        return statement(to_edtf(text)) if text else ""
    except ValueError:
        return ""  # the field's own error says why
