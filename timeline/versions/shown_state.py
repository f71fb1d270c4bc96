"""Which state of the public record a request is answered from, and what was computed from it.

While editors save, each change would have every result computed again. So what anonymous readers see of ordinary changes may lag by
`SHOWN_WITHIN` seconds: all processes answer from one state for as long, and for a fifth of it longer from the state before, while
one of them makes a new page. What takes something away (a withdrawal, a merging, a deletion, a change of a source, its text or a
data set, whatever is written in bulk) ends both at once, and who works at the desk reads what is stored now.
"""

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache

from timeline.models import PublicRevision

logger = logging.getLogger(__name__)
HELD = "state-shown"
LONGEST_LAG = 1.2  # times SHOWN_WITHIN, after which every reader sees an ordinary change


class PublicState(NamedTuple):
    """The number and the moment (UTC; None: nothing was ever public) of the last change. A number alone could return after a
    transaction that was rolled back."""

    number: int
    at: dt.datetime | None

    @property
    def key(self) -> str:
        return f"{self.number} {self.at.isoformat() if self.at else ''}"


class ShownState(NamedTuple):
    """What anonymous readers see now. Moments are seconds since 1970."""

    state: PublicState
    current_at: float  # when it was known to be the state of the record
    least: int  # number of the last change that no reader may miss
    before: tuple[PublicState, float] | None  # the state that was shown until then, with its own moment

    def allows(self, state: PublicState, current_at: float) -> bool:
        """Return whether a page of another state may be shown: nothing was taken away since, and what it lacks is not too old."""
        if self.before and self.before[0] == state:
            current_at = max(current_at, self.before[1])
        return self.least <= state.number and time.time() < current_at + LONGEST_LAG * settings.SHOWN_WITHIN


_of_request: ContextVar[PublicState | None] = ContextVar("state that this request is answered from", default=None)


@contextmanager
def showing(state: PublicState) -> Iterator[None]:
    """Answer from this state until the end of the block."""
    token = _of_request.set(state)
    try:
        yield
    finally:
        _of_request.reset(token)


def state_shown() -> PublicState | None:
    """Return the state of the `showing` that this runs in; None: it runs in none."""
    return _of_request.get()


def state_of_request() -> PublicState:
    """Return the state that the request is answered from; outside of `showing` that of now, by one query."""
    return state_shown() or PublicState(*PublicRevision.objects.current())


def state_for_readers() -> ShownState:
    """Return what anonymous readers see now. One query."""
    read_at = time.time()
    number, at, least = PublicRevision.objects.current_for_readers()
    now, lag = PublicState(number, at), settings.SHOWN_WITHIN
    if not lag:
        return ShownState(now, read_at, number, None)
    state, current_at, before = read_kept(HELD) or (now, 0.0, None)
    if not (least <= state.number <= number and read_at < current_at + lag):
        state, current_at, before = now, read_at, (state, current_at)
        keep(HELD, (state, current_at, before), 2 * lag)
    return ShownState(state, current_at, least, before)


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
    _write(lambda: cache.set(key, content, seconds))


def keep_first(key: str, content: Any, seconds: float) -> bool:
    """Put it into the cache unless something is there, and return whether it was put there, or the cache cannot be written."""
    return _write(lambda: cache.add(key, content, seconds)) is not False


def drop(key: str) -> None:
    _write(lambda: cache.delete(key))


def _write(change: Callable[[], Any]) -> Any:
    try:
        return change()
    except Exception:  # as above
        logger.exception("The cache cannot be written: results are computed again.")
        return None
