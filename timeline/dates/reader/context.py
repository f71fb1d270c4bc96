"""What a date is read against, and what had to be assumed."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol


class NeedsDay(ValueError):
    """The words depend on the day on which they were said, which is not known."""


class Around(Protocol):
    """The words around a date."""

    def leans_ahead(self) -> bool | None: ...

    def tells_of_plans(self) -> bool: ...


@dataclass
class Context:
    said_on: date | None = None
    source: str = "the briefing"  # whose day that is, in words
    is_text: bool = False  # found in a text; else typed, alone
    ahead: bool | None = None  # True: of what is to come, False: of what has been; None: as the words around say
    around: Around | None = None
    is_fine: bool = False  # "early March" is its first ten days; else the month
    is_limit: bool = False  # "by", "until", "through": the nearest such day is meant
    notes: list[str] = field(default_factory=list)
    needs_day: bool = False  # depends on the day of the source
    lacks_year: bool = False
    is_vague: bool = False  # does not say which days
    is_open: bool = False  # two years are as near, and nothing tells which is meant
    is_backwards: bool = False  # the year of one date was taken from the other, against their order

    @cached_property
    def leans_ahead(self) -> bool | None:
        """Return whether it is a date of what is to come; None: nothing tells."""
        return self.ahead if self.ahead is not None or self.around is None else self.around.leans_ahead()

    @cached_property
    def has_plans(self) -> bool:
        """Return whether the words around speak of what is to come, be it beside what has been."""
        return self.around is not None and self.around.tells_of_plans()

    def day_needed(self) -> date:
        """Return the day of the source. Raises NeedsDay where it is not known."""
        self.needs_day = True
        if self.said_on is None:
            raise NeedsDay
        return self.said_on

    def note(self, words: str, *, first: bool = False) -> None:
        if words not in self.notes:
            self.notes.insert(0 if first else len(self.notes), words)
