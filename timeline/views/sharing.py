from urllib.parse import urlencode

from timeline import structured
from timeline.addresses import absolute
from timeline.embedding import frame, list_address
from timeline.filters import EventFilter
from timeline.filters.as_known import as_known
from timeline.models import Briefing, Event
from timeline.paging import Page


def sharing(chosen: EventFilter, page: Page, sentence: str, permalink: str, preset: str = "") -> dict:
    """Return what a page with a list needs to be passed on: preview, frame, comparison, record of a day, sources."""
    return {
        "meta": structured.of_list(sentence, permalink, page.events, page.first, page.total),
        "embed_url": list_address(chosen.query),
        "embed_code": frame(list_address(chosen.query), sentence),
        "compare_query": urlencode({"a": chosen.query}),
        "as_known": as_known(chosen, preset),
        "sources": sources(page.events),
    }


def sources(events: list[Event]) -> list[tuple[Briefing, str]]:
    """Return the briefings that a page of events cites, each once, as they first appear, with the address where it can
    be read: the source's, or where none is stored our own copy's. No query."""
    cited = (citation.briefing for event in events for citation in event.shown_citations)
    briefings = {briefing.pk: briefing for briefing in cited}.values()
    return [(one, structured.source_address(one) or absolute(one.get_absolute_url())) for one in briefings]
