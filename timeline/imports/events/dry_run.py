"""Replaces RelatedRows in a dry run: new rows get negative primary keys and are listed in the summary."""

from itertools import count

from .event_record import NamedActor, NamedPlace, Source
from .import_options import Options
from .import_summary import Summary
from .listed_sources import StoredBriefing, address_of
from .matching import KnownRows

MOST_COMPARED = 300  # new names that are compared with all that is known; more are a data set of its own


class DryRunRows:
    def __init__(self, options: Options, known: KnownRows, summary: Summary):
        self.options, self.known, self.summary = options, known, summary
        self.numbers = count(-1, -1)

    def actor(self, actor: NamedActor) -> tuple[int, str]:
        self.summary.actors.append(
            {
                "name": actor.name,
                "kind": actor.kind,
                "near": self._near(self.known.actors, self.summary.actors, actor.name),
            }
        )
        return self._next()

    def place(self, place: NamedPlace) -> tuple[int, str]:
        near = self._near(self.known.places, self.summary.places, place.name)
        self.summary.places.append({"name": place.name, "kind": place.precision, "near": near})
        return self._next()

    def conflict(self, name: str) -> tuple[int, str]:
        self.summary.conflicts.append(name)
        return self._next()

    def briefing(self, slug: str, source: Source) -> StoredBriefing:
        self.summary.sources += 1
        address = address_of(source, self.options.data_set)
        return StoredBriefing(next(self.numbers), "draft", address, source.published_on, True, 0)

    def actor_id(self, actor: NamedActor, pk: int) -> None:
        pass

    def place_id(self, place: NamedPlace, pk: int) -> None:
        pass

    def flush(self) -> None:
        pass

    def _next(self) -> tuple[int, str]:
        number = next(self.numbers)
        return number, str(number)

    def _near(self, known, listed: list, name: str) -> list:
        return known.near(name).near if len(listed) < MOST_COMPARED else []
