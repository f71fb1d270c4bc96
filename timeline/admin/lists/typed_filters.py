"""What lists can be narrowed by in a form above them: rows are picked by name, days are typed as in the public filter."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from timeline.admin.pickers.widget import Picker, Pickers
from timeline.dates.periods import Period
from timeline.filters.event_filter_form import EventFilterForm
from timeline.filters.filter_fields import OneOfField, PeriodField, not_too_many
from timeline.filters.parameter_choices import WHEN
from timeline.filters.period_words import with_days
from timeline.models import Actor, Briefing, Citation, Event, EventType, Participation, Place, PlaceAncestor

from .lookup_whitelist import ROW_ID, Check


class TypedFilter(admin.ListFilter):
    """Several parameters with one form. A value that is wrong is refused in words, and the list stays empty."""

    title = "fields above the list"
    template = "admin/timeline/_typed_filter.html"
    fields: ClassVar[dict[str, forms.Field]] = {}
    narrow: Callable[..., QuerySet]  # the rows, and the cleaned value of each field by name -> the rows that are wanted

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        typed = QueryDict(mutable=True)
        for name in self.fields.keys() & params.keys():
            typed.setlist(name, params.pop(name))
        self.form = _form_of(self.fields)(with_days(typed, timezone.localdate()) or typed, auto_id="filter-%s")

    @classmethod
    def offered_parameters(cls) -> list[tuple[str, Check]]:
        return [(name, lambda typed: True) for name in cls.fields]  # the form says what is wrong

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return list(self.fields)

    def choices(self, changelist) -> Iterator[dict]:
        """Yield the other parameters of the list, which the form sends along; the number of the page is not among them."""
        for name, values in changelist.filter_params.items():
            if name not in self.fields:
                yield from ({"name": name, "value": text} for text in values)

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return self.narrow(queryset, **self.form.cleaned_data) if self.form.is_valid() else queryset.none()


def _form_of(fields: dict[str, forms.Field]) -> type[EventFilterForm]:
    return type("ListForm", (EventFilterForm,), dict(fields))


class RowsField(forms.ModelMultipleChoiceField):
    """Any of the rows of another table by their primary keys, picked by name as in the forms of the desk. Cleaned to their keys."""

    def __init__(self, rows: QuerySet, table, column: str, label: str):
        """`table.column` refers to the rows: it says how they are searched."""
        message = "There is no such entry, or it became part of another. Choose again."
        super().__init__(
            rows,
            required=False,
            label=label,
            widget=Pickers(Picker(table._meta.get_field(column), admin.site), label),
            error_messages={"invalid_choice": message, "invalid_pk_value": message},
        )

    def clean(self, value) -> list[int]:
        not_too_many(value or [])
        if not all(map(ROW_ID.fullmatch, value or [])):
            raise ValidationError(self.error_messages["invalid_choice"])
        return [row.pk for row in super().clean(value)]


def _period_field(label: str) -> PeriodField:
    return PeriodField(required=False, label=label, widget=forms.TextInput({"size": 14, "placeholder": "2022-03"}))


def _period_fields() -> dict[str, forms.Field]:
    return {"from": _period_field("From"), "to": _period_field("To")}


def _ends(period: dict[str, Period | None]) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of "from" and "to"; None: no such limit."""
    first, last = period["from"], period["to"]
    return first and first.first, last and last.last


class EventFields(TypedFilter):
    fields: ClassVar = {
        "actor": RowsField(Actor.objects.not_merged(), Participation, "actor", "Actor"),
        "type": RowsField(EventType.objects.all(), Event, "event_type", "Type"),
        "place": RowsField(Place.objects.not_merged(), Event, "place", "Place"),
        "briefing": RowsField(Briefing.objects.not_merged().defer("text"), Citation, "briefing", "Source"),
        **_period_fields(),
        "when": OneOfField(required=False, label="When", choices=[("", WHEN[0][1]), *WHEN[1:]]),
        "reported": _period_field("First reported in"),
        "author": forms.ModelChoiceField(
            get_user_model().objects.order_by("username"),
            required=False,
            label="Author",
            empty_label="Anyone",
            error_messages={"invalid_choice": "There is no such account. Choose one from the list."},
        ),
    }

    def narrow(self, queryset, *, actor, type, place, briefing, when, reported, author, **period) -> QuerySet:
        if actor:
            queryset = queryset.with_participant(Actor.objects.within(actor))
        if type:
            queryset = queryset.of_types(type)
        if place:
            queryset = queryset.at_places(PlaceAncestor.objects.within(place))
        if briefing:
            queryset = queryset.cited_by(Citation.objects.of_briefings(briefing))
        if reported:
            queryset = queryset.first_reported(reported.first, reported.last)
        if author:
            queryset = queryset.entered_by(author)
        return queryset.in_period(*_ends(period), certainly=when == "certain")


class SourceFields(TypedFilter):
    fields: ClassVar = {
        "publisher": RowsField(Actor.objects.not_merged(), Briefing, "publisher", "Publisher"),
        **_period_fields(),
    }

    def narrow(self, queryset, *, publisher, **period) -> QuerySet:
        if publisher:
            queryset = queryset.published_by(*publisher)
        return queryset.published_in(*_ends(period))


class CitationFields(TypedFilter):
    fields: ClassVar = {
        "briefing": RowsField(Briefing.objects.not_merged().defer("text"), Citation, "briefing", "Source"),
        "speaker": RowsField(Actor.objects.not_merged(), Citation, "speaker", "Speaker"),
    }

    def narrow(self, queryset, *, briefing, speaker) -> QuerySet:
        if briefing:
            queryset = queryset.of_briefings(briefing)
        return queryset.spoken_by(speaker) if speaker else queryset
