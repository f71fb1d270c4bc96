"""A time axis drawn in per cent: where a day stands, and which days carry a label."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

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
