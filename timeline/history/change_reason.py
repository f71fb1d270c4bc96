"""One reason and one moment for every row of the history that is written in one go, for rows written far from the form
too."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record


@dataclass(slots=True)
class SaveContext:
    """What is written together."""

    reason: str  # empty: none is given
    by: User | None  # None: whoever sent the request
    at: dt.datetime | None = None  # UTC; that of its first row


_save: ContextVar[SaveContext | None] = ContextVar("what is written together", default=None)


@contextmanager
def reason_for_change(reason: str, by: User | None = None) -> Iterator[SaveContext]:
    """Give `reason`, one moment, and `by` where no request names somebody, to every row of the history written inside."""
    token = _save.set(save := SaveContext(reason.strip(), by))
    try:
        yield save
    finally:
        _save.reset(token)


@receiver(pre_create_historical_record, dispatch_uid="timeline.history.change_reason")
def give_reason(history_instance, **kwargs) -> None:
    if (save := _save.get()) is None:
        return
    save.at = history_instance.history_date = save.at or history_instance.history_date or timezone.now()
    if save.by and not history_instance.history_user_id:
        history_instance.history_user = save.by
    if save.reason and not history_instance.history_change_reason:
        longest = history_instance._meta.get_field("history_change_reason").max_length  # None: any length
        history_instance.history_change_reason = save.reason[:longest]
