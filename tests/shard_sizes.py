"""Shards of another size, so that a few events are in several."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from timeline.index import masks
from timeline.index.current_columns import current_columns

MODULES = (
    "timeline.database.shards",
    "timeline.index.shard",
    "timeline.index.event_columns",
    "timeline.index.masks",
    "timeline.querysets.versioned",
)


@pytest.fixture
def set_shard_size(monkeypatch) -> Iterator[Callable[[int], None]]:
    """Return what makes shards of another size until the end of the test."""
    yield partial(_set_shard_size, monkeypatch)
    monkeypatch.undo()
    current_columns.forget()


def _set_shard_size(monkeypatch, size: int) -> None:
    for module in MODULES:
        monkeypatch.setattr(f"{module}.SHARD_SIZE", size)
    current_columns.forget()
    masks.forget()
