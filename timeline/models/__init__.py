"""What the tracker records. Rules of the data stand here twice: as validation, and as constraints of the database."""

from .actor import Actor, ActorAlias
from .briefing import Briefing, BriefingSpeaker
from .citation import Citation
from .conflict import Conflict
from .event import Event
from .participation import Participation
from .place import Place
from .relation import EventRelation
from .taxonomy import Category, EventType

__all__ = [
    "Actor",
    "ActorAlias",
    "Briefing",
    "BriefingSpeaker",
    "Category",
    "Citation",
    "Conflict",
    "Event",
    "EventRelation",
    "EventType",
    "Participation",
    "Place",
]
