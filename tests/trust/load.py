"""Eight people who save at the desk and four who read, all at once: none is refused, what was saved is there, and readers do not wait."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from tests.backup_site import BackupSite
from tests.trust.faults import Desk, places_of
from tests.trust.sites import fetch
from tests.trust.slow_clients import share

WRITERS, READERS = 8, 4
LONGEST_WAIT = 0.5  # seconds, of 99 in 100 readers
PATHS = (
    "/",
    "/?q=ceasefire",
    "/briefings/",
    "/?category=call&from=2022-03",
    "/api/v1/events/",
    "/events.csv",
    "/places/",
)


class Load:
    """What happens until `end`, a moment of time.monotonic()."""

    def __init__(self, port: int, seconds: float):
        self.port, self.ready = port, threading.Barrier(WRITERS + READERS)
        self.seconds = seconds
        self.saved: list[float] = []  # seconds that each took
        self.read: list[float] = []
        self.refused: Counter = Counter()

    def write(self, number: int, desk: Desk) -> None:
        """Open the form of a place, fill it in and save it, again and again."""
        for count, since in enumerate(self._times()):
            status, page = desk.add_place(f"Town {number} {count}")
            if is_saved := status == 200 and "was added successfully" in page:
                self.saved.append(time.monotonic() - since)
            self.refused[f"save {status}"] += not is_saved

    def read_on(self, number: int) -> None:
        paths = cycle(PATHS[number:] + PATHS[:number])
        for since in self._times():
            status, _ = fetch(self.port, next(paths))
            self.read.append(time.monotonic() - since)
            self.refused[f"read {status}"] += status != 200

    def _times(self):
        self.ready.wait()
        end = time.monotonic() + self.seconds
        while (now := time.monotonic()) < end:
            yield now


def run(site: BackupSite, port: int, seconds: float) -> bool:
    """Print how long saves and readers took; return whether none was refused, none was lost, and readers were quick enough."""
    before, load = places_of(site), Load(port, seconds)
    desks = [Desk(port) for _ in range(WRITERS)]  # one after another: six at once for one account are too many attempts
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        done = [pool.submit(load.write, number, desk) for number, desk in enumerate(desks)]
        done += [pool.submit(load.read_on, number) for number in range(READERS)]
        for client in done:
            client.result()
    stored = places_of(site) - before
    refused = {name: count for name, count in load.refused.items() if count}
    print(f"  {WRITERS} writers, {READERS} readers, {seconds:.0f} s: {refused or 'none refused'}")
    for what, times in (("forms saved", load.saved), ("pages read", load.read)):
        print(f"  {len(times):5} {what}, p50 {share(times, 0.5):.3f} s, p99 {share(times, 0.99):.3f} s")
    print(f"  {stored} of {len(load.saved)} saved rows are there")
    return not refused and stored == len(load.saved) and share(load.read, 0.99) <= LONGEST_WAIT
