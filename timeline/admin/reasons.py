"""One reason for every row of the history that a request writes, for rows written far from the form too."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import receiver
from simple_history.signals import pre_create_historical_record

_reason: ContextVar[str] = ContextVar("reason for a change", default="")


@contextmanager
def reason_for_change(reason: str) -> Iterator[None]:
    """Give `reason` to every row of the history written inside."""
    token = _reason.set(reason.strip())
    try:
        yield
    finally:
        _reason.reset(token)


@receiver(pre_create_historical_record, dispatch_uid="timeline.admin.reasons")
def give_reason(history_instance, **kwargs) -> None:
    if (reason := _reason.get()) and not history_instance.history_change_reason:
        longest = history_instance._meta.get_field("history_change_reason").max_length  # None: any length
        history_instance.history_change_reason = reason[:longest]
