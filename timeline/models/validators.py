"""Rules that several tables share, each as a constraint the database holds and a validator that explains it."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django_countries import countries

from timeline.dates import EventDate
from timeline.text import source_text, unseen
from timeline.text.source_address import LONGEST

from .clean_texts import CleanConstraint, IsClean

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
ID_LENGTH = 10  # 50 bits: the number of rows cannot be read off an address


def new_public_id() -> str:
    """Return a random public id; it says nothing about the row's number or age."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def plain_text(value: str) -> None:
    """Refuse controls, marks of direction and characters without width: unseen, they change what is read. Lines may end."""
    _refuse(unseen.find_unseen(value, lines=True))


def one_line(value: str) -> None:
    """Refuse what `plain_text` refuses, tabs and line ends too."""
    _refuse(unseen.find_unseen(value))


def words_of_source(value: str) -> None:
    """Refuse controls and overrides of direction alone: other characters that are not seen occur in sources, and are kept."""
    _refuse(source_text.find_control(value, lines=True))


def _refuse(unseen_character: tuple[int, str] | None) -> None:
    if unseen_character:
        position, name = unseen_character
        raise ValidationError(
            f"Character {position + 1} is {name}, which cannot be seen. Delete it and type the text again.",
            code="control",
        )


def http_url(value: str) -> None:
    """Refuse addresses that are not plain http or https ones, or that carry a user name or control characters."""
    one_line(value)
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        host = None
    plain = value.startswith(("http://", "https://")) and value.split() == [value]
    if not host or not plain or parts.username is not None:
        raise ValidationError(
            f"“{value}” is not a web address. Write it in full, like https://www.state.gov/briefings/.",
            code="url",
        )


def http_urls(value: str) -> None:
    """Refuse lines that `http_url` refuses, and addresses that are too long to be stored alone."""
    for line in value.splitlines():
        http_url(line)
        if len(line) > LONGEST:
            raise ValidationError(
                f"“{line[:60]}…” has {len(line):,} characters; at most {LONGEST} are stored.", code="url"
            )


def with_derived(arguments: dict, *derived: str) -> dict:
    """Return the arguments of `save()` with the columns that follow from others.

    `update_or_create` and `save(update_fields=...)` name only their own, and would leave these as they were.
    """
    if not (named := arguments.get("update_fields")):
        return arguments
    return arguments | {"update_fields": {*named, *derived}}


def set_columns(row: models.Model, columns: Mapping[str, object]) -> None:
    """Set columns of a row by name; nothing is saved."""
    for name, value in columns.items():
        setattr(row, name, value)


def country_code(value: str) -> None:
    if value not in dict(countries):
        raise ValidationError(
            f"“{value}” is not a country code. Use two capital letters of ISO 3166-1, like AM or AZ.",
            code="country",
        )


def choice_constraint(field: str, choices: type[models.TextChoices], blank: bool = False) -> models.CheckConstraint:
    """Return the constraint that a field holds one of its choices, or nothing where it may be blank."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_known",
        condition=Q(**{f"{field}__in": [*choices.values, *([""] if blank else [])]}),
        violation_error_message=f"{field}: choose one of {', '.join(choices.values)}.",
    )


def http_constraint(field: str) -> models.CheckConstraint:
    """Return the constraint that an address is empty or an http(s) one."""
    condition = Q(**{field: ""})
    for scheme in ("http://", "https://"):
        condition |= Q(**{f"{field}__startswith": scheme})
    return models.CheckConstraint(
        name=f"%(class)s_{field}_http",
        condition=condition,
        violation_error_message=f"{field}: write an address that starts with http:// or https://.",
    )


def length_constraint(field: str, longest: int) -> models.CheckConstraint:
    """Return the constraint that a text is neither empty nor longer than `longest` characters."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_filled",
        condition=Q(**{f"{field}__length__gte": 1, f"{field}__length__lte": longest}),
        violation_error_message=f"{field}: write 1 to {longest} characters.",
    )


def clean_constraint(*fields: str, lines: tuple[str, ...] = ()) -> CleanConstraint:
    """Return the constraint that these texts of one line, and those of `lines`, are as `one_line` and `plain_text` have them."""
    tests = [*(IsClean(field) for field in fields), *(IsClean(field, lines=True) for field in lines)]
    return CleanConstraint(name="%(class)s_texts_clean", condition=Q(*tests))


def not_self_constraint(field: str) -> models.CheckConstraint:
    """Return the constraint that a row does not point at itself."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_not_itself",
        condition=~Q(**{field: models.F("pk")}) | Q(**{f"{field}__isnull": True}),
        violation_error_message=f"{field}: choose another one; nothing belongs to itself.",
    )


def follow_merged(row: models.Model, *names: str) -> None:
    """Where a foreign key names what became part of another row, name that one: nothing names what was merged.

    To be called with the write lock taken (see timeline.database.transactions). One query for each name that is filled.
    """
    for name in names:
        field = cast(models.ForeignKey, row._meta.get_field(name))
        key = getattr(row, field.attname)
        into = key and field.related_model._base_manager.filter(pk=key).values_list("merged_into", flat=True).first()
        if into:
            setattr(row, field.attname, into)


# What is said of an event's date and clock time beside the date itself.


class Qualifier(models.TextChoices):
    """How sure the source is of the date as a whole. Source: EDTF level 1."""

    UNCERTAIN = "?", "uncertain"
    APPROXIMATE = "~", "approximate"
    BOTH = "%", "approximate and uncertain"


def time_zone_name(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Use an IANA name, like Asia/Yerevan or Europe/Moscow.")


EVENT_CONSTRAINTS = (
    models.CheckConstraint(name="event_qualifier_known", condition=Q(date_qualifier__in=["", *Qualifier.values])),
    models.CheckConstraint(name="event_start_ordered", condition=Q(start_earliest__lte=F("start_latest"))),
    models.CheckConstraint(name="event_end_ordered", condition=Q(end_earliest__lte=F("end_latest"))),
    models.CheckConstraint(name="event_ends_after_start", condition=Q(start_earliest__lte=F("end_latest"))),
    clean_constraint("title", "date_as_stated", "date_note", "value_note", "withdrawal_reason", lines=("summary",)),
    models.CheckConstraint(
        name="event_clock_complete",
        condition=Q(time_of_day__isnull=True, time_zone="") | (Q(time_of_day__isnull=False) & ~Q(time_zone="")),
        violation_error_message="A clock time needs its time zone, and a time zone its clock time.",
    ),
    models.CheckConstraint(
        name="event_clock_on_known_day",
        condition=Q(time_of_day__isnull=True) | Q(start_earliest=models.F("start_latest")),
        violation_error_message="A clock time needs a day that is known.",
    ),
)


def refuse_loose_clock(clock: dt.time | None, zone: str, date: EventDate | None) -> None:
    """Refuse a clock time without its zone, a zone without a clock time, and a clock time on a day that is not known."""
    if clock is not None and not (date and date.is_exact_day):
        stated = date.display if date else "date not entered"
        raise ValidationError({"time_of_day": f"A clock time needs a day that is known. The date: {stated}."})
    if (clock is None) != (zone == ""):
        raise ValidationError({"time_zone": "A clock time needs its time zone, and a time zone its clock time."})
