"""The rows of an event with all that `save()` would derive, as the database takes them."""

from collections.abc import Iterable
from functools import lru_cache

from timeline.evidence.choices import OPPOSING_ACTS
from timeline.models.citation import derive as derive_citation
from timeline.models.event import derive as derive_event
from timeline.models.event import derive_evidence
from timeline.models.publication import Status

from .bulk_table import Row, WriteContext
from .import_options import Options
from .snapshot import COLUMNS, State


def event_row(state: State, country: str) -> Row:
    """Return the columns of an event that are its own; `country`: of its place."""
    row = {column: state[name] for name, column in COLUMNS.items()}
    row["time_of_day"] = row["time_of_day"] or None
    return row | derive_event(edtf=state["edtf"], title=state["title"], summary=state["summary"], country=country)


def participation_rows(event_id: int, state: State) -> Iterable[Row]:
    for position, (actor, role, office) in enumerate(state["actors"]):
        yield {"event_id": event_id, "actor_id": actor, "role": role, "office": office, "position": position}


def citation_row(event_id: int, public_id: str, cited: list, position: int) -> Row:
    """Return a citation of a document whose text is not stored."""
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

    def __init__(self, sources: dict[str, tuple], options: Options, together: WriteContext):
        """`sources`: as Naming has them."""
        self.sources = {pk: (status, url, day) for pk, status, url, day in sources.values()}
        by = options.by.pk if options.by else None
        self.publish = options.publish
        self.published = {"status": Status.PUBLISHED.value, "published_at": together.moment, "reviewer_id": by}
        self.published["self_reviewed"] = by is not None

    def row(self, state: State) -> Row:
        """Return the columns that say how an event stands: its status, and what public sources say for it."""
        cited = [(self.sources[briefing], act) for briefing, _, act, _ in state["citations"]]
        public = [(url, day, act) for (status, url, day), act in cited if status == "published"]
        row = derive_evidence((act, day or None) for _, day, act in public)
        has_address = any(url for url, _, act in public if act not in OPPOSING_ACTS)
        may_be_public = self.publish and state["edtf"] and has_address
        return row | (self.published if may_be_public else {"status": Status.DRAFT.value})
