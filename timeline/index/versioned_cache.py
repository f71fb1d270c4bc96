from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import RLock
from typing import Any


class VersionedCache:
    """What this process keeps of the data: a value for each key and part, read anew where that part has changed."""

    def __init__(self, most: int):
        self.most = most  # keys; the one asked for longest ago goes first
        self.entries: OrderedDict[str, dict[int, tuple[Any, Any]]] = OrderedDict()
        self.lock = RLock()

    def get(
        self, key: str, versions: dict[int, Any], read: Callable[[Iterable[int]], dict[int, Any]]
    ) -> dict[int, Any]:
        """Return the value of each part. `read` is asked for those whose version is not the one that is kept."""
        with self.lock:
            known = self.entries.setdefault(key, {})
            self.entries.move_to_end(key)
            if len(self.entries) > self.most:
                self.entries.popitem(last=False)
            stale = [part for part, version in versions.items() if part not in known or known[part][0] != version]
            if stale:
                found = read(stale)
                known |= {part: (versions[part], found[part]) for part in stale}
            return {part: known[part][1] for part in versions}
