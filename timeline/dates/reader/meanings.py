"""What words mean as dates, and what "about", "before" or "since" make of it. Written as EDTF at the end."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from timeline.dates.points import Point, combined, parse_point

Member = tuple[str, str]  # first and last EDTF date, the same where it is one; "" is open
SINGLE, ONE_OF, EACH_OF, LASTING = "single", "one of", "each of", "lasting"


@dataclass(frozen=True, slots=True)
class Meaning:
    form: str
    members: tuple[Member, ...]

    @property
    def edtf(self) -> str:
        first, last = self.members[0]
        if self.form == LASTING:
            return f"{first}/{last}"
        if self.form == SINGLE or (len(self.members) == 1 and first == last):
            return first
        written = ",".join(first if first == last else f"{first}..{last}" for first, last in self.members)
        return f"{{{written}}}" if self.form == EACH_OF else f"[{written}]"

    @property
    def first(self) -> str:
        return self.members[0][0]

    @property
    def last(self) -> str:
        return self.members[-1][1]


def single(edtf: str) -> Meaning:
    return Meaning(SINGLE, ((edtf, edtf),))


def between(first: str, last: str) -> Meaning:
    return single(first) if first == last and first else Meaning(ONE_OF, ((first, last),))


def one_of(*dates: str) -> Meaning:
    return Meaning(ONE_OF, tuple((edtf, edtf) for edtf in dict.fromkeys(dates)))


def one_of_members(members: tuple[Member, ...]) -> Meaning:
    """Return one of these, spans that follow each other as one: "late March or early April"."""
    members = tuple(sorted(dict.fromkeys(members))) if all(all(member) for member in members) else members
    merged = [members[0]]
    for first, last in members[1:]:
        before = merged[-1]
        is_span = first != last and before[0] != before[1] and "" not in (first, before[1])
        if is_span and len(first) == 10 and neighbour(before[1], 1) == first:
            merged[-1] = before[0], last
        else:
            merged.append((first, last))
    return Meaning(ONE_OF, tuple(merged))


def each_of(members: tuple[Member, ...]) -> Meaning:
    members = tuple(dict.fromkeys(members))
    return single(members[0][0]) if len(members) == 1 and members[0][0] == members[0][1] else Meaning(EACH_OF, members)


def lasting(first: str, last: str) -> Meaning:
    return Meaning(LASTING, ((first, last),))


def from_month(first: str, last: date) -> Meaning:
    """Return one of the days from a month on, up to a day: of one month its own days."""
    if last.isoformat().startswith(first):
        return days(last.replace(day=1), last)
    return between(first, last.isoformat())


def days(first: date, last: date) -> Meaning:
    return between(first.isoformat(), last.isoformat())


def marked(meaning: Meaning, mark: str) -> Meaning:
    """Return the meaning with a qualifier at each of its dates."""
    if not mark:
        return meaning
    members = tuple((_marked(first, mark), _marked(last, mark)) for first, last in meaning.members)
    return Meaning(meaning.form, members)


def _marked(edtf: str, mark: str) -> str:
    if edtf in ("", ".."):
        return edtf
    bare = edtf.rstrip("?~%")
    return bare + combined((mark, edtf[len(bare) :]))


def up_to(meaning: Meaning) -> Meaning:
    return between("", meaning.last) if meaning.last not in ("", "..") else _no_limit()


def not_before(meaning: Meaning) -> Meaning:
    return between(meaning.first, "") if meaning.first not in ("", "..") else _no_limit()


def before(meaning: Meaning) -> Meaning:
    return between("", neighbour(meaning.first, -1)) if meaning.first not in ("", "..") else _no_limit()


def after(meaning: Meaning) -> Meaning:
    return between(neighbour(meaning.last, 1), "") if meaning.last not in ("", "..") else _no_limit()


def since(meaning: Meaning) -> Meaning:
    return lasting(_one_date(meaning, 0), "..")


def starting(meaning: Meaning) -> Meaning:
    return lasting(_one_date(meaning, 0), "")


def until(meaning: Meaning) -> Meaning:
    return lasting("", _one_date(meaning, -1))


def until_open(meaning: Meaning) -> Meaning:
    return lasting("..", _one_date(meaning, -1))


def _no_limit() -> Meaning:
    raise ValueError("What has no end is no limit.")


def _one_date(meaning: Meaning, place: int) -> str:
    """Return the meaning as one EDTF date, for an interval: the month of days of one month, else the year.

    Raises ValueError where it is none.
    """
    members = {edtf for member in meaning.members for edtf in member}
    if len(members) == 1:
        return members.pop()
    first, last = meaning.first, meaning.last
    if meaning.form != ONE_OF or not (first and last):
        return _no_limit().edtf
    for length in (7, 4):
        if first[:length] == last[:length] and len(first) > length - 1 and len(last) > length - 1:
            return first[:length]
    return first if place == 0 else last


def neighbour(edtf: str, step: int) -> str:
    """Return the day, month or year next to the one written. Raises ValueError beyond the calendar."""
    bare = edtf.rstrip("?~%")
    point = point_of(bare)
    try:
        day = (point.lower if step < 0 else point.upper) + timedelta(days=step)
    except OverflowError:
        raise ValueError(f"There is nothing beyond {bare}: days run from {date.min} to {date.max}.") from None
    if bare.endswith("X"):
        return f"{day.year:04}" + edtf[len(bare) :]
    return day.isoformat()[: len(bare)] + edtf[len(bare) :]


def point_of(edtf: str) -> Point:
    """Return bounds and parts of an EDTF date. Raises ValueError for one that does not exist."""
    point = parse_point(edtf)
    if point is None:
        raise ValueError(f"{edtf} is not in the calendar.")
    return point


def bounds(meaning: Meaning) -> tuple[date, date]:
    """Return the first and the last day of a meaning without open ends."""
    return point_of(meaning.first).lower, point_of(meaning.last).upper


def shifted(day: date, number: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years later; a day that the month lacks is its last.

    Raises OverflowError beyond the calendar.
    """
    if unit in ("day", "week"):
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    months = number * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("Outside the calendar of years 1 to 9999.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


SECTIONS = {  # first and last of the ten days, of the months of a year, of the years of a decade
    "early": ((1, 10), (1, 4), (0, 3)),
    "beginning": ((1, 10), (1, 4), (0, 3)),
    "mid": ((11, 20), (5, 8), (4, 6)),
    "late": ((21, 31), (9, 12), (7, 9)),
    "end": ((21, 31), (9, 12), (7, 9)),
    "mid to late": ((11, 31), (5, 12), (4, 9)),
    "early to mid": ((1, 20), (1, 8), (0, 6)),
    "first half": ((1, 15), (1, 6), (0, 4)),
    "second half": ((16, 31), (7, 12), (5, 9)),
    "first week": ((1, 7), (1, 1), (0, 0)),
    "second week": ((8, 14), (1, 1), (0, 0)),
    "third week": ((15, 21), (1, 1), (0, 0)),
    "fourth week": ((22, 28), (1, 1), (0, 0)),
    "last week": ((25, 31), (12, 12), (9, 9)),
}
EXACT_SECTIONS = ("first half", "second half")


def section(edtf: str, name: str) -> Meaning:
    """Return the days of a part of a month, the months of a part of a year, the years of a part of a decade."""
    bare = edtf.rstrip("?~%")
    of_month, of_year, of_decade = SECTIONS[name]
    if bare.endswith("X"):
        return between(f"{bare[:3]}{of_decade[0]}", f"{bare[:3]}{of_decade[1]}")
    if len(bare) == 4:
        return between(f"{bare}-{of_year[0]:02}", f"{bare}-{of_year[1]:02}")
    year, month = map(int, bare.split("-"))
    length = monthrange(year, month)[1]
    first, last = of_month
    if name == "last week":
        first = length - 6
    return between(f"{bare}-{first:02}", f"{bare}-{min(last, length):02}")


def _since_at_least(meaning: Meaning) -> Meaning:
    return since(marked(meaning, "~"))


def _next_to(meaning: Meaning, step: int) -> Meaning:
    """Return the day before or after. Raises ValueError for what is no day."""
    if len(meaning.first.rstrip("?~%")) != 10 or meaning.form != SINGLE:
        raise ValueError("The day beside a month is not said.")
    return single(neighbour(meaning.first, step))


def _around(meaning: Meaning, mark: str = "~") -> Meaning:
    return marked(meaning, mark)


LIMITED: dict[str, Callable[[Meaning], Meaning]] = {
    "before": before,
    "after": after,
    "up to": up_to,
    "not before": not_before,
    "since at least": _since_at_least,
    "since": since,
    "until": until,
    "until open": until_open,
    "from": since,
    "starting": starting,
    "the day before": partial(_next_to, step=-1),
    "the day after": partial(_next_to, step=1),
    "days around": _around,
    "weeks around": _around,
    "hours around": _around,
    "as early as": lambda meaning: meaning,
    "on": lambda meaning: meaning,
}
