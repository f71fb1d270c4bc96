"""Which public events a clause of a filter finds: kept from request to request, and found again for the parts that have changed since."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from timeline.database.shards import SHARD_SIZE

from .event_columns import NO_PART, EventColumns, Matching

MOST, MOST_BYTES = 300, 16 << 20  # masks in each process, of a bit for each event; the least recently used goes first


@dataclass(frozen=True, slots=True)
class Mask:
    parts: np.ndarray  # of each block
    versions: np.ndarray  # of these parts, as they were
    general: int | None  # version of what belongs to no part; None: it does not matter
    packed: np.ndarray


_masks: OrderedDict[str, Mask] = OrderedDict()
_lock = Lock()

Find = Callable[[list[int] | None], np.ndarray]  # slots of the events in some parts, or in all (None)


def mask(columns: EventColumns, clause: str, general: int | None, find: Find) -> Matching:
    """Return the events that a clause finds. Where what is known is not of today, `find` is called once for the slots of events that
    have one in some parts, or in all (None); it may return others, too."""
    parts, versions = columns.computed("blocks", lambda: _blocks(columns))
    with _lock:
        known = _masks.get(clause)
        if known:
            _masks.move_to_end(clause)
    matching, stale = _known(columns, known, parts, versions, general)
    if stale.any():
        _find(columns, matching, stale, parts, find)
        with _lock:
            _masks[clause] = Mask(parts, versions, general, np.packbits(matching))
            while len(_masks) > MOST or sum(of.packed.nbytes for of in _masks.values()) > MOST_BYTES:
                _masks.popitem(last=False)
    return matching


def forget() -> None:
    with _lock:
        _masks.clear()


def _blocks(columns: EventColumns) -> tuple[np.ndarray, np.ndarray]:
    """Return the part of each block in use, and its version."""
    parts = columns.arrays["part"]
    parts = parts[parts != NO_PART]
    return parts, np.array([columns.versions.get(part) or 0 for part in parts.tolist()], np.int64)


def _known(
    columns: EventColumns, known: Mask | None, parts: np.ndarray, versions: np.ndarray, general: int | None
) -> tuple[Matching, np.ndarray]:
    """Return what is known of the clause, and which blocks it is not known of."""
    matching, stale = np.zeros(columns.size, bool), np.ones(len(parts), bool)
    if known and known.general == general:
        size = min(len(parts), len(known.parts))
        stale[:size] = (parts[:size] != known.parts[:size]) | (versions[:size] != known.versions[:size])
        matching[: size * SHARD_SIZE] = np.unpackbits(known.packed, count=size * SHARD_SIZE)
    stale[0] = False  # holds no event
    return matching, stale


def _find(columns: EventColumns, matching: Matching, stale: np.ndarray, parts: np.ndarray, find: Find) -> None:
    """Set the flags of the stale blocks."""
    blocks = np.flatnonzero(stale)
    slots = find(parts[blocks].tolist() if len(blocks) < len(stale) - 1 else None)
    matching.reshape(-1, SHARD_SIZE)[blocks] = False
    matching[slots[stale[slots // SHARD_SIZE]]] = True
    matching &= columns.all
