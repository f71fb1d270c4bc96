"""The fields whose changes readers see, their labels, and how their values are put in words."""

from timeline import dates
from timeline.evidence.axes import Basis
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality
from timeline.models import Actor, Briefing, Conflict, DataSet, EventType, Place
from timeline.models.event import Status
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.relation import RelationKind


def _text(value) -> str:
    return "" if value is None else str(value)


def _date(edtf: str) -> str:
    return dates.parse(edtf).display if edtf else ""


def _precision(value: str) -> str:
    return PlacePrecision(value).label if value else ""


def deaths_in_words(counts: tuple[int | None, int | None, int | None]) -> str:
    words = ("at least", "best estimate", "at most")
    return ", ".join(f"{word} {count:,}" for word, count in zip(words, counts, strict=True) if count is not None)


STATE = "State"  # published and withdrawn: what is corrected is beside it
EARLIER_TEXT = "in an earlier text of the source; no longer in its current one"
DEATHS = ("deaths_low", "deaths_best", "deaths_high")
# field, or fields shown as one -> its label for readers, and how its value is displayed: by a function, or as the name of
# a row of a model
EVENT_FIELDS = {
    "title": ("Title", _text),
    "summary": ("Summary", _text),
    "actuality": ("Whether it happened", lambda value: Actuality(value).label),
    "edtf": ("Date", _date),
    "date_as_stated": ("Date as stated", _text),
    "date_note": ("How the date was understood", _text),
    "time_of_day": ("Clock time", _text),
    "time_zone": ("Time zone", _text),
    "event_type_id": ("Type", EventType),
    "place_id": ("Place", Place),
    "place_precision": ("How precisely the place is known", _precision),
    "conflict_id": ("Conflict", Conflict),
    "data_set_id": ("Data set", DataSet),
    DEATHS: ("Deaths", deaths_in_words),
    "value_note": ("Which values it takes", _text),
    "status": (STATE, lambda value: Status(value).label),
}
CITATION_FIELDS = {
    "quote": ("Quote", _text),
    ("earlier_text_id",): ("Where the words are found", lambda key: EARLIER_TEXT if key[0] else "in the source's text"),
    "act": ("How it is said", lambda value: Act(value).label),
    "speaker_id": ("Speaker", Actor),
    "briefing_id": ("Source", Briefing),
    "date_as_stated": ("Date as stated by the source", _text),
    "edtf": ("Date by the source", _date),
    "place_id": ("Place by the source", Place),
    DEATHS: ("Deaths by the source", deaths_in_words),
    "basis": ("How the speaker knows", lambda value: Basis(value).label if value else ""),
    "reliability": ("Reliability", _text),
    "credibility": ("Credibility", _text),
    "note": ("Note on the citation", _text),
}
PARTICIPATION_FIELDS = {
    "actor_id": ("Participant", Actor),
    "role": ("Role", lambda value: Role(value).label),
    "office": ("Office", _text),
}
# Texts in which letters can be corrected without a word to readers
TYPO_FIELDS = ("title", "summary", "date_note", "value_note", "note")
RELATION_ENDS = ("from_event_id", "kind", "to_event_id")


def relation_fields(event: int, titles: dict[int, str], quotes: dict[int, str]) -> dict:
    """Return the same for relations, as seen from this event (its primary key); `titles` of the other events, and `quotes` of public
    citations, by primary key."""

    def words(ends: tuple[int, str, int]) -> str:
        first, kind, second = ends
        label = RelationKind(kind).label if first == event else RelationKind(kind).inverse_label
        return f"{label}: {titles[second if first == event else first]}"

    cited = {"citation_id": ("Words that report the related event", lambda key: quotes.get(key, ""))}
    return {RELATION_ENDS: ("Related event", words), **cited, "note": ("Note on the related event", _text)}
