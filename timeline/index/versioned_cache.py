from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import RLock
from typing import Any


class VersionedCache:
    """A cache of this process: a value for each key and part, read again where the version of that part has changed."""

    def __init__(self, most: int):
        self.most = most  # keys; the least recently used is dropped first
        self.entries: OrderedDict[str, dict[int, tuple[Any, Any]]] = OrderedDict()
        self.lock = RLock()

    def get(
        self, key: str, versions: dict[int, Any], read: Callable[[Iterable[int]], dict[int, Any]]
    ) -> dict[int, Any]:
        """Return the value of each part. `read` is called with those whose version is not the cached one."""
        with self.lock:
            known = self.entries.setdefault(key, {})
            self.entries.move_to_end(key)
            if len(self.entries) > self.most:
                self.entries.popitem(last=False)
            stale = [part for part, version in versions.items() if part not in known or known[part][0] != version]
            if stale:
                fresh = read(stale)
                known |= {part: (versions[part], fresh[part]) for part in stale}
            return {part: known[part][1] for part in versions}
