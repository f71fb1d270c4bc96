"""How tests ask what validation says of a row, and what the database holds behind its back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from timeline.models import Event


def problems(row: models.Model) -> dict[str, list[str]]:
    """Return what validation says of a row, by field; nothing where it is in order."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def force(row: models.Model, **values) -> None:
    """Change a row in the database alone, past validation and `save()`."""
    type(row).objects.filter(pk=row.pk).update(**values)


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """Pass where the database refuses what is done inside, by this constraint; nothing of it stays."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


@contextmanager
def refused() -> Iterator[None]:
    """Pass where the database refuses what is done inside: by a constraint, or, on PostgreSQL, by a column's type."""
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        yield


def stored_status(event: Event) -> str:
    return Event.objects.values_list("status", flat=True).get(pk=event.pk)
