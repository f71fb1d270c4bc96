import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from timeline.filters import EventFilter
from timeline.filters.sentence import sentence
from timeline.http.absolute_urls import absolute
from timeline.models import DataSet, PublicRevision
from timeline.versions.data_version import cached, versions_for


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
    revision: int  # of the public data
    revised_at: dt.datetime | None  # UTC
    left_out: tuple[LeftOut, ...]
    sources: tuple[DataSet, ...]  # data sets that events in the file come from

    @property
    def notes(self) -> list[str]:
        """Return what is not in the file, and why, in words."""
        return [one.words for one in self.left_out]

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
        own = f"{self.publisher}: {self.sentence}{state}. {self.url}"
        return " ".join([own, *(f"Contains: {one.attribution}" for one in self.sources)])


def about(chosen: EventFilter, *, keep: bool = True) -> About:
    """Return what an export of a valid filter says of itself. Three queries, two of them to count; one more where events
    come from data sets. `keep`: the counts are kept until something is written; off where the events are not all those
    of the filter."""
    if keep:
        versions_for(chosen)  # before the revision: what is written between the two counts as written after both
    number, at = PublicRevision.objects.now()
    found, counted = cached("by data set", chosen, lambda: _counted(chosen)) if keep else _counted(chosen)
    sets = DataSet.objects.in_bulk(counted)
    held_back = {pk for pk, one in sets.items() if not one.redistributable}
    page = reverse("event-list") + (f"?{chosen.query}" if chosen.query else "")
    known_by = chosen.wanted.get("known_by")
    return About(
        query=chosen.query,
        sentence=sentence(chosen, found),
        total=found - sum(counted[pk] for pk in held_back),
        url=absolute(page),
        known_by=known_by.text if known_by else "",
        revision=number,
        revised_at=at,
        left_out=tuple(_left_out(sets[pk], counted[pk]) for pk in sorted(held_back)),
        sources=tuple(one for pk, one in sorted(sets.items()) if pk not in held_back),
    )


def _counted(chosen: EventFilter) -> tuple[int, dict[int, int]]:
    """Return how many events the filter finds, and how many of them come from each data set, by primary key."""
    return chosen.events.order_by().count(), dict(chosen.events.counted_by_data_set())


def _left_out(one: DataSet, count: int) -> LeftOut:
    return LeftOut(one.slug, one.name, one.licence, count, one.attribution)
