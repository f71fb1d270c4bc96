"""A world of a million in a minute: events are copied with all that belongs to them, under ids of their own."""

from django.db import connection, models, transaction
from django.db.models import Max

from timeline.models import Citation, DataRevision, Event, Participation, PublicRevision
from timeline.models.validators import ID_ALPHABET

MARK = "u"  # in no id that is drawn: a copy never has the id of another event
CODES = [f"{MARK}{letter}" for letter in ID_ALPHABET]  # the last two characters of the ids of each copy


def multiply(times: int) -> None:
    """Have every event so many times over, at most 33. They are alike in all but their ids."""
    if not 1 <= times <= len(CODES) + 1:
        raise ValueError(f"From 1 to {len(CODES) + 1} times, not {times}.")
    steps = {model: model.objects.aggregate(most=Max("pk"))["most"] for model in (Event, Participation, Citation)}
    with transaction.atomic():
        for number, code in enumerate(CODES[: times - 1], 1):
            for model, step in steps.items():
                _copy(model, {"id": step * number, "event_id": steps[Event] * number}, code)
        DataRevision.objects.bump(Event.objects.shards())
        PublicRevision.objects.bump()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")  # as autovacuum does in time


def _copy(model: type[models.Model], shifts: dict[str, int], code: str) -> None:
    names = [field.column for field in model._meta.concrete_fields if not field.generated]
    values = [_value(name, shifts, code) for name in names]
    table, into = model._meta.db_table, ", ".join(map(_quoted, names))
    originals = shifts["id"] // (CODES.index(code) + 1)  # come first
    query = f"INSERT INTO {table} ({into}) SELECT {', '.join(values)} FROM {table} WHERE id <= {originals}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _value(name: str, shifts: dict[str, int], code: str) -> str:
    """Return what a column of a copy holds, as SQL."""
    if name in shifts:
        return f"{_quoted(name)} + {shifts[name]}"
    return f"substr({_quoted(name)}, 1, 8) || '{code}'" if name == "public_id" else _quoted(name)
