"""One page of a feed: the events of a filter by their last change, the newest first, and those that the public lost.

A page begins behind a change, not at a number: what changes meanwhile comes to the first page, and neither doubles nor hides
another. Source: RFC 5005, RFC 6721.
"""

from dataclasses import dataclass, replace
from typing import Any

from timeline.absolute_urls import absolute_page_url, absolute_url
from timeline.database.keyset_paging import change_mark
from timeline.filters.sentence import ORDER_WORDS, subject
from timeline.models import Event
from timeline.models.event import Status

from .columns import iso_utc
from .event_records import Record
from .export import PAGE_SIZE, Export

MOST_REMOVED = 100


@dataclass(frozen=True, slots=True)
class FeedPage:
    title: str
    attribution: str  # how the whole list is cited, in the order of the feed
    first_address: str  # which names the feed, whichever page it is
    address: str
    next_address: str  # empty: this is the last page
    records: list[Record]
    removed: list[Record]  # the last events of the site that the public lost; on the first page alone


def read_feed_page(export: Export, extension: str) -> FeedPage:
    """Return the page that the options of an export ask for. Raises ExportBroken where the data changes meanwhile.

    Beside the queries for the records one, two behind the first page and two on it.
    """
    rows, mark = export.page_rows(), export.options.changed_before
    records = export.records_of([public_id for public_id, _ in rows[:PAGE_SIZE]])
    removed = [] if mark else _read_removed()
    export.confirm()
    following = change_mark(*rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else ""
    return FeedPage(
        title=subject(export.event_filter),
        attribution=_attribution(export),
        first_address=_address(export, extension, ""),
        address=_address(export, extension, mark),
        next_address=_address(export, extension, following) if following else "",
        records=records,
        removed=removed,
    )


def _attribution(export: Export) -> str:
    """Return how the list is cited, with the order of feeds instead of the filter's."""
    listed = export.about.sentence.removesuffix(ORDER_WORDS[export.event_filter.order])
    return replace(export.about, sentence=f"{listed}last changed first").attribution


def _address(export: Export, extension: str, mark: str) -> str:
    query = "&".join(filter(None, [export.event_filter.query_without("order"), mark and f"changed_before={mark}"]))
    return absolute_url(f"/events.{extension}{'?' if query else ''}{query}")


def _read_removed() -> list[Record]:
    """Return what is said of the last events that were withdrawn or merged, of any filter: what they would match now may be
    work that nobody published. Those of before this is counted have no moment, which both formats need. One query."""
    events = Event.objects.taken_back().redistributable().exclude(revised_at=None).with_successor()
    return [removed_record(event) for event in events.last_changed_first()[:MOST_REMOVED]]


def removed_record(event: Event) -> Record:
    """Return what the public may know of an event that it could read once. No query for one of `with_successor`."""
    into: Any = event.merged_into
    return {
        "public_id": event.public_id,
        "status": event.status,
        "reason": event.withdrawal_reason if event.status == Status.WITHDRAWN else "",
        "merged_into": into.public_id if into and into.published_at else None,
        "removed_at": iso_utc(event.revised_at),
    }


def removed_words(removed: Record) -> str:
    if removed["status"] == Status.WITHDRAWN:
        return f"Withdrawn: {removed['reason']}"
    if removed["merged_into"]:
        return f"Merged into {absolute_page_url('event-detail', removed['merged_into'])}"
    return "Merged into an event that was never public."
