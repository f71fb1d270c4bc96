"""What the tracker keeps of a date: its text, its bounds and its words.

One EDTF date: 2022, 2022-03 or 2022-03-24, X for what is not known, ? ~ % at the end.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date with its four bounds: calendar days of the place where it happened, all inclusive.

    An open start is date.min, an open end date.max. `~` and `%` widen the bounds: a day by three days, a month by one, a year by one,
    a decade by one. What has no known end is known to have gone on to its latest start.
    """

    edtf: str  # canonical, which is the text as parsed: EDTF has one spelling
    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date
    qualifier: str  # of the whole: "", "?" uncertain, "~" approximate, "%" both
    display: str  # English, never more precise than known; starts in lower case unless a name

    @property
    def is_exact_day(self) -> bool:
        """Return whether it is one known day, without a qualifier."""
        bounds = {self.start_earliest, self.start_latest, self.end_earliest, self.end_latest}
        return len(bounds) == 1 and not self.qualifier

    @property
    def is_ongoing(self) -> bool:
        """Return whether the words say that it goes on, which says nothing of days after those on which sources say so."""
        return self.edtf.endswith(("/..", "..}"))

    @property
    def has_known_start(self) -> bool:
        return self.start_earliest != date.min


_DATE = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)"  # year, month, day, mark
)


# How far "about" reaches before and after what is written.
WIDTH_OF_DAY = timedelta(days=3)
WIDTH_OF_MONTH = 1  # months
WIDTH_OF_YEAR = 1  # years; of a decade as many decades


class Point(NamedTuple):
    lower: date  # first and last day of what is written
    upper: date
    year: int  # 0: not known
    month: int  # 0: not written or not known
    day: int  # 0: not written or not known
    qualifier: str  # "", "?", "~" or "%"
    unknown: str = ""  # what X stands for: "year", "month", "day" or "month and day"

    @property
    def precision(self) -> str:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        """Return the first day that is meant, "about" with its width."""
        return self._widened(-1) if self.is_approximate else self.lower

    @property
    def latest(self) -> date:
        return self._widened(1) if self.is_approximate else self.upper

    @property
    def is_approximate(self) -> bool:
        return self.qualifier in ("~", "%")

    def _widened(self, sign: int) -> date:
        """Return the outermost day of an approximate date, that of the calendar where it ends before."""
        edge = self.lower if sign < 0 else self.upper
        limit = date.min if sign < 0 else date.max
        if self.day:
            return edge + sign * min(WIDTH_OF_DAY, abs(limit - edge))
        years = WIDTH_OF_YEAR * (self.upper.year - self.lower.year + 1)
        months = WIDTH_OF_MONTH if self.month else 12 * years
        year, month = divmod(edge.year * 12 + edge.month - 1 + sign * months, 12)
        if not date.min.year <= year <= date.max.year:
            return limit
        return date(year, month + 1, 1 if sign < 0 else monthrange(year, month + 1)[1])


class Range(NamedTuple):
    """All dates from the first to the last, both included: a..b inside a set."""

    first: Point | None  # None: every date up to the last
    last: Point | None  # None: every date from the first


def parse_point(text: str) -> Point | None:
    """Return the date written, or None where it is not one: bad spelling or not in the calendar."""
    parts = _DATE.fullmatch(text)
    if not parts:
        return None
    try:
        return _unspecified(*parts.groups()) if "X" in text else _specified(*parts.groups())
    except ValueError:
        return None


def _specified(year: str, month: str | None, day: str | None, qualifier: str) -> Point:
    numbers = int(year), int(month) if month else 0, int(day) if day else 0
    if day:
        known = date(*numbers)
        return Point(known, known, *numbers, qualifier)
    first = date(numbers[0], numbers[1] if month else 1, 1)
    last_month = numbers[1] if month else 12
    last = date(numbers[0], last_month, monthrange(numbers[0], last_month)[1])
    return Point(first, last, *numbers, qualifier)


def _unspecified(year: str, month: str | None, day: str | None, qualifier: str) -> Point | None:
    if "X" in year:
        return None if month else _years(year, qualifier)
    if month == "XX":
        if day not in (None, "XX"):
            return None
        whole = _specified(year, None, None, qualifier)
        return whole._replace(unknown="month and day" if day else "month")
    return _specified(year, month, None, qualifier)._replace(unknown="day")


def _years(year: str, qualifier: str) -> Point:
    lower, upper = int(year.replace("X", "0")), int(year.replace("X", "9"))
    return Point(date(lower, 1, 1), date(upper, 12, 31), 0, 0, 0, qualifier, "year")


def combined(qualifiers: Iterable[str]) -> str:
    """Return the one qualifier that says what all of them say."""
    marks = set(qualifiers) - {""}
    return "%" if len(marks) > 1 else marks.pop() if marks else ""
