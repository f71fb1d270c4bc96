"""Time cut into equal pieces of one unit: where they begin, and what they are called."""

import datetime as dt
from collections.abc import Callable, Sequence

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
