"""Whether what a row states can be so, beside the rest of it: the point in its country, the source at its day, the address of
one document."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from timeline import dates
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality, Claim, Support, support_of
from timeline.imports.events.event_record import EventRecord, NamedPlace, Source

Doubt = tuple[str, str, str, str]  # kind, part of the event, value, what would be right
Bounds = tuple[float, float, float, float]  # south, west, north, east; degrees

BOUNDS = Path(__file__).with_name("country_bounds.csv")  # whole degrees around the land; made of Natural Earth, 1:10m
FAR = 5.0  # degrees outside these: coasts, waters and borders that moved lie nearer
ONE_DAY = dt.timedelta(days=1)  # for time zones


class Plausibility:
    """The doubts of one pass over a file. No query."""

    def __init__(self, claims: Mapping[str, str]):
        """`claims`: slug of an event type -> what it claims (Claim)."""
        self.claims = claims
        self.documents: dict[int, int] = {}  # mark of an address -> mark of the document that was given there

    def doubts(self, record: EventRecord) -> Iterator[Doubt]:
        if record.place and is_far_from_country(record.place):
            yield "implausible-point", "place", _written(record.place), NEARER
        if record.sources and (days := _days_of(record.edtf)):
            claim = self.claims.get(record.type, Claim.DEED)
            for source in record.sources:
                if right := wrong_day(source, claim, *days):
                    yield "source-day", "source_days", source.published, right
        for source in record.sources:
            if source.url and self._is_of_another(source):
                yield "duplicate-address", "urls", source.url, _OWN_ADDRESS

    def _is_of_another(self, source: Source) -> bool:
        """Return whether the file gave the address before, to a source of another title, publisher or day."""
        document = hash((source.title, source.publisher, source.published))
        return self.documents.setdefault(hash(source.url), document) != document


NEARER = "This lies far from the country. Correct the degrees, which may be exchanged or lack a minus, or the country."
_OWN_ADDRESS = "The file gives this address to another title, publisher or day too. Give each document its own."


def _written(place: NamedPlace) -> str:
    return f"{place.latitude}, {place.longitude} in {place.country}"


@lru_cache(maxsize=10_000)
def is_far_from_country(place: NamedPlace) -> bool:
    """Return whether the point lies more than FAR outside the country that the place names."""
    boxes = _bounds_by_country().get(place.country, ())
    if not boxes or place.latitude is None or place.longitude is None:
        return False
    north, east = float(place.latitude), float(place.longitude)
    return all(_degrees_outside(bounds, north, east) > FAR for bounds in boxes)


def _degrees_outside(bounds: Bounds, latitude: float, longitude: float) -> float:
    south, west, north, east = bounds
    around = min(max(west - turned, turned - east, 0.0) for turned in (longitude - 360, longitude, longitude + 360))
    return max(south - latitude, latitude - north, around, 0.0)


@cache
def _bounds_by_country() -> dict[str, list[Bounds]]:
    """Return the boxes around the parts of each country, by ISO 3166-1 code; several where its parts lie far apart."""
    boxes = defaultdict(list)
    with BOUNDS.open(encoding="utf-8", newline="") as file:
        for country, *degrees in list(csv.reader(file))[1:]:
            south, west, north, east = map(float, degrees)
            boxes[country].append((south, west, north, east))
    return boxes


@lru_cache(maxsize=10_000)
def _days_of(edtf: str) -> tuple[str, str] | None:
    """Return the days between which sources report it, as ISO text: from the day before it can have begun to the day after
    its last possible one. None: no date, or none that is right."""
    try:
        date = dates.parse(edtf)
    except ValueError:
        return None
    first = date.start_earliest - ONE_DAY if date.start_earliest > dt.date.min else date.start_earliest
    last = date.end_latest + ONE_DAY if date.end_latest < dt.date.max else date.end_latest
    return first.isoformat(), last.isoformat()


def wrong_day(source: Source, claim: str, first: str, last: str) -> str:
    """Return why the source cannot be of its day; empty: it can. `claim`: of the event (Claim); `first`, `last`: ISO days.

    What confirms or reports a deed, or is itself the statement, comes no sooner than the event; what announces a deed no later.
    """
    published = source.published
    if not published or first <= published <= last:
        return ""
    if source.act == Act.ANNOUNCES and claim == Claim.DEED:
        return (
            f"No source can announce this after {last}. Correct the day, the act or the date."
            if published > last
            else ""
        )
    is_early = published < first and not first.startswith(published)
    if is_early and support_of(source.act, False, claim, Actuality.OCCURRED) == Support.SUPPORTS:
        return f"No source can report this before {first}. Correct the day, the act or the date."
    return ""
