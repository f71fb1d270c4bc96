"""Events of a list, each written out once until it changes."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from timeline.database.shards import NO_EVENT, shard_of
from timeline.filters import EventFilter
from timeline.filters.first_page import address_query
from timeline.index.event_index import VersionedCache
from timeline.models import Event
from timeline.text.written_html import written_html
from timeline.versions.data_version import versions_for

register = template.Library()

MOST = 2_000  # entries that a process keeps, of some 1,200 characters each
_entries = VersionedCache(most=MOST)


@register.simple_tag
def entry(event: Event, event_filter: EventFilter) -> SafeString:
    """Return one event of `event_filter.for_timeline()` as _event.html writes it, kept until something in its part of the
    data, or a name that many events share, is written. What an entry shows of a filter: the order, and what was known
    when."""
    known, numbers = event_filter.wanted["known_by"], versions_for(event_filter)
    key = f"{event.pk} {event_filter.order} {known.last if known else ''}"
    version = numbers.get(shard_of(event.pk)), numbers.get(NO_EVENT)
    written = _entries.get(key, {0: version}, lambda _: {0: _render(event, event_filter)})[0]
    if list_query := address_query(
        event_filter.query
    ):  # the page of the event leads on in the same list, and back to it
        address, query = event.get_absolute_url(), escape(list_query)
        written = written_html(written.replace(f'href="{address}"', f'href="{address}?{query}"'))
    if reasons := getattr(event, "match_reasons", ()):  # those of this search alone
        written += render_to_string("timeline/_reasons.html", {"reasons": reasons})
    return written


def _render(event: Event, event_filter: EventFilter) -> SafeString:
    return render_to_string("timeline/_event.html", {"event": event, "event_filter": event_filter})
