from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from timeline.absolute_urls import absolute_url, embed_list_url, iframe
from timeline.database.keyset_paging import Page
from timeline.exports import FEEDS
from timeline.exports.export import Format
from timeline.facets.counting import totals_today
from timeline.filters import EventFilter
from timeline.filters.sentence import as_known, subject
from timeline.models import DataSet, Event
from timeline.pages import page_metadata
from timeline.pages.list_entry import ListEntry


def sharing(event_filter: EventFilter, page: Page, sentence: str, permalink: str, preset: str = "") -> dict:
    """Return what a page with a list needs to be passed on: preview, frame, comparison, record of a day, sources."""
    return {
        "meta": page_metadata.of_list(sentence, permalink, page.events, page.first, page.total),
        "embed_url": embed_list_url(event_filter.query),
        "embed_code": iframe(embed_list_url(event_filter.query), sentence),
        "compare_query": urlencode({"a": event_filter.query}),
        "as_known": as_known(event_filter, preset, lambda: totals_today(event_filter)),
        "sources": printed_sources(page.events),
        "data_sets": data_sets(page.events),
        "follow": follow_links(event_filter),
        "feeds": [Feed.of(format, event_filter) for format in FEEDS],
    }


def follow_links(event_filter: EventFilter) -> list[tuple[str, str]]:
    """Return label and address of each way to follow the events of a filter: a web calendar first, which opens in a calendar."""
    query = f"?{narrowed}" if (narrowed := event_filter.query_without("order")) else ""
    calendar = absolute_url(reverse("event-export", args=["ics"]) + query)
    feeds = [
        (name, reverse("event-export", args=[extension]) + query)
        for name, extension in (("Feed (Atom)", "atom"), ("Feed (JSON)", "feed.json"))
    ]
    web_calendar = ("Web calendar", f"webcal://{calendar.partition('://')[2]}")
    return [web_calendar, *feeds, ("Corrections and other changes", reverse("changes-feed") + query)]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the events of a page, for programs that look for one."""

    type: str
    url: str
    title: str

    @classmethod
    def of(cls, format: Format, event_filter: EventFilter) -> "Feed":
        query = f"?{narrowed}" if (narrowed := event_filter.query_without("order")) else ""
        address = reverse("event-export", args=[format.extension]) + query
        return cls(format.content_type.partition(";")[0], address, f"{format.label}: {subject(event_filter)}")


def data_sets(events: Sequence[Event | ListEntry]) -> list[DataSet]:
    """Return the data sets that a page of events comes from, each once, as they first appear. No query."""
    return list({event.data_set.pk: event.data_set for event in events if event.data_set}.values())


def printed_sources(entries: list[ListEntry]) -> list[str]:
    """Return the lines of the briefings that a page of events cites, each once, as they first appear."""
    return list({pk: line for entry in entries for pk, line in entry.sources}.values())
