"""The public events in memory, as the database holds them now."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import compress

from django.db.models import Max, Min

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.parts import NO_EVENT, PART_SIZE, part_of
from timeline.revision import numbers

from .block import Block, read
from .clauses import clauses
from .packed import Selection
from .store import Store

Matching = dict[int, int]  # events as bits, by part

AT_ONCE = 8  # parts; bounds the memory that reading needs
_blocks, _masks = Store(most=1), Store(most=300)


class Moment:
    """Blocks and masks of one moment. Three queries where nothing changed since the last."""

    def __init__(self) -> None:
        self.numbers = numbers()
        ends = Event.objects.aggregate(first=Min("pk"), last=Max("pk"))
        first, last = ends["first"], ends["last"]
        self.parts = range(part_of(first), part_of(last) + 1) if first is not None else range(0)
        versions = {part: self.numbers.get(part, 0) for part in self.parts}
        self.blocks: dict[int, Block] = _blocks.get("events", versions, _read)

    def matching(self, chosen: EventFilter) -> Matching:
        """Return the events that a valid filter finds. One query for each clause that is not known yet."""
        found = {part: block.public for part, block in self.blocks.items()}
        for clause in clauses(chosen):
            held = self._holding(clause)
            found = {part: bits & held[part] for part, bits in found.items()}
        return {part: bits for part, bits in found.items() if bits}

    def _holding(self, clause: EventFilter) -> Matching:
        general = self.numbers.get(NO_EVENT, 0)
        versions = {part: (self.numbers.get(part, 0), general) for part in self.parts}
        key = f"{clause.query}\n{clause.queryset.query}"
        return _masks.get(key, versions, lambda stale: self._ask(clause, stale))

    def _ask(self, clause: EventFilter, parts: list[int]) -> Matching:
        """Return the events of these parts that match, by one query."""
        events = clause.events.order_by()
        if len(parts) < len(self.parts):
            events = events.in_parts(parts)
        start = parts[0] * PART_SIZE
        found = bytearray(b"0") * ((parts[-1] + 1) * PART_SIZE - start)
        for pk in events.values_list("pk", flat=True).iterator():
            found[pk - start] = ord("1")
        at = {part: part * PART_SIZE - start for part in parts}
        return {part: int(found[at[part] : at[part] + PART_SIZE][::-1], 2) for part in parts}

    def by_value(self, matching: Matching, column: str) -> Counter:
        """Return how many of these events have each value of a column."""
        found: Counter = Counter()
        for part, mask in matching.items():
            selection = Selection(mask)
            for value, places in self.blocks[part].having[column].items():
                if count := selection.count(places):
                    found[value] += count
        return found

    def by_date(self, matching: Matching, column: str) -> Counter:
        """Return how many of these events have each value of days, months or years."""
        found: Counter = Counter()
        for part, mask in matching.items():
            found.update(compress(getattr(self.blocks[part], column), Selection(mask).flags))
        return found


def _read(parts: Iterable[int]) -> dict[int, Block]:
    parts = sorted(parts)
    some = [parts[start : start + AT_ONCE] for start in range(0, len(parts), AT_ONCE)]
    return {part: block for each in some for part, block in read(each).items()}
