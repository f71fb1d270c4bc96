"""Named queries. Views, templates and the admin call these and contain no lookups of their own."""

from timeline.querysets.briefing import EarlierTextQuerySet
from timeline.querysets.natural_keys import SubmissionQuerySet

from .actor import ActorQuerySet
from .briefing import BriefingQuerySet
from .citation import CitationQuerySet
from .event import EventQuerySet
from .import_batch import ImportBatchQuerySet, ImportedEventQuerySet
from .natural_keys import NaturalKeyManager, ParticipationManager
from .place import ConflictQuerySet, DataSetQuerySet, PlaceQuerySet
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
