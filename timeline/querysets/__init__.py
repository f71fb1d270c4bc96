"""Named queries. Views, templates and the admin call these and contain no lookups of their own."""

from .actor import ActorQuerySet
from .briefing import BriefingQuerySet
from .citation import CitationQuerySet
from .conflict import ConflictQuerySet
from .data_set import DataSetQuerySet
from .earlier_text import EarlierTextQuerySet
from .event import EventQuerySet
from .import_batch import ImportBatchQuerySet, ImportedEventQuerySet
from .participation import ParticipationManager
from .place import PlaceQuerySet
from .slugged import NaturalKeyManager
from .submission import SubmissionQuerySet
from .versioned import VersionedQuerySet

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
    "NaturalKeyManager",
    "ParticipationManager",
    "PlaceQuerySet",
    "VersionedQuerySet",
    "SubmissionQuerySet",
]
