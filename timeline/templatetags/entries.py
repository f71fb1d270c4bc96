"""Events of a list, each written out once until it changes."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline.database.shards import NO_EVENT, shard_of
from timeline.filters import EventFilter
from timeline.index.versioned_cache import VersionedCache
from timeline.models import Event
from timeline.versions.data_version import versions_for

register = template.Library()

MOST = 2_000  # entries that a process keeps, of some 1,200 characters each
_entries = VersionedCache(most=MOST)


@register.simple_tag
def entry(event: Event, chosen: EventFilter) -> SafeString:
    """Return one event of `chosen.for_timeline()` as _event.html writes it, kept until something in its part of the
    data, or a name that many events share, is written. What an entry shows of a filter: the order, and what was known
    when."""
    known, numbers = chosen.wanted["known_by"], versions_for(chosen)
    key = f"{event.pk} {chosen.order} {known.last if known else ''}"
    version = numbers.get(shard_of(event.pk)), numbers.get(NO_EVENT)
    return _entries.get(key, {0: version}, lambda _: {0: _written(event, chosen)})[0]


def _written(event: Event, chosen: EventFilter) -> SafeString:
    return render_to_string("timeline/_event.html", {"event": event, "event_filter": chosen})
