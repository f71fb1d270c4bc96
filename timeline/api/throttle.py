"""How often one client may ask: a bucket that fills again steadily. Counted in each process by itself."""

import math
import time
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from timeline.http.client_address import client_address

MOST_CLIENTS = 10_000  # kept; above, those whose bucket is full again are forgotten
MINUTE = 60  # seconds
ROUNDING = 1e-6  # of numbers that are added up


class TokenBuckets:
    """The requests that each client may still make, and when that was counted."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.tokens: dict[str, tuple[float, float]] = {}

    def take(self, client: str, capacity: int, now: float) -> int:
        """Take one request from the client's bucket of `most`, which fills in a minute. Return 0, or the seconds to wait
        where it is empty. `now`: seconds of any clock that never goes back."""
        speed = capacity / MINUTE
        with self.lock:
            if len(self.tokens) >= MOST_CLIENTS:
                self._forget(now)
            left, at = self.tokens.get(client, (float(capacity), now))
            left = min(capacity, left + (now - at) * speed)
            taken = left >= 1 - ROUNDING
            self.tokens[client] = (left - taken, now)
        return 0 if taken else max(1, math.ceil((1 - left) / speed - ROUNDING))

    def _forget(self, now: float) -> None:
        recent = {client: bucket for client, bucket in self.tokens.items() if now - bucket[1] < MINUTE}
        self.tokens = recent if len(recent) < MOST_CLIENTS else {}

    def clear(self) -> None:
        with self.lock:
            self.tokens.clear()


BUCKETS = TokenBuckets()


def seconds_to_wait(request: HttpRequest) -> int:
    """Return the seconds that this client has to wait, 0: none. A rate of 0 means no limit."""
    rate = settings.API_REQUESTS_PER_MINUTE
    return BUCKETS.take(client_address(request), rate, time.monotonic()) if rate else 0
