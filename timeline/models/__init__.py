"""What the tracker records. Rules of the data are here twice: as validation, and as constraints of the database."""

from timeline.models.actor import ActorAncestor
from timeline.models.login_attempt import Submission

from .actor import Actor, ActorAlias
from .briefing import Briefing
from .briefing_speaker import BriefingSpeaker
from .citation import Citation
from .data_set import DataSet
from .earlier_quote import EarlierQuote
from .earlier_text import BriefingWords, EarlierText
from .event import Event
from .external_id import ActorExternalId, PlaceExternalId
from .import_batch import ImportBatch, ImportChange, ImportedEvent, ImportEdit, ImportUpload
from .login_attempt import LoginAttempt
from .original import Original
from .participation import Participation
from .place import Place, PlaceAncestor
from .preset import Preset
from .redaction import RedactedField, Redaction
from .relation import EventRelation
from .release import Release
from .review import PendingChange, ReviewAssignment, ReviewNote
from .revisions import DataRevision, PublicRevision
from .taxonomy import Category, Conflict, EventType
from .unsaved_form import UnsavedForm

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorAncestor",
    "ActorExternalId",
    "Briefing",
    "BriefingSpeaker",
    "BriefingWords",
    "Category",
    "Citation",
    "Conflict",
    "DataRevision",
    "DataSet",
    "EarlierQuote",
    "EarlierText",
    "Event",
    "EventRelation",
    "EventType",
    "ImportBatch",
    "ImportChange",
    "ImportEdit",
    "ImportUpload",
    "ImportedEvent",
    "LoginAttempt",
    "Original",
    "Participation",
    "PendingChange",
    "Place",
    "PlaceAncestor",
    "PlaceExternalId",
    "Preset",
    "PublicRevision",
    "RedactedField",
    "Redaction",
    "Release",
    "ReviewAssignment",
    "ReviewNote",
    "Submission",
    "UnsavedForm",
]
