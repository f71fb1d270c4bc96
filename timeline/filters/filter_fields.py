"""Form fields of the filter. Each refuses what it does not know and says what would be right."""

import difflib
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django_countries import countries

from timeline.dates import periods
from timeline.text import search_query

from .period_words import period_of

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}", re.ASCII)
MOST_VALUES = 50
MOST_COUNTED = 1000
BOX_PATTERN = ",".join([r"\s*(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)\s*"] * 4)
BOX = re.compile(BOX_PATTERN, re.ASCII)
RIGHT_BOX = "Write west, south, east and north in degrees, south before north: 44,38.5,50,42."


def quote_input(value: str) -> str:
    """Return a wrong value fit to print in a message: short, and without characters that cannot be seen."""
    printable = "".join(char if char.isprintable() else "�" for char in value)
    return f"“{printable[:60]}{'…' if len(printable) > 60 else ''}”"


class TermsField(forms.CharField):
    """Words to search for; cleaned to groups of terms (see search_query.parse)."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ()
        try:
            return search_query.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="terms") from error


class PeriodField(forms.CharField):
    """A year, a month or a day; cleaned to a Period, None where empty. Words lead to the address with their days before
    they come here (tracker.period_redirect); those that come say too little."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return periods.parse(text)
        except ValueError as error:
            raise ValidationError(_why_no_period(text) or str(error), code="period") from error


def _why_no_period(text: str) -> str:
    """Return what the reader of dates says of words; "" for figures, and for words that it reads."""
    if not any(character.isalpha() for character in text):
        return ""
    try:
        period_of(text, timezone.localdate())
    except ValueError as error:
        return str(error)
    return ""


class CountField(forms.Field):
    """A whole number from 1 to `most`; cleaned to int, None where empty."""

    most = MOST_COUNTED

    def to_python(self, value):
        text = (value or "").strip()
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,7}", text, re.ASCII) and 1 <= int(text) <= self.most:
            return int(text)
        raise ValidationError(f"{quote_input(text)} is not a count. Write a whole number from 1 to {self.most}.")


class DeathsField(CountField):
    most = 1_000_000


class Box(NamedTuple):
    """A part of the globe, in degrees, WGS 84. It crosses the meridian of 180° where `west` exceeds `east`."""

    west: Decimal
    south: Decimal
    east: Decimal
    north: Decimal

    @property
    def text(self) -> str:
        """Return the box as an address has it."""
        return ",".join(f"{degrees.normalize():f}" for degrees in self)

    @property
    def in_words(self) -> str:
        west, south, east, north = (f"{degrees.normalize():f}" for degrees in self)
        return f"{west}° to {east}° east and {south}° to {north}° north"


class BoxField(forms.CharField):
    """Four numbers: west, south, east, north. Cleaned to a Box, None where empty. Source of the order: RFC 7946."""

    def __init__(self, **kwargs):
        super().__init__(max_length=100, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        if match := BOX.fullmatch(text):
            box = Box(*map(Decimal, match.groups()))
            if max(abs(box.west), abs(box.east)) <= 180 and -90 <= box.south < box.north <= 90:
                return box
        raise ValidationError(f"{quote_input(text)} is not an area. {RIGHT_BOX}", code="box")


class OneOfField(forms.ChoiceField):
    """One value of a short list."""

    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(
                f"{quote_input(value)} is not known here. {_list_choices(self.choices)}", code="unknown"
            )


class AnyOfField(forms.MultipleChoiceField):
    """Any of the values of a short list; cleaned to a list without repetitions, in the order given."""

    def to_python(self, value):
        not_too_many(value or [])
        return list(dict.fromkeys(str(code) for code in value or [] if code != ""))

    def validate(self, value):
        if unknown := [code for code in value if not self.valid_value(code)]:
            raise ValidationError(
                f"{', '.join(map(quote_input, unknown))}: not known here. {_list_choices(self.choices)}"
            )


class CountriesField(AnyOfField):
    """Any of the countries, by ISO 3166-1 code."""

    def to_python(self, value):
        return list(dict.fromkeys(code.upper() for code in super().to_python(value)))

    def validate(self, value):
        if unknown := [code for code in value if code not in countries.countries]:
            message = f"{', '.join(map(quote_input, unknown))}: no such country code. Use ISO 3166-1, like AM or AZ."
            raise ValidationError(message, code="unknown")


class SlugChoiceField(forms.ModelMultipleChoiceField):
    """Any of the rows that the public may know, by slug. Cleaned to a queryset, already fetched: one query; none where no
    value is given."""

    queryset: QuerySet

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, to_field_name="slug", **kwargs)

    def clean(self, value):
        not_too_many(value or [])
        value = [slug for slug in value or [] if slug != ""]
        return super().clean(value) if value or self.required else self.no_rows()

    def no_rows(self):
        """Return an empty queryset that is already evaluated."""
        return _no_rows(self.queryset.model)  # type: ignore[arg-type]  # mypy holds no class for hashable

    def _check_values(self, value):
        slugs = list(dict.fromkeys(value))
        rows = self.queryset.filter(slug__in=[slug for slug in slugs if SLUG.fullmatch(slug)])
        known = {row.slug for row in rows}
        if unknown := [slug for slug in slugs if slug not in known]:
            if went := self._went_to(unknown):
                return self._check_values([went.get(slug, slug) for slug in slugs])
            raise ValidationError(" ".join(self._unknown(slug) for slug in unknown), code="unknown")
        return rows

    def _went_to(self, unknown: list[str]) -> dict[str, str]:
        """Return the slugs of the rows that others became part of: an old address finds what the new one does."""
        if not hasattr(self.queryset, "successors"):
            return {}
        return self.queryset.successors([slug for slug in unknown if SLUG.fullmatch(slug)])

    def _unknown(self, slug: str) -> str:
        message = f"{quote_input(slug)} is not known here."
        near = difflib.get_close_matches(slug[:120], self.queryset.values_list("slug", flat=True)[:2000], n=3)
        return f"{message} Did you mean {' or '.join(near)}?" if near else message


@cache
def _no_rows(model):
    rows = model.objects.none()
    len(rows)  # evaluated once: a page tests a dozen of these for emptiness many times
    return rows


def _list_choices(choices) -> str:
    return f"Choose from: {', '.join(str(value) for value, _ in choices if value != '')}."


def not_too_many(values: list) -> None:
    if len(values) > MOST_VALUES:
        raise ValidationError(f"{len(values)} values are too many; at most {MOST_VALUES} can be given at once.")
