"""How many events the filter would find with each value of one facet chosen alone."""

from collections import Counter
from collections.abc import Callable
from itertools import accumulate

from timeline.filters import EventFilter
from timeline.filters.event_filter import CITED
from timeline.index import ACTORS, EventIndex, citation_conditions
from timeline.models import ActorAncestor, EventType

Count = Callable[[EventIndex, EventFilter], Counter]
YEARS = range(1000, 9999)  # that a filter can name; 9999 is an open end


def by_kind(column: str) -> Count:
    """Return the count of a facet of which an event has one value."""
    return lambda moment, chosen: moment.by_value(moment.matching(chosen, {column}), column)


def by_category(moment: EventIndex, chosen: EventFilter) -> Counter:
    types = moment.by_value(moment.matching(chosen, {"category"}), "type")
    found: Counter = Counter()
    for pk, category in EventType.objects.order_by().values_list("pk", "category"):
        found[category] += types[pk]
    return found


def by_actor(moment: EventIndex, chosen: EventFilter) -> Counter:
    return moment.by_actor(moment.matching(chosen, ACTORS))


def by_role(moment: EventIndex, chosen: EventFilter) -> Counter:
    """Return the count of roles: of the actors asked for, of all of them together, or of anyone."""
    asked = [keys for keys in [chosen.keys_of("actor"), *([pk] for pk in chosen.keys_of("actor__all"))] if keys]
    if not asked:
        return moment.by_value(moment.matching(chosen, {"role"}), "role")
    lines = [ActorAncestor.objects.filter(ancestor__in=keys).values_list("actor", flat=True) for keys in asked]
    matching = moment.matching(chosen, ACTORS)
    return moment.by_row(matching, "participations", "role", *[[("actor", tuple(actors))] for actors in lines])


def by_citation(column: str) -> Count:
    """Return the count of what is said of an event: the same citation meets what else is asked of one."""

    def count(moment: EventIndex, chosen: EventFilter) -> Counter:
        return moment.by_citation(moment.matching(chosen, {column}), column, citation_conditions(chosen, column))

    return count


def by_evidence(moment: EventIndex, chosen: EventFilter) -> Counter:
    """Return the count of stances; only what was said by `known_by` is asked of the citation that takes them."""
    matching = moment.matching(chosen, {"evidence"})
    stances = moment.by_citation(matching, "stance", citation_conditions(chosen.without(*CITED)))
    stances["unverified"] = moment.total(matching) - stances["verified"]
    return stances


def by_year(moment: EventIndex, chosen: EventFilter) -> Counter:
    """Return the count of years, from the first to the last that a date names."""
    dates = moment.years(moment.matching(chosen, {"from", "to"}))
    named = [year for years in dates for year in (*years.possible, *years.certain) if year in YEARS]
    if not named:
        return Counter()
    first, last = min(named), max(named)
    steps = [0] * (last - first + 2)
    for years, count in dates.items():
        begin, end = years.certain if chosen.certainly else years.possible
        begin, end = max(begin, first), min(end, last)
        if begin <= end:
            steps[begin - first] += count
            steps[end + 1 - first] -= count
    return Counter({str(year): count for year, count in enumerate(accumulate(steps[:-1]), first)})
