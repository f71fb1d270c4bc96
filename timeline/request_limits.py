"""How often one client may ask: a bucket that fills again steadily, for each kind of address. Counted in each process by itself."""

import math
import time
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from timeline.absolute_urls import client_address

API, FILES, PAGES = "API_REQUESTS_PER_MINUTE", "FILES_PER_MINUTE", "PAGES_PER_MINUTE"  # settings; 0: no limit
REPORTS = "REPORTS_PER_HOUR"

MOST_CLIENTS = 10_000  # of one kind; above, those whose bucket is full again are forgotten
MINUTE, HOUR = 60, 3600  # seconds
ROUNDING = 1e-6  # of numbers that are added up


class TokenBuckets:
    """The requests that each client may still make, and when that was counted."""

    def __init__(self, period: int = MINUTE) -> None:
        self.period = period  # seconds in which an empty bucket is full again
        self.lock = Lock()
        self.tokens: dict[str, tuple[float, float]] = {}

    def take(self, client: str, capacity: int, now: float) -> int:
        """Take one request from the client's bucket of `capacity`, which fills in the period. Return 0, or the seconds to wait
        where it is empty. `now`: seconds of any clock that never goes back."""
        speed = capacity / self.period
        with self.lock:
            if len(self.tokens) >= MOST_CLIENTS:
                self._forget(now)
            left, at = self.tokens.get(client, (float(capacity), now))
            left = min(capacity, left + (now - at) * speed)
            taken = left >= 1 - ROUNDING
            self.tokens[client] = (left - taken, now)
        return 0 if taken else max(1, math.ceil((1 - left) / speed - ROUNDING))

    def _forget(self, now: float) -> None:
        recent = {client: bucket for client, bucket in self.tokens.items() if now - bucket[1] < self.period}
        self.tokens = recent if len(recent) < MOST_CLIENTS else {}

    def clear(self) -> None:
        with self.lock:
            self.tokens.clear()


BUCKETS = {kind: TokenBuckets() for kind in (API, FILES, PAGES)} | {REPORTS: TokenBuckets(HOUR)}


def seconds_to_wait(request: HttpRequest, kind: str) -> int:
    """Return the seconds that this client has to wait before it may ask for an address of the kind, 0: none."""
    rate = getattr(settings, kind)
    return BUCKETS[kind].take(client_address(request), rate, time.monotonic()) if rate else 0


def words_of_limit(seconds: int) -> str:
    return f"Too many requests from your address. Try again in {seconds} second{'' if seconds == 1 else 's'}."


def clear_buckets() -> None:
    """Forget all requests, as between two tests."""
    for buckets in BUCKETS.values():
        buckets.clear()
