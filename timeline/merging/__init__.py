"""Two events, or two actors, that are one: what belongs to the one moves to the other, and its address leads there.

Nothing is lost: what both hold alike is folded into one row, and the history keeps every row that went.
"""

from .merge_actors import ActorMerge
from .merge_events import EventMerge
from .move_references import Move

__all__ = ["ActorMerge", "EventMerge", "Move"]
