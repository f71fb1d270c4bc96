"""The widget of a picker: a list of the selected row alone, which a script makes a field to search in."""

import copy

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.html import format_html_join

from timeline.admin.lists.lookup_whitelist import ROW_ID


class Picker(AutocompleteSelect):
    """Shows the selected row as loaded with the form; the stock widget queries for each."""

    selected_row = None  # a model instance
    add_address = ""  # where what is not there can be added; empty: not by this person, or not from a picker

    media = forms.Media(js=[forms.Script("timeline/admin/pickers/picker.js", type="module")])

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = forms.Select.build_attrs(self, base_attrs, extra_attrs)
        options = self.field.model._meta
        field_query = f"app_label={options.app_label}&model_name={options.model_name}&field_name={self.field.name}"
        return attrs | {
            "data-picker": f"{self.get_url()}?{field_query}",
            "data-of": self.field.related_model._meta.verbose_name,
            **({"data-add": self.add_address} if self.add_address else {}),
        }

    def optgroups(self, name, value, attrs=None):
        selected = [pk for pk in map(str, value) if ROW_ID.fullmatch(pk)]  # a database cannot be asked for other ids
        options = [self.create_option(name, "", "", False, 0)]
        if not selected:
            return [(None, options, 0)]  # without the query for no rows, which takes long to write
        if self.selected_row is None or selected != [str(self.selected_row.pk)]:
            return super().optgroups(name, selected, attrs)
        options.append(self.create_option(name, self.selected_row.pk, str(self.selected_row), True, len(options)))
        return [(None, options, 0)]


class Pickers(forms.Widget):
    """Any number of rows: one picker for each that is selected, and an empty one for another."""

    def __init__(self, picker: Picker, label: str):
        super().__init__()
        self.picker, self.label = picker, label

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.picker = copy.deepcopy(self.picker, memo)
        return copied

    @property
    def media(self) -> forms.Media:
        return self.picker.media

    @property
    def choices(self):
        return self.picker.choices

    @choices.setter
    def choices(self, choices) -> None:
        self.picker.choices = choices

    def value_from_datadict(self, data, files, name) -> list[str]:
        return [key for key in data.getlist(name) if key]

    def render(self, name, value, attrs=None, renderer=None):
        """Return the pickers, each under the same name. One query for each row that is selected."""
        first = (attrs or {}).get("id", name)
        lists = [
            self.picker.render(
                name, [key], {"id": first if not number else f"{first}-{number}", "aria-label": self.label}
            )
            for number, key in enumerate([*(value or []), ""])
        ]
        return format_html_join("", "{}", ((html,) for html in lists))


def name_selected_rows(form: forms.ModelForm) -> None:
    """Give the pickers of the form the rows that were loaded with its instance."""
    for field in form.fields.values():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, Picker) and widget.field.is_cached(form.instance):
            widget.selected_row = widget.field.get_cached_value(form.instance)
