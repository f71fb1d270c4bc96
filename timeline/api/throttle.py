"""How often one client may ask: a bucket that fills again steadily. Counted in each process by itself."""

import math
import time
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from timeline.http.client_address import client

MOST_CLIENTS = 10_000  # kept; above, those whose bucket is full again are forgotten
MINUTE = 60  # seconds
ROUNDING = 1e-6  # of numbers that are added up


class Buckets:
    """The requests that each client may still make, and when that was counted."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.left: dict[str, tuple[float, float]] = {}

    def take(self, client: str, most: int, now: float) -> int:
        """Take one request from the client's bucket of `most`, which fills in a minute. Return 0, or the seconds to wait
        where it is empty. `now`: seconds of any clock that never goes back."""
        speed = most / MINUTE
        with self.lock:
            if len(self.left) >= MOST_CLIENTS:
                self._forget(now)
            left, at = self.left.get(client, (float(most), now))
            left = min(most, left + (now - at) * speed)
            taken = left >= 1 - ROUNDING
            self.left[client] = (left - taken, now)
        return 0 if taken else max(1, math.ceil((1 - left) / speed - ROUNDING))

    def _forget(self, now: float) -> None:
        recent = {client: one for client, one in self.left.items() if now - one[1] < MINUTE}
        self.left = recent if len(recent) < MOST_CLIENTS else {}

    def clear(self) -> None:
        with self.lock:
            self.left.clear()


BUCKETS = Buckets()


def wait(request: HttpRequest) -> int:
    """Return the seconds that this client has to wait, 0: none. A rate of 0 means no limit."""
    most = settings.API_REQUESTS_PER_MINUTE
    return BUCKETS.take(client(request), most, time.monotonic()) if most else 0
