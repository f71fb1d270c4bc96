"""The public events in memory, as the database holds them now."""

from collections import Counter
from collections.abc import Container, Iterable
from functools import reduce
from itertools import compress
from operator import and_

from timeline.filters import EventFilter
from timeline.models import ActorAncestor, Event
from timeline.parts import NO_EVENT, PART_SIZE, part_of
from timeline.revision import numbers

from .block import Block, Column, read
from .clauses import Pairs, alone, clauses
from .dates import UNDATED, Span, Years
from .packed import Selection, union
from .store import Store

Matching = dict[int, int]  # events as bits, by part; parts without any are left out
Conditions = Iterable[tuple[str, tuple]]  # that one row must meet: column, values of which it must have one

AT_ONCE = 8  # parts; bounds the memory that reading needs
_blocks, _lines, _masks = Store(most=1), Store(most=1), Store(most=300)


class Moment:
    """What is counted now. Three queries; more where something has changed since it was last asked."""

    def __init__(self) -> None:
        self.numbers = numbers()
        pks = Event.objects.order_by("pk").values_list("pk", flat=True)
        first, last = pks.first(), pks.last()
        self.parts = range(part_of(first), part_of(last) + 1) if first else range(0)
        self._rows: dict[tuple, list[int]] = {}
        self._dates: dict[tuple[int, str], Counter] = {}
        self._matching: dict[tuple[Pairs, ...], Matching] = {}
        self.blocks: dict[int, Block] = _blocks.get("", {part: self.numbers.get(part) for part in self.parts}, _read)

    def _versions(self) -> dict[int, tuple]:
        """Return what a value is good for that follows from the events of a part and from what belongs to none."""
        general = self.numbers.get(NO_EVENT)
        return {part: (self.numbers.get(part), general) for part in self.parts}

    def matching(self, chosen: EventFilter, leaving_out: Container[str] = ()) -> Matching:
        """Return the public events that a valid filter finds, some of its parameters left out.

        One query for each clause that is not known yet.
        """
        held = tuple(clauses(chosen, leaving_out))
        if held not in self._matching:
            self._matching[held] = self._meeting_all(chosen, held)
        return self._matching[held]

    def _meeting_all(self, chosen: EventFilter, held: tuple[Pairs, ...]) -> Matching:
        found = {part: block.public for part, block in self.blocks.items()}
        for pairs in held:
            masks = _masks.get(repr(pairs), self._versions(), lambda stale, one=pairs: self._ask(chosen, one, stale))
            found = {part: mask & masks[part] for part, mask in found.items()}
        return {part: mask for part, mask in found.items() if mask}

    @staticmethod
    def total(matching: Matching) -> int:
        return sum(mask.bit_count() for mask in matching.values())

    def _ask(self, chosen: EventFilter, pairs: Pairs, parts: list[int]) -> Matching:
        """Return the events of these parts for which one clause holds, by one query."""
        events = alone(chosen, pairs).events.order_by()
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

    def by_line(self, matching: Matching) -> Counter:
        """Return how many of these events each actor takes part in, by itself or by one that belongs to it."""
        lines = _lines.get("", self._versions(), self._read_lines)
        found: Counter = Counter()
        for part, mask in matching.items():
            selection = Selection(mask)
            for actor, places in lines[part].items():
                if count := selection.count(places):
                    found[actor] += count
        return found

    def _read_lines(self, parts: Iterable[int]) -> dict[int, Column]:
        above: dict[int, list[int]] = {}
        for ancestor, actor in ActorAncestor.objects.values_list("ancestor", "actor"):
            above.setdefault(actor, []).append(ancestor)
        return {part: _within(self.blocks[part].having["actor"], above) for part in parts}

    def by_row(self, matching: Matching, rows: str, column: str, *asked: Conditions) -> Counter:
        """Return how many of these events have each value of a column in a row (of their "participations" or
        "citations") that meets `asked`; where several are asked, in one row for each."""
        found: Counter = Counter()
        for part, mask in matching.items():
            first, *others = [self._meeting_row(part, mask, rows, column, conditions) for conditions in asked]
            for value, met in first.items():
                for other in others:
                    met &= other.get(value, 0)
                if met:
                    found[value] += met.bit_count()
        return found

    def _meeting_row(self, part: int, mask: int, rows: str, column: str, conditions: Conditions) -> dict[object, int]:
        """Return, as bits, the events of the mask in which one row has the value and meets the conditions."""
        held = [self._held(part, rows, *condition) for condition in conditions]
        found: dict[object, int] = {}
        for layer, *masks in zip(getattr(self.blocks[part], rows), *held, strict=True):
            selection = Selection(reduce(and_, masks, mask))
            for value, places in layer[column].items():
                if met := selection.within(places):
                    found[value] = found.get(value, 0) | met
        return found

    def _held(self, part: int, rows: str, column: str, values: tuple) -> list[int]:
        """Return, as bits for each layer, the events whose row has one of the values."""
        key = part, rows, column, values
        if key not in self._rows:
            columns = [layer[column] for layer in getattr(self.blocks[part], rows)]
            self._rows[key] = [union([one[value] for value in values if value in one]) for one in columns]
        return self._rows[key]

    def spans(self, matching: Matching, unit: str) -> dict[Span | None, int]:
        """Return how many of these events may have begun when, in "days" or whole "months"; None: not known."""
        return {Span.of(code) if code != UNDATED else None: n for code, n in self._by_date(matching, unit).items()}

    def years(self, matching: Matching) -> dict[Years, int]:
        """Return how many of these events went on when."""
        return {Years.of(code): count for code, count in self._by_date(matching, "years").items()}

    def _by_date(self, matching: Matching, column: str) -> Counter:
        key = id(matching), column  # kept in _matching, so no other gets its id
        if key not in self._dates:
            found = self._dates[key] = Counter()
            for part, mask in matching.items():
                found.update(compress(getattr(self.blocks[part], column), Selection(mask).flags))
        return self._dates[key]


def _read(parts: Iterable[int]) -> dict[int, Block]:
    parts = list(parts)
    some = [parts[start : start + AT_ONCE] for start in range(0, len(parts), AT_ONCE)]
    return {part: block for each in some for part, block in read(each).items()}


def _within(actors: Column, above: dict[int, list[int]]) -> Column:
    """Return the events of each actor with those of all that belong to it."""
    found: Column = {}
    for actor, places in actors.items():
        for ancestor in above.get(actor, [actor]):
            found[ancestor] = union([found[ancestor], places]) if ancestor in found else places
    return found
