"""One reason and one moment for every row of the history that is written in one go, for rows written far from the form
too.

What a typographical error is: letters of a word, never another word, a number or a word more.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.auth.models import User
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from timeline.models.history_field import ChangeClass
from timeline.models.publication import REASON_WITHHELD


@dataclass(slots=True)
class SaveContext:
    """What is written together."""

    reason: str  # empty: none is given
    by: User | None  # None: whoever sent the request
    change_class: str  # a ChangeClass; empty: not said
    withheld: bool  # the reason is not published
    at: dt.datetime | None = None  # UTC; that of its first row


_save: ContextVar[SaveContext | None] = ContextVar("what is written together", default=None)


@contextmanager
def reason_for_change(
    reason: str, by: User | None = None, *, change_class: str = "", withheld: bool = False
) -> Iterator[SaveContext]:
    """Give `reason`, the kind of change, one moment, and `by` where no request names somebody, to every row of the history
    written inside. `withheld`: readers do not learn the reason."""
    token = _save.set(save := SaveContext(reason.strip(), by, change_class, withheld))
    try:
        yield save
    finally:
        _save.reset(token)


@receiver(pre_create_historical_record, dispatch_uid="timeline.history.change_reason")
def give_reason(history_instance, instance, **kwargs) -> None:
    if is_withdrawal := getattr(instance, "_is_withdrawal", False):
        history_instance.change_class = ChangeClass.WITHDRAWAL
        history_instance.reason_withheld = instance.withdrawal_reason == REASON_WITHHELD
    if (save := _save.get()) is None:
        return
    if not is_withdrawal:
        history_instance.change_class, history_instance.reason_withheld = save.change_class, save.withheld
    save.at = history_instance.history_date = save.at or history_instance.history_date or timezone.now()
    if save.by and not history_instance.history_user_id:
        history_instance.history_user = save.by
    if save.reason and not history_instance.history_change_reason:
        longest = history_instance._meta.get_field("history_change_reason").max_length  # None: any length
        history_instance.history_change_reason = save.reason[:longest]


LIKE = 0.6  # of two spellings of one word: share of letters that they have in common, in the same order


def is_typo(before: str, after: str) -> bool:
    """Return whether the second text is the first with misspelt words corrected."""
    words = (before.split(), after.split())
    if re.findall(r"\d+", before) != re.findall(r"\d+", after):
        return False
    changes = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    return all(
        kind == "equal" or (kind == "replace" and _alike("".join(words[0][a:b]), "".join(words[1][c:d])))
        for kind, a, b, c, d in changes
    )


def _alike(before: str, after: str) -> bool:
    return SequenceMatcher(None, before.lower(), after.lower(), autojunk=False).ratio() >= LIKE
