"""What formats for people say of an event and its sources, as its page does.

The events of a filter that may leave the site: all but those of data sets whose licence forbids redistribution.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from timeline import dates
from timeline.absolute_urls import absolute_url
from timeline.evidence.axes import AXES, HowKnown, dated_claim
from timeline.evidence.support import Actuality
from timeline.facets.counting import totals_today
from timeline.filters import EventFilter
from timeline.filters.first_page import with_query
from timeline.filters.sentence import sentence, without_source_day
from timeline.index import index_for
from timeline.models import DataSet, PublicRevision
from timeline.models.briefing import BriefingKind
from timeline.versions.data_version import cached, versions_for

from .event_records import Record


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Events of the filter that may not leave the site."""

    data_set: str  # slug
    name: str
    licence: str
    count: int
    attribution: str

    @property
    def words(self) -> str:
        events = "1 event" if self.count == 1 else f"{self.count:,} events"
        return f"{events} of {self.name} left out: its licence ({self.licence}) forbids redistribution."


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: the filter that made it, as address and in words, and the state of the data."""

    query: str  # canonical query string, without "?"
    sentence: str
    total: int  # events in the file
    url: str  # the page that shows the same events
    known_by: str  # empty: as known today
    without_source_day: int  # events that no `known_by` finds; 0: as known today
    revision: int  # of the public data
    revised_at: dt.datetime | None  # UTC
    left_out: tuple[LeftOut, ...]
    sources: tuple[DataSet, ...]  # data sets that events in the file come from

    @property
    def notes(self) -> list[str]:
        """Return what is not in the file, and why, in words."""
        notes = [*(withheld.words for withheld in self.left_out), without_source_day(self.without_source_day)]
        return [note for note in notes if note]

    @property
    def publisher(self) -> str:
        return settings.PUBLISHER

    @property
    def licence(self) -> str:
        return settings.DATA_LICENCE

    @property
    def licence_url(self) -> str:
        return settings.DATA_LICENCE_URL

    @property
    def attribution(self) -> str:
        """Return how the data is to be cited. The day is that of its last change: it says which state is meant."""
        state = f", revision {self.revision}" + (f" of {self.revised_at:%-d %B %Y}" if self.revised_at else "")
        reference = f"{self.publisher}: {self.sentence}{state}. {self.url}"
        return " ".join([reference, *(f"Contains: {data_set.attribution}" for data_set in self.sources)])


def export_header(event_filter: EventFilter, *, use_index: bool = True) -> About:
    """Return what an export of a valid filter says of itself. Three queries. `use_index`: the counts come from the index in memory
    and are cached until something is written; off where the events are not all those of the filter, and in commands, which
    have no index yet: then they take two queries, one more for a period and for `known_by`."""
    if use_index:
        versions_for(event_filter)  # before the revision: what is written between the two counts as written after both
    number, at = PublicRevision.objects.current()
    total, only_possible, undated, by_data_set = (
        cached("by data set", event_filter, lambda: _count_in_index(event_filter))
        if use_index
        else _count_events(event_filter)
    )
    sets = DataSet.objects.in_bulk(by_data_set)
    withheld = {pk for pk, data_set in sets.items() if not data_set.redistributable}
    page = with_query(reverse("event-list"), event_filter.query)
    known_by = event_filter.wanted.get("known_by")
    return About(
        query=event_filter.query,
        sentence=sentence(event_filter, total, only_possible),
        total=total - sum(by_data_set[pk] for pk in withheld),
        url=absolute_url(page),
        known_by=known_by.text if known_by else "",
        without_source_day=undated,
        revision=number,
        revised_at=at,
        left_out=tuple(_make_left_out(sets[pk], by_data_set[pk]) for pk in sorted(withheld)),
        sources=tuple(data_set for pk, data_set in sorted(sets.items()) if pk not in withheld),
    )


def _count_events(event_filter: EventFilter) -> tuple[int, int, int, dict[int, int]]:
    """Return how many events the filter finds, how many of them fall in its period only possibly, how many more are known on
    no day, and how many come from each data set, by primary key."""
    total = event_filter.events.order_by().count()
    by_data_set = dict(event_filter.events.counted_by_data_set())
    return total, event_filter.count_only_possible(total), event_filter.count_without_source_day(), by_data_set


def _count_in_index(event_filter: EventFilter) -> tuple[int, int, int, dict[int, int]]:
    """Return the same."""
    index = index_for(event_filter)
    matching = index.matching(event_filter)
    total = index.total(matching)
    is_divided = event_filter.has_period and not event_filter.certainly
    certain = index.total(index.matching(event_filter.with_values(when="certain"))) if is_divided else total
    undated = totals_today(event_filter)[1] if event_filter.wanted["known_by"] else 0
    return total, total - certain, undated, dict(index.by_value(matching, "data_set"))


def _make_left_out(data_set: DataSet, count: int) -> LeftOut:
    return LeftOut(data_set.slug, data_set.name, data_set.licence, count, data_set.attribution)


def has_occurred(record: Record) -> bool:
    return record["actuality"] == Actuality.OCCURRED


def is_known(record: Record) -> bool:
    """Return whether it happened, the first and the last day are known, and nothing about them is uncertain."""
    first, last = (record[f"{end}_earliest"] for end in ("start", "end"))
    known = first and last and first == record["start_latest"] and last == record["end_latest"]
    return bool(known and not record["date_qualifier"] and has_occurred(record))


def date_words(record: Record) -> str:
    """Return the date in words; of what is not known to have happened that first: "announced for 1 June 2022"."""
    return dated_claim(record["actuality"], record["date"])


def known_words(record: Record) -> str:
    """Return how it is known: the axes, and what must be known before it is believed."""
    axes = {name: record[name] for name in (*AXES, "actuality", "source_count")}
    known = HowKnown(**axes, data_set=record["data_set_name"] or "")
    words = [known.form_words, known.assertion_words, known.contest_words, known.source_words]
    line = f"{'; '.join(words)}."
    return " ".join([line[0].upper() + line[1:], *known.caveats])


def listed_words(citation: Record, record: Record) -> str:
    """Return what is said in place of a quote where a data set lists the source; empty: it is a document."""
    briefing = citation["briefing"]
    if briefing["kind"] != BriefingKind.DATA_RECORD:
        return ""
    data_set = record["data_set_name"] or "a data set"
    if briefing["slug"] == record["data_set"]:
        return f"In the record of {data_set}"
    known = dates.parse(edtf).display if (edtf := briefing["published_edtf"]) else "day not known"
    return f"Source listed by {data_set}: {briefing['publisher']}, {known}"


def redistributable(event_filter: EventFilter) -> tuple[EventFilter, tuple[LeftOut, ...]]:
    """Return a valid filter without events that may not leave the site, and how many are left out of which data set: the
    same filter where there are none. One query; four more where a data set is withheld."""
    withheld = export_header(event_filter).left_out if DataSet.objects.not_redistributable().exists() else ()
    if not withheld:
        return event_filter, ()
    shut_out = {row.slug for row in event_filter.wanted["data_set__not"]} | {left_out.data_set for left_out in withheld}
    return event_filter.with_values(data_set__not=DataSet.objects.filter(slug__in=shut_out)), withheld
