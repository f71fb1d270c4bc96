"""Merge two events, two actors, two places or two sources: what belongs to the duplicate moves to the target, and its address redirects there.

Nothing is lost: equal rows of both are folded into one, and the history keeps every deleted row.
"""

from .merge_actors import ActorMerge
from .merge_briefings import BriefingMerge
from .merge_events import EventMerge
from .merge_places import PlaceMerge
from .move_references import Move

__all__ = ["ActorMerge", "BriefingMerge", "EventMerge", "Move", "PlaceMerge"]
