import difflib
import re

from django import forms
from django.core.exceptions import ValidationError

from .filter_fields import AnyOfField, quote_input

TRACKING = re.compile(r"utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid", re.ASCII)  # added by others; they mean nothing here


class EventFilterForm(forms.Form):
    """Refuse names that no filter knows: a misspelt one must not mean "all events"."""

    also: frozenset[str] = frozenset()  # names that the calling view reads itself
    required_css_class = "required"

    def clean(self) -> dict:
        for name in self.data:
            if name in self.fields:
                self._refuse_repeated(name)
            elif name not in self.also and not TRACKING.fullmatch(name):
                self.errors.setdefault(name[:60], self.error_class()).append(self._unknown(name))
        self._check_period("from", "to")
        self._check_period("reported_from", "reported_to")
        return self.cleaned_data

    def _refuse_repeated(self, name: str) -> None:
        many = isinstance(self.fields[name], AnyOfField | forms.ModelMultipleChoiceField)
        if not many and len(self._values(name)) > 1:
            self.add_error(name, ValidationError(f"“{name}” is given more than once. Keep one.", code="repeated"))

    def _values(self, name: str) -> list[str]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data[name]]

    def _unknown(self, name: str) -> str:
        message = f"There is no filter {quote_input(name)}."
        near = difflib.get_close_matches(name[:60], [*self.fields, *sorted(self.also)], n=1, cutoff=0.7)
        return f"{message} Did you mean “{near[0]}”?" if near else f"{message} Remove it from the address."

    def _check_period(self, begin: str, end: str) -> None:
        first, last = self.cleaned_data.get(begin), self.cleaned_data.get(end)
        if first and last and first.first > last.last:
            self.add_error(end, f"The period ends ({last.text}) before it begins ({first.text}). Swap the two.")
