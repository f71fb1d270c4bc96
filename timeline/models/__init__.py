"""What the tracker records. Rules of the data stand here twice: as validation, and as constraints of the database."""

from .actor import Actor, ActorAlias
from .ancestry import ActorAncestor
from .briefing import Briefing, BriefingSpeaker
from .citation import Citation
from .conflict import Conflict
from .event import Event
from .participation import Participation
from .place import Place
from .relation import EventRelation
from .revision import DataRevision
from .taxonomy import Category, EventType

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorAncestor",
    "Briefing",
    "BriefingSpeaker",
    "Category",
    "Citation",
    "Conflict",
    "DataRevision",
    "Event",
    "EventRelation",
    "EventType",
    "Participation",
    "Place",
]
