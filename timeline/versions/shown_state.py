"""Which state of the public record a request is answered from, and what was computed from it.

While editors save, each change would have every result computed again. So what anonymous readers see of ordinary changes may lag by
`SHOWN_WITHIN` seconds: all processes answer from one state for as long. What takes something away (a withdrawal, a merging, a
deletion, a change of a source or its text, whatever is written in bulk) ends that at once, and who works at the desk reads what
is stored now.
"""

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache

from timeline.models import PublicRevision

logger = logging.getLogger(__name__)
HELD = "shown-state"


class PublicState(NamedTuple):
    """The number and the moment (UTC; None: nothing was ever public) of the last change. A number alone could return after a
    transaction that was rolled back."""

    number: int
    at: dt.datetime | None

    @property
    def key(self) -> str:
        return f"{self.number} {self.at.isoformat() if self.at else ''}"


_of_request: ContextVar[PublicState | None] = ContextVar("state that this request is answered from", default=None)


@contextmanager
def showing(state: PublicState) -> Iterator[None]:
    """Answer from this state until the end of the block."""
    token = _of_request.set(state)
    try:
        yield
    finally:
        _of_request.reset(token)


def state_of_request() -> PublicState:
    """Return the state that the request is answered from; outside of `showing` that of now, by one query."""
    return _of_request.get() or PublicState(*PublicRevision.objects.current())


def state_for_readers() -> PublicState:
    """Return the state that anonymous readers see now. One query."""
    number, at, at_once = PublicRevision.objects.current_for_readers()
    now, lag = PublicState(number, at), settings.SHOWN_WITHIN
    if not lag:
        return now
    entry, until = read_kept(HELD) or (now, 0.0)
    if at_once <= entry[0] <= number and time.time() < until:
        return PublicState(*entry)
    keep(HELD, (tuple(now), time.time() + lag), lag)
    return now


def key_of(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_kept(key: str) -> Any:
    """Return what is in the cache; None where it is not there, or the cache cannot be read."""
    try:
        return cache.get(key)
    except Exception:  # of whichever server or file system the cache is on
        logger.exception("The cache cannot be read: results are computed again.")
        return None


def keep(key: str, content: Any, seconds: float) -> None:
    """Put it into the cache; where that fails, the log says so."""
    try:
        cache.set(key, content, seconds)
    except Exception:  # as above
        logger.exception("The cache cannot be written: results are computed again.")
