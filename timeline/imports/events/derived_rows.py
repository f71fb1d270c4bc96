"""The rows of an event with all that `save()` would derive, as the database takes them."""

from collections.abc import Iterable
from functools import lru_cache

from timeline.evidence.axes import COUNTED, Cited, derive_evidence
from timeline.evidence.choices import QuoteState
from timeline.evidence.support import Actuality, support_of
from timeline.models import EventType
from timeline.models.derived_columns import derive_citation, derive_event
from timeline.models.publication import Status

from .bulk_table import Row, WriteContext
from .event_record import Options
from .quote_anchoring import StoredBriefing
from .snapshot import COLUMNS, State


def event_row(state: State, country: str) -> Row:
    """Return the columns of an event that are its own; `country`: of its place."""
    row = {column: state[name] for name, column in COLUMNS.items()}
    row["time_of_day"] = row["time_of_day"] or None
    row["place_precision"] = row["place_precision"] if row["place_id"] else ""
    return row | derive_event(edtf=state["edtf"], title=state["title"], summary=state["summary"], country=country)


def participation_rows(event_id: int, state: State) -> Iterable[Row]:
    for position, (actor, role, office) in enumerate(state["actors"]):
        yield {"event_id": event_id, "actor_id": actor, "role": role, "office": office, "position": position}


def citation_row(event_id: int, public_id: str, cited: list, position: int) -> Row:
    """Return a citation of a document whose text is not stored. What it does for its event is derived later, see
    EventQuerySet.refresh_support."""
    briefing, quote, act, note = cited
    return {
        "public_id": public_id,
        "event_id": event_id,
        "briefing_id": briefing,
        "quote": quote,
        "act": act,
        "note": note,
        "position": position,
    } | _without_text(quote)


@lru_cache(maxsize=2_000)  # many events cite the same headline
def _without_text(quote: str) -> Row:
    columns, _ = derive_citation("", quote)
    return columns


class Evidence:
    """Status and counts of evidence for the new events of one lot."""

    def __init__(self, sources: Iterable[StoredBriefing], options: Options, together: WriteContext):
        self.sources = {source.key: source for source in sources}
        self.claims = dict(EventType.objects.values_list("pk", "claim"))
        by = options.by.pk if options.by else None
        self.publish = options.publish
        self.published = {"status": Status.PUBLISHED.value, "published_at": together.moment, "reviewer_id": by}
        self.published["self_reviewed"] = by is not None

    def row(self, state: State) -> Row:
        """Return the columns of an event that follow from others: its status, and what public sources say for it."""
        public = []
        for key, _, act, _ in state["citations"]:
            source = self.sources[key]
            if source.status == "published":
                support = self.support_of(state, act)
                public.append((Cited(act, support, "", QuoteState.NO_TEXT, source.is_listed, source.source), source))
        row = derive_evidence((cited, source.day or None) for cited, source in public)
        has_address = any(source.url for cited, source in public if cited.support in COUNTED)
        may_be_public = self.publish and state["edtf"] and has_address
        return row | (self.published if may_be_public else {"status": Status.DRAFT.value})

    def support_of(self, state: State, act: str) -> str:
        """Return what an act does for the claim of an imported event: data sets record what happened."""
        return support_of(act, False, self.claims[state["type"]], Actuality.OCCURRED).value
