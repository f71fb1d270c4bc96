"""Each event with its actors, and all actors that these belong to."""

import numpy as np

from timeline.models import ActorAncestor

from .shard import VALUES, Rows, Shard


class ActorAncestry:
    """The actors that each actor belongs to at any depth, itself included. One query."""

    def __init__(self) -> None:
        rows = list(ActorAncestor.objects.order_by("actor").values_list("actor", "ancestor"))
        actors = VALUES["actor"].encode(actor for actor, _ in rows)
        self.above = VALUES["actor"].encode(ancestor for _, ancestor in rows)
        order = np.argsort(actors, kind="stable")
        self.above, actors = self.above[order], actors[order]
        self.starts = np.searchsorted(actors, np.arange(len(VALUES["actor"]) + 1))

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, ActorAncestry) and np.array_equal(self.starts, other.starts)
        return same and np.array_equal(self.above, other.above)

    __hash__ = None

    def rows_with_ancestors(self, shard: Shard) -> Rows:
        """Return each event of the block with each actor and each that it belongs to, once."""
        distinct = shard.distinct_rows["actor"]
        actors = distinct.columns["actor"]
        first = self.starts[actors]
        many = self.starts[actors + 1] - first
        steps = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        above = self.above[np.repeat(first, many) + steps]
        return Rows(np.repeat(distinct.event, many), {"actor": above}).distinct("actor")
