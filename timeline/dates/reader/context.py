"""What a date is read against, and what had to be assumed."""

from dataclasses import dataclass, field
from datetime import date


class NeedsDay(ValueError):
    """The words depend on the day on which they were said, which is not known."""


@dataclass(slots=True)
class Context:
    said_on: date | None = None
    source: str = "the briefing"  # whose day that is, in words
    is_text: bool = False  # found in a text; else typed, alone
    leans_ahead: bool | None = (
        None  # what the words around say: True what is to come, False what has been, None nothing
    )
    has_plans: bool = False  # the words around speak of what is to come, be it beside what has been
    is_fine: bool = False  # "early March" is its first ten days; else the month
    is_limit: bool = False  # "by", "until", "through": the nearest such day is meant
    notes: list[str] = field(default_factory=list)
    needs_day: bool = False  # depends on the day of the source
    lacks_year: bool = False
    is_vague: bool = False  # does not say which days
    is_open: bool = False  # two years are as near, and nothing tells which is meant
    backwards: str = ""

    def day_needed(self) -> date:
        """Return the day of the source. Raises NeedsDay where it is not known."""
        self.needs_day = True
        if self.said_on is None:
            raise NeedsDay
        return self.said_on

    def note(self, words: str, *, first: bool = False) -> None:
        if words not in self.notes:
            self.notes.insert(0 if first else len(self.notes), words)

    def assume(self, edtf: str, reason: str) -> None:
        self.backwards = reason
