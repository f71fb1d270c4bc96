"""A time axis drawn in per cent: where a day stands, and which days carry a label."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from timeline.charts.marks import Window

WIDE_TICKS, NARROW_TICKS = 9, 4  # labels that fit a wide drawing, and a narrow one
LAST_LABEL = 94  # per cent: a label further to the right would be cut off
# what lies between two labels: number of a unit, from the finest to the coarsest
STEPS = [(1, "day"), (2, "day"), (7, "day"), (1, "month"), (3, "month"), (6, "month")]
STEPS += [(years, "year") for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)]
FINEST = {"day": (1, "day"), "week": (7, "day"), "month": (1, "month"), "quarter": (3, "month"), "decade": (10, "year")}


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text: str
    is_strong: bool  # it names a year, or the first day shown
    only: str  # "wide" or "narrow": on which drawing it stands; empty: on both


class DayScale:
    """The days from `first` to `last`, both included, as per cent of the width."""

    def __init__(self, first: dt.date, last: dt.date):
        self.first = first.toordinal()
        self.days = last.toordinal() - self.first + 1

    def start_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal())

    def end_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal() + 1)

    def _per_cent(self, ordinal: int) -> float:
        """Return 0 to 100; a day outside stands at the edge."""
        return min(max(100 * (ordinal - self.first) / self.days, 0), 100)


def svg_number(number: float) -> str:
    """Return a number for an attribute: three decimals, no idle zeros."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def ticks(first: dt.date, last: dt.date, unit: str = "day") -> list[Tick]:
    """Return the labels of an axis, for wide and for narrow drawings; none is finer than `unit`."""
    steps = STEPS[STEPS.index(FINEST.get(unit, (1, "year"))) :]
    wide, narrow = _labelled(first, last, steps, WIDE_TICKS), _labelled(first, last, steps, NARROW_TICKS)
    both = set(wide) & set(narrow)
    labels = [(mark, "" if mark in both else "wide") for mark in wide]
    labels += [(mark, "narrow") for mark in narrow if mark not in both]
    return [Tick(*mark, only) for mark, only in labels]


def _labelled(first: dt.date, last: dt.date, steps: list, most: int) -> list[tuple[str, str, bool]]:
    scale = DayScale(first, last)
    days, unit = _days(first, last, steps, most)
    named_year = False
    labels = []
    for day in days:
        if (x := scale.start_of(day)) > LAST_LABEL:
            break
        text, names_year = _label(day, unit, named_year)
        named_year = named_year or names_year
        labels.append((svg_number(x), text, names_year))
    return labels


def _days(first: dt.date, last: dt.date, steps: list, most: int) -> tuple[list[dt.date], str]:
    """Return the days of the finest step that needs no more than `most` labels, and its unit."""
    for count, unit in steps:
        days = list(_every(count, unit, first, last, most + 1))
        if len(days) <= most:
            break
    return days, unit


def _every(count: int, unit: str, first: dt.date, last: dt.date, most: int) -> Iterator[dt.date]:
    """Yield at most `most` days of this step; weeks begin on Monday, months and years on their first."""
    day = _at_or_after(first, count, unit)
    while day and day <= last and most:
        yield day
        day = _next(day, count, unit)
        most -= 1


def _at_or_after(day: dt.date, count: int, unit: str) -> dt.date | None:
    if unit == "day":
        return day + dt.timedelta(days=-day.weekday() % 7) if count == 7 else day
    months = (day.year * 12 + day.month - 1) + (day.day > 1)
    step = count * (12 if unit == "year" else 1)
    return _month(-(-months // step) * step)


def _next(day: dt.date, count: int, unit: str) -> dt.date | None:
    if unit == "day":
        return day + dt.timedelta(days=count) if day.toordinal() + count <= dt.date.max.toordinal() else None
    return _month(day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1))


def _month(months: int) -> dt.date | None:
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, 1) if year <= dt.date.max.year else None


def _label(day: dt.date, unit: str, named_year: bool) -> tuple[str, bool]:
    """Return the label, and whether it names the year: the first does, and every one that begins a year."""
    if unit == "year" or unit == "month" and day.month == 1:
        return str(day.year), True
    short = f"{day:%b}" if unit == "month" else f"{day.day} {day:%b}"
    begins = not named_year or (unit == "day" and (day.month, day.day) == (1, 1))
    return (f"{short} {day.year}", True) if begins else (short, False)


# Where days stand in the plot: per cent of its width, as attributes say it.

FAR = 100  # per cent beyond the edges to which a mark is drawn, so that moving the plot a little shows more of it


class Scale:
    def __init__(self, window: Window, width: int):
        self.start = window.first.toordinal()
        self.days = window.days
        self.width = width  # CSS pixels

    def start_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal())

    def end_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal() + 1)

    def _per_cent(self, ordinal: int) -> float:
        return min(max(100 * (ordinal - self.start) / self.days, -FAR), 100 + FAR)

    def pixels(self, per_cent: float) -> float:
        return per_cent * self.width / 100

    def inside(self, day: dt.date | None) -> str:
        """Return where a day ends; empty where that is not in the plot."""
        x = self.end_of(day) if day else -1
        return svg_number(x) if 0 <= x <= 100 else ""

    def span(self, first: dt.date, last: dt.date) -> tuple[str, str]:
        """Return x and width."""
        start, end = self.start_of(first), self.end_of(last)
        return svg_number(start), svg_number(end - start)


# Time cut into equal pieces of one unit: where they begin, and what they are called.

DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
UNITS = (*DAYS, *MONTHS)
ORDINALS = ("1st", "2nd", "3rd", "4th")
FIRST_YEAR = 1000  # that a period can name
LAST_DAY = dt.date.max.toordinal()


def edges(
    first: dt.date,
    last: dt.date,
    most: int,
    serves: Callable[[Sequence[int]], bool] = lambda edges: True,
    units: Sequence[str] = UNITS,
) -> tuple[str, list[int]]:
    """Return the smallest of `units` that needs at most `most` pieces and `serves`, else the largest, and the ordinals of
    the days on which they begin, the day after the last one at the end."""
    for unit in units:
        ordinals = _by_days(DAYS[unit], first, last) if unit in DAYS else _by_months(MONTHS[unit], first, last)
        if len(ordinals) <= most + 1 and serves(ordinals):
            break
    return unit, [*ordinals[:-1], min(ordinals[-1], LAST_DAY + 1)]


def _by_days(step: int, first: dt.date, last: dt.date) -> range:
    start = first.toordinal()
    start -= (start - 1) % step  # the first of all days is a Monday
    pieces = (last.toordinal() - start) // step + 1
    return range(start, start + pieces * step + 1, step)


def _by_months(step: int, first: dt.date, last: dt.date) -> list[int]:
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    pieces = range(start - start % step, end - end % step + step + 1, step)
    return [_first_of(month) for month in pieces]


def _first_of(months: int) -> int:
    year, month = divmod(months, 12)
    if year > dt.date.max.year:
        return LAST_DAY + 1
    return dt.date(max(year, 1), month + 1, 1).toordinal()


def label(unit: str, first: dt.date) -> str:
    """Return "24 March 2022", "Week of 21 March 2022", "November 2020", "2nd quarter 2022", "2022" or "2010s"."""
    day = f"{first.day} {first:%B} {first.year}"
    names = {
        "day": day,
        "week": f"Week of {day}",
        "month": f"{first:%B} {first.year}",
        "quarter": f"{ORDINALS[(first.month - 1) // 3]} quarter {first.year}",
        "year": str(first.year),
        "decade": f"{first.year // 10 * 10}s",
        "century": f"{first.year // 100 * 100} to {first.year // 100 * 100 + 99}",
        "millennium": f"{first.year // 1000 * 1000} to {first.year // 1000 * 1000 + 999}",
    }
    return names[unit]


def period(unit: str, first: dt.date, last: dt.date) -> dict[str, str]:
    """Return the parameters of the filter that mean these days, as short as they can be said."""
    length = 10 if unit in DAYS else 7 if unit in ("month", "quarter") else 4
    days = {"from": first, "to": last}
    return {name: max(day, dt.date(FIRST_YEAR, 1, 1)).isoformat()[:length] for name, day in days.items()}
