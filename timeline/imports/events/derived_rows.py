"""The rows of an event with all that `save()` would derive, as the database takes them."""

from collections.abc import Iterable
from functools import lru_cache

from timeline import dates
from timeline.evidence.choices import OPPOSING_ACTS
from timeline.models.publication import Status
from timeline.text.folding import fold

from .import_options import Options
from .snapshot import COLUMNS, State
from .writing import WriteContext
from .writing.bulk_table import Row


def event_row(state: State, country: str) -> Row:
    """Return the columns that follow from the state."""
    row = {COLUMNS[name]: state[name] for name in COLUMNS}
    row["time_of_day"] = row["time_of_day"] or None
    return (
        row | derived(state["edtf"]) | {"country": country, "search_text": fold(f"{row['title']} | {row['summary']}")}
    )


@lru_cache(maxsize=10_000)
def derived(edtf: str) -> Row:
    """Return the columns that follow from a date."""
    if not edtf:
        return {
            "start_earliest": "0001-01-01",
            "start_latest": "9999-12-31",
            "end_earliest": "0001-01-01",
            "end_latest": "9999-12-31",
            "date_qualifier": "",
            "sort_on": "9999-12-31",
        }
    date = dates.parse(edtf)
    bounds = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    row = {name: getattr(date, name).isoformat() for name in bounds}
    start = row["start_earliest"] if date.has_known_start else "9999-12-31"
    return row | {"date_qualifier": date.qualifier, "sort_on": start}


def participation_rows(event: int, state: State) -> Iterable[Row]:
    for position, (actor, role, office) in enumerate(state["actors"]):
        yield {"event_id": event, "actor_id": actor, "role": role, "office": office, "position": position}


def citation_row(event: int, public_id: str, citation: list, position: int) -> Row:
    """Return a citation of a document whose text is not stored."""
    briefing, quote, act, note = citation
    return {
        "public_id": public_id,
        "event_id": event,
        "briefing_id": briefing,
        "quote": quote,
        "state": "no_text",
        "act": act,
        "note": note,
        "position": position,
        "quote_search": _folded(quote),
    }


_folded = lru_cache(maxsize=2_000)(fold)  # many events cite the same headline


class Evidence:
    """What the events of one lot have for them, counted as `refresh_evidence` counts it."""

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
        support = [url for url, _, act in public if act not in OPPOSING_ACTS]
        days = [day for _, day, _ in public if day]
        row = {"supporting_count": len(support), "first_reported_on": min(days, default=None)}
        may_be_public = self.publish and state["edtf"] and any(support)
        return row | (self.published if may_be_public else {"status": Status.DRAFT.value})
