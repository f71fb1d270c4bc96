"""The rules of entered rows, for rows of a file: the validators and lengths of the models, asked once for each value.

The constraints of the database stand behind them.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.db.models import Field

from timeline import dates
from timeline.models import Actor, Briefing, Citation, Conflict, Event, ImportedEvent, Participation, Place

from .event_record import EventRecord, NamedActor, NamedPlace, Source

BrokenRule = tuple[str, str, str]  # part of the event, value, what would be right

EVENT = ("title", "summary", "date_as_stated", "date_note", "time_zone")
DAYS = {"published_on"}


def broken_rules(record: EventRecord) -> Iterator[BrokenRule]:
    """Yield what an editor could not have entered either."""
    yield from _broken_fields("external_id", ImportedEvent, external_id=record.external_id)
    values = {name: getattr(record, name) for name in EVENT}
    for name, value in values.items():
        yield from _broken_fields(name, Event, **{name: value})
    yield from _date(record)
    yield from _clock(record)
    if record.conflict:
        yield from _broken_fields("conflict", Conflict, name=record.conflict)
    if record.place:
        yield from _for_part("place", _place(record.place))
    for part in record.actors:
        yield from _for_part("actors", _actor(part.actor))
        yield from _broken_fields("actors", Participation, role=part.role, office=part.office)
    for source in record.sources:
        yield from _source(source)
    yield from _repeated(record)


def _broken_fields(part: str, model, **values) -> Iterator[BrokenRule]:
    for name, value in values.items():
        if message := _refusal(model, name, value):
            yield part, value, message


@lru_cache(maxsize=20_000)
def _refusal(model, name: str, value: str) -> str:
    """Return why the field does not take the value; empty: it does."""
    return _refusal_now(_field(model, name), value)


@cache
def _field(model, name: str) -> Field:
    return model._meta.get_field(name)


def _refusal_now(field: Field, value: str) -> str:
    if field.max_length and len(value) > field.max_length:
        return f"At most {field.max_length:,} characters; this has {len(value):,}."
    try:
        field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _date(record: EventRecord) -> Iterator[BrokenRule]:
    if not record.edtf:
        return
    try:
        dates.parse(record.edtf)
    except ValueError as error:
        yield "edtf", record.edtf, str(error)


def _clock(record: EventRecord) -> Iterator[BrokenRule]:
    if (record.time_of_day == "") != (record.time_zone == ""):
        yield "time_zone", record.time_zone, "A clock time needs its time zone, and a time zone its clock time."
    if record.time_of_day:
        try:
            dt.time.fromisoformat(record.time_of_day)
        except ValueError:
            yield "time_of_day", record.time_of_day, "Write the clock time as HH:MM."
        if not _is_day(record.edtf):
            yield "time_of_day", record.time_of_day, "A clock time needs a day that is known."


def _is_day(edtf: str) -> bool:
    try:
        return bool(edtf) and dates.parse(edtf).is_exact_day
    except ValueError:
        return False


def _for_part(part: str, broken: tuple[tuple[str, str], ...]) -> Iterator[BrokenRule]:
    return ((part, value, message) for value, message in broken)


@lru_cache(maxsize=10_000)
def _place(place: NamedPlace) -> tuple[tuple[str, str], ...]:
    broken = [*_broken_fields("", Place, name=place.name, precision=place.precision)]
    if place.country:
        broken += _broken_fields("", Place, country=place.country)
    for value, limit in ((place.latitude, 90), (place.longitude, 180)):
        if value is not None and not abs(float(value)) <= limit:
            broken.append(("", value, f"Write degrees from -{limit} to {limit}."))
    if (place.latitude is None) != (place.longitude is None):
        broken.append(("", place.name, "Give latitude and longitude, or neither."))
    return tuple((value, message) for _, value, message in broken)


@lru_cache(maxsize=10_000)
def _actor(actor: NamedActor) -> tuple[tuple[str, str], ...]:
    return tuple((value, message) for _, value, message in _broken_fields("", Actor, name=actor.name, kind=actor.kind))


def _source(source: Source) -> Iterator[BrokenRule]:
    if message := _refusal_now(_field(Citation, "quote"), source.quote) or _quote(source.quote):
        yield "sources", source.quote, message
    yield from _broken_fields("sources", Citation, act=source.act, note=source.note)
    if source.publisher:
        yield from _for_part("sources", _actor(source.publisher))
    if source.title:
        yield from _broken_fields("sources", Briefing, title=source.title)
    if source.url:
        yield from _broken_fields("sources", Briefing, url=source.url)
    if source.published_on:
        yield from _for_part("sources", _day(source.published_on))


def _quote(quote: str) -> str:
    try:
        _plain(quote)
    except ValidationError as error:
        return " ".join(error.messages)
    return "" if any(map(str.isalnum, quote)) else "A quote needs at least one word."


_plain: Callable[[str], None] = next(iter(_field(Event, "summary").validators))


@lru_cache(maxsize=10_000)
def _day(day: str) -> tuple[tuple[str, str], ...]:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return ((day, "There is no such day. Write it as YYYY-MM-DD."),)
    return ()


def _repeated(record: EventRecord) -> Iterator[BrokenRule]:
    roles = [(part.actor, part.role) for part in record.actors]
    if len(set(roles)) < len(roles):
        yield "actors", "", "An actor stands here twice in the same role."
