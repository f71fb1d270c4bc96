"""How many of the public events rest on a quote that was matched: what pages may promise of all of them."""

from django.core.cache import cache
from django.db.models import Count, Q

from timeline.evidence.axes import Form
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.versions.data_version import LIFETIME, shard_versions, versions_for


def matched_quotes(event_filter: EventFilter | None = None) -> str:
    """Return "11 of 4,070 events rest on a quote that was matched in a stored text", empty where there is no public event;
    cached until something is written. One query, none where the filter of the page knows the versions of the data."""
    versions = versions_for(event_filter) if event_filter else shard_versions()
    return cache.get_or_set(f"matched-quotes-{sum(versions.values())}", _count_matched, LIFETIME)


def _count_matched() -> str:
    counts = Event.objects.public().aggregate(total=Count("pk"), matched=Count("pk", filter=Q(form=Form.QUOTE)))
    return matched_words(**counts)


def matched_words(total: int, matched: int) -> str:
    if not total:
        return ""
    if total == 1:
        return (
            f"The one event here {'rests' if matched else 'does not rest'} on a quote that was matched in a stored text"
        )
    rests = "rests" if matched == 1 else "rest"
    return f"{matched:,} of {total:,} events {rests} on a quote that was matched in a stored text"
