"""Events of a list, each read and written out once until it changes."""

from collections.abc import Hashable, Iterable

from django.utils.safestring import SafeString

from timeline.database.shards import NO_EVENT, shard_of
from timeline.filters import EventFilter
from timeline.filters.first_page import address_query
from timeline.index.event_index import VersionedCache
from timeline.pages.entry_html import entry_html
from timeline.pages.entry_rows import EntryRows, rows_of_list
from timeline.pages.list_entry import ListEntry
from timeline.pages.match_reasons import match_reasons, reasons_html
from timeline.versions.data_version import versions_for

MOST = 2_000  # entries that a process keeps, of some 6,000 bytes each
NAMED_IN_ENTRY = ("-published", "-recorded")  # orders of which an entry shows the day
_entries = VersionedCache(MOST)


def list_entries(event_filter: EventFilter, keys: Iterable[int]) -> list[ListEntry]:
    """Return these public events (primary keys) in their order, without those that are public no more.

    An entry is kept until something in its part of the data, or a name that many events share, is written. It depends on
    the filter by its order and by what was known when. No query where all are known; else three, and one for a search."""
    known, versions = event_filter.wanted["known_by"], versions_for(event_filter)
    order = event_filter.order if event_filter.order in NAMED_IN_ENTRY else ""
    shown = order, known.last if known else None, event_filter.base_sql
    current = {(key, *shown): (versions.get(shard_of(key)), versions.get(NO_EVENT)) for key in keys}
    entries = [entry for entry in _entries.get(current, lambda stale: _read(event_filter, stale)).values() if entry]
    searched = event_filter.wanted["q"]
    reasons = map(reasons_html, match_reasons(entries, searched)) if searched else [SafeString("")] * len(entries)
    query = address_query(event_filter.query)
    return [entry.in_list(query, why) for entry, why in zip(entries, reasons, strict=True)]


def _read(event_filter: EventFilter, stale: list[Hashable]) -> dict[Hashable, ListEntry | None]:
    entries = rows_of_list(event_filter, event_filter.queryset.filter(pk__in=[key for key, *_ in stale]))
    return {named: _entry(entries.get(named[0]), event_filter.order) for named in stale}


def _entry(rows: EntryRows | None, order: str) -> ListEntry | None:
    return ListEntry.of(rows, entry_html(rows, order)) if rows else None
