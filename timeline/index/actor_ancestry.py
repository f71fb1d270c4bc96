"""Each event with all that its actors belong to."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from django.db.models import QuerySet

from timeline.models import ActorAncestor

from .shard import Rows
from .values import Values

PIECE = 1 << 17  # rows


class ActorAncestry:
    """The actors that each actor belongs to at any depth, itself included, by their numbers."""

    def __init__(self, starts: np.ndarray, above: np.ndarray):
        self.starts, self.above = starts, above  # those of number n: above[starts[n] : starts[n + 1]]

    @staticmethod
    def rows() -> QuerySet:
        """Return each actor with each that it belongs to, itself included."""
        return ActorAncestor.objects.order_by("actor").values_list("actor", "ancestor")

    @classmethod
    def read(cls, values: Values) -> "ActorAncestry":
        """Read it from the database. One query."""
        rows = list(cls.rows())
        actors = values.encode(actor for actor, _ in rows)
        above = values.encode(ancestor for _, ancestor in rows)
        order = np.argsort(actors, kind="stable")
        return cls(np.searchsorted(actors[order], np.arange(len(values) + 1)), above[order])

    def agrees_with(self, newer: "ActorAncestry") -> bool:
        """Return whether those that were known already belong to the same actors still."""
        size = len(self.starts)
        return np.array_equal(self.starts, newer.starts[:size]) and np.array_equal(
            self.above, newer.above[: self.starts[-1]]
        )

    def rows_above(self, distinct: Rows) -> Rows:
        """Return each event with each actor that its actors belong to and that is none of them, once. `distinct`: each event with each of
        its actors, once."""
        pieces = [self._above(distinct.where(piece)) for piece in _pieces(distinct.event)] or [distinct]
        actors = np.concatenate([rows.columns["actor"] for rows in pieces])
        return Rows(np.concatenate([rows.event for rows in pieces]), {"actor": actors})

    def _above(self, distinct: Rows) -> Rows:
        actors = distinct.columns["actor"]
        first = self.starts[actors]
        many = self.starts[actors + 1] - first
        steps = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        above = Rows(np.repeat(distinct.event, many), {"actor": self.above[np.repeat(first, many) + steps]})
        pairs, taking_part = (
            rows.event.astype(np.int64) * len(self.starts) + rows.columns["actor"] for rows in (above, distinct)
        )
        return above.where(~np.isin(pairs, taking_part)).distinct("actor")


def _pieces(events: np.ndarray) -> Iterator[slice]:
    """Yield slices of rows, those of one event in one slice: what is computed of each is small."""
    start = 0
    while start < len(events):
        end = min(start + PIECE, len(events))
        while end < len(events) and events[end] == events[end - 1]:
            end += 1
        yield slice(start, end)
        start = end


class Lineage:
    def __init__(self, ancestry: ActorAncestry, rows: Rows):
        """`rows`: each event with each actor that its actors belong to and that is none of them, once."""
        self.ancestry, self.rows = ancestry, rows

    @cached_property
    def counts(self) -> np.ndarray:
        """Return how many of the rows each actor has."""
        return np.bincount(self.rows.columns["actor"])
