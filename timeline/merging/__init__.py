"""Two events, or two actors, that are one: what belongs to the one moves to the other, and its address leads there.

Nothing is lost: what both hold alike is folded into one row, and the history keeps every row that went.
"""

from .actors import ActorMerge
from .events import EventMerge
from .moving import Move

__all__ = ["ActorMerge", "EventMerge", "Move"]
