"""What the page of a conflict, an actor or a place says before its list: from when to when, who took part, what was agreed,
and on which sources it rests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timeline.charts.coverage import count_words, read_sources
from timeline.facets.counting import counts_by_value
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.index.list_order import first_of_list
from timeline.models import Actor, Event
from timeline.models.taxonomy import Category
from timeline.versions.data_version import cached

MOST = 8  # names and events of one kind


@dataclass(frozen=True, slots=True)
class CountedName:
    actor: Actor
    count: int  # events of the filter
    query: str  # of the filter narrowed to them


@dataclass(frozen=True, slots=True)
class SubjectSummary:
    first: Event | None  # with a known start; None: there is none
    latest: Event | None
    parties: list[CountedName]  # who took part in most events
    party_count: int
    agreements: list[Event]  # the newest ceasefires and agreements
    agreement_count: int
    agreement_query: str
    publishers: list[CountedName]
    publisher_count: int
    read: str  # "12 sources, 10 days read"

    @property
    def more_parties(self) -> int:
        return self.party_count - len(self.parties)

    @property
    def more_publishers(self) -> int:
        return self.publisher_count - len(self.publishers)


def subject_summary(event_filter: EventFilter, subject_actor: Actor | None = None) -> SubjectSummary:
    """Return the summary of a valid filter's events. `subject_actor`: whose page it is, who is no party of his own. At most six
    queries, whatever the number of events."""
    index = index_for(event_filter)
    taking_part = cached("taking part", event_filter, lambda: dict(index.by_actor(index.matching(event_filter))))
    taking_part.pop(subject_actor and subject_actor.pk, None)
    publishing = counts_by_value(event_filter, "publisher")
    agreed = event_filter.with_values(category=[Category.AGREEMENT.value])
    keys = [_first_of(event_filter, "date", 1), _first_of(event_filter, "-date", 1), _first_of(agreed, "-date", MOST)]
    events = event_filter.queryset.in_bulk([key for of_one in keys for key in of_one])
    *ends, agreements = ([events[key] for key in of_one if key in events] for of_one in keys)
    first, latest = (end[0] if end and end[0].has_known_start else None for end in ends)
    parties, publishers = _most_counted(taking_part), _most_counted(publishing)
    actors = Actor.objects.in_bulk([pk for pk, _ in (*parties, *publishers)])  # public, as the events of the index are
    return SubjectSummary(
        first,
        latest,
        _named(event_filter, parties, actors, "actor__all"),
        len(taking_part),
        agreements,
        counts_by_value(event_filter, "category").get(Category.AGREEMENT.value, 0),
        agreed.query,
        _named(event_filter, publishers, actors, "publisher"),
        len(publishing),
        count_words(read_sources(event_filter)),
    )


def _first_of(event_filter: EventFilter, order: str, most: int) -> tuple[int, ...]:
    """Return the primary keys of the first events of the filter in an order of the index. No query."""
    index = index_for(event_filter)
    return first_of_list(index, index.matching(event_filter), order, most)


def _most_counted(counts: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return primary key and count of those that are counted most, at most MOST."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]


def _named(
    event_filter: EventFilter, counts: list[tuple[int, int]], actors: Mapping[int, Actor], parameter: str
) -> list[CountedName]:
    """Return who is counted, each with the filter that asks for that actor too."""
    return [
        CountedName(actors[pk], count, event_filter.query_with(**{parameter: actors[pk].slug}))
        for pk, count in counts
        if pk in actors
    ]


def leading_parameter(actor: Actor, counts: Iterable[int]) -> str:
    """Return the parameter by which the events on an actor's page are found: "actor" where it took part in some, else as the
    publisher of their sources, or as who speaks in them. `counts`: of primary keys of actors who took part. `actor` comes
    `for_page`, with `speaking_count`."""
    if actor.pk in counts:
        return "actor"
    if actor.briefing_count:
        return "publisher"
    return "speaker" if actor.speaking_count else "actor"
