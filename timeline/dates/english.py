"""Dates in English, British order, never more precise than known."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from .points import Point, Range

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def alone(point: Point) -> str:
    known = _marked(words(point), point.qualifier)
    return f"{known}, {point.unknown} not known" if point.unknown not in ("", "year") else known


def lasting(first: Point, last: Point) -> str:
    return words_of(first) if first == last else _together([first, last], " to ".join)


def without_end(first: Point, ending: str) -> str:
    return f"{words_of(first)}, ongoing" if ending == "ongoing" else f"from {words_of(first)}, {ending}"


def without_start(last: Point, beginning: str) -> str:
    return f"until {words_of(last)}, {beginning}"


def one_of(members: Sequence[Point | Range]) -> str:
    return _set(members, "or", _one_of_range)


def each_of(members: Sequence[Point | Range]) -> str:
    return _set(members, "and", _each_of_range)


def words_of(point: Point) -> str:
    """Return a date as it appears beside others: marked, without what is not known about it."""
    return _marked(words(point), point.qualifier)


def words(point: Point) -> str:
    if point.unknown == "year":
        return _decade_or_century(point)
    if not point.month:
        return year(point.year)
    return f"{_day_and_month(point)} {year(point.year)}"


def year(number: int) -> str:
    # A bare "800" or "33" does not read as a year.
    return str(number) if number >= 1000 else f"AD {number}"


def _decade_or_century(point: Point) -> str:
    first, last = point.lower.year, point.upper.year
    # "1900s" may be ten years or a hundred, "2010s" only ten.
    if last - first < 10 and first % 100 and first >= 1000:
        return f"{first}s"
    return f"between {year(first)} and {year(last)}"


def _marked(text: str, qualifier: str) -> str:
    if qualifier in ("~", "%"):
        text = f"{_about(text)} {text}"
    return f"{text} (uncertain)" if qualifier in ("?", "%") else text


def _about(text: str) -> str:
    if text.startswith("between"):
        return "approximately"
    return "about the" if text.endswith("0s") else "about"


def _together(points: Sequence[Point], join: Callable[[list[str]], str]) -> str:
    """Return the dates joined, saying a shared month, year and qualifier once.

    A qualifier is said once only where the first date is cut short; else it would seem to belong to one date.
    """
    short = _shortened(points)
    qualifiers = {point.qualifier for point in points}
    if len(qualifiers) == 1 and short[0] != words(points[0]):
        return _marked(join(short), qualifiers.pop())
    return join(short if qualifiers == {""} else [words_of(point) for point in points])


def _shortened(points: Sequence[Point]) -> list[str]:
    full = [words(point) for point in points]
    precisions = {point.precision for point in points}
    same_year = len({point.year for point in points}) == 1
    same_month = same_year and len({point.month for point in points}) == 1
    if precisions == {"day"} and same_month:
        return [*(str(point.day) for point in points[:-1]), full[-1]]
    if same_year and "year" not in precisions and len(precisions) == 1:
        return [*(_day_and_month(point) for point in points[:-1]), full[-1]]
    return full


def _day_and_month(point: Point) -> str:
    month = MONTHS[point.month - 1]
    return f"{point.day} {month}" if point.day else month


def _set(members: Sequence[Point | Range], last: str, words_of_range: Callable[[Range], str]) -> str:
    members = _spelled_out(members)
    points = [member for member in members if isinstance(member, Point)]
    if len(points) == len(members):
        return _together(points, partial(_listed, last=f" {last} "))
    texts = [words_of(member) if isinstance(member, Point) else words_of_range(member) for member in members]
    return _listed(texts, last=f", {last} ")


def _listed(texts: list[str], last: str) -> str:
    return last.join(text for text in (", ".join(texts[:-1]), texts[-1]) if text)


def _spelled_out(members: Sequence[Point | Range]) -> list[Point | Range]:
    """Return the members in order, each once, ranges of one or two dates as those dates."""
    spelled = [part for member in members for part in _parts(member)]
    return sorted(dict.fromkeys(spelled), key=_place_in_order)


def _parts(member: Point | Range) -> tuple[Point | Range, ...]:
    if isinstance(member, Point) or not member.first or not member.last:
        return (member,)
    first, last = member.first, member.last
    if first == last:
        return (first,)
    return (first, last) if last.lower - first.upper == timedelta(days=1) else (member,)


def _place_in_order(member: Point | Range) -> date:
    first = member if isinstance(member, Point) else member.first
    return first.lower if first else date.min


def _one_of_range(ends: Range) -> str:
    known = [point for point in ends if point]
    if len(known) == 2:
        return _together(known, lambda texts: f"between {texts[0]} and {texts[1]}")
    return f"{'on' if known[0].day else 'in'} or {'after' if ends.first else 'before'} {words_of(known[0])}"


def _each_of_range(ends: Range) -> str:
    known = [point for point in ends if point]
    every = f"every {known[0].precision}"
    if len(known) == 2:
        return f"{every} from {_together(known, ' to '.join)}"
    return f"{every} {'from' if ends.first else 'up to'} {words_of(known[0])}"
