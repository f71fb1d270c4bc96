"""Rows that are inside the form of another row."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.forms.utils import ErrorDict

from timeline.admin.pickers.widget import name_selected_rows
from timeline.models.history_field import ChangeClass

from .record_form import refuse_more_than_letters


class RowForm(forms.ModelForm):
    """A row. The formset checks for duplicates, since a deleted row does not count there."""

    parent = ""  # the foreign key to the form's own row

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_selected_rows(self)
        for field in self.fields.values():  # in a table the label is the column's head, which is tied to no field
            getattr(field.widget, "widget", field.widget).attrs.setdefault("aria-label", field.label)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {self.parent}


class RowFormSet(BaseInlineFormSet):
    """The rows of one kind."""

    once: tuple[str, ...] = ()  # fields whose values together occur once; the message is shown at the last of them
    twice = "This line is listed twice. Delete one of the two."
    is_shown_only = False  # true: nothing will be saved, so nothing is checked, which would ask for each line

    def full_clean(self) -> None:
        if not self.is_shown_only:
            super().full_clean()
            return
        self._errors, self._non_form_errors = [], self.error_class(error_class="nonform", renderer=self.renderer)
        for form in self.forms:
            form.cleaned_data, form._errors = {}, ErrorDict()
            self._errors.append(form._errors)

    def clean(self) -> None:
        super().clean()
        if self.data.get("change_class") == ChangeClass.TYPO and not any(self.errors):
            for form in self.forms:
                if form.has_changed() and (not form.instance.pk or self._should_delete_form(form)):
                    raise ValidationError(
                        "Adding or deleting a line is not a typographical error. Choose another kind of change."
                    )
                refuse_more_than_letters(form)

    def remaining_forms(self) -> Iterator[forms.ModelForm]:
        """Return the forms whose rows will be there after saving."""
        for form in self.forms:
            is_row = form.instance.pk or form.has_changed()
            if is_row and hasattr(form, "cleaned_data") and not self._should_delete_form(form):
                yield form

    def validate_unique(self) -> None:
        seen = set()
        for form in self.remaining_forms():
            line = tuple(form.cleaned_data.get(name) for name in self.once)
            if line and None not in line and line in seen:
                form.add_error(self.once[-1], self.twice)
            seen.add(line)

    def save_order(self, form: forms.ModelForm) -> int:
        """Return 0 for rows to save first: a line that goes must not be in the way of its like."""
        return not self._should_delete_form(form)

    def save_existing_objects(self, commit: bool = True) -> list:
        """Save in an order that breaks no rule of the database on the way."""
        order = {id(form): self.save_order(form) for form in self.forms}
        page_order, self.forms = (
            self.forms,
            sorted(self.initial_forms, key=lambda form: order[id(form)]) + self.extra_forms,
        )
        self._forget_deleted()
        try:
            return super().save_existing_objects(commit)
        finally:
            self.forms = page_order
            self._forget_deleted()

    def _forget_deleted(self) -> None:
        self.__dict__.pop("_deleted_form_indexes", None)  # Django keeps their numbers in the page's order
