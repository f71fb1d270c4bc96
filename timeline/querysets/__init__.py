"""Named queries. Views, templates and the admin call these and contain no lookups of their own."""

from .actor import ActorQuerySet
from .briefing import BriefingQuerySet
from .citation import CitationQuerySet
from .earlier_text import EarlierTextQuerySet
from .event import EventQuerySet
from .event_subjects import ConflictQuerySet, DataSetQuerySet, PlaceQuerySet
from .import_batch import ImportBatchQuerySet, ImportedEventQuerySet
from .natural_keys import NaturalKeyManager, ParticipationManager
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
