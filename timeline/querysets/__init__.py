"""Named questions to the tables. No lookup stands in a view, a template or the admin."""

from .actor import ActorQuerySet
from .base import KeyedManager
from .briefing import BriefingQuerySet
from .citation import CitationQuerySet
from .conflict import ConflictQuerySet
from .data_set import DataSetQuerySet
from .earlier_text import EarlierTextQuerySet
from .event import EventQuerySet
from .imported import ImportBatchQuerySet, ImportedEventQuerySet
from .participation import ParticipationManager
from .place import PlaceQuerySet
from .revised import RevisedQuerySet
from .submission import SubmissionQuerySet

__all__ = [
    "ActorQuerySet",
    "BriefingQuerySet",
    "CitationQuerySet",
    "ConflictQuerySet",
    "DataSetQuerySet",
    "EarlierTextQuerySet",
    "EventQuerySet",
    "ImportBatchQuerySet",
    "ImportedEventQuerySet",
    "KeyedManager",
    "ParticipationManager",
    "PlaceQuerySet",
    "RevisedQuerySet",
    "SubmissionQuerySet",
]
