"""Why a text is not accepted as a whole, and what to write instead.

Reasons that lie in one date of it are in refused_dates.
"""

import re
from collections.abc import Callable

from .points import Point, parse_point
from .refused_dates import EXAMPLES, NO_YEAR, marks_at_end, not_year_first, of_date, of_year

LONGEST = 200  # characters
_PROSE = re.compile(r"(?!unknown|open)(?<![a-z])[A-Za-z]{3}")
DASHES = str.maketrans("‐‑‒–—−", "------")
_LENGTHS = {"year": 4, "month": 7, "day": 10}  # characters of an ISO date

_REASONS = (
    (r"\s", "contains white space, which EDTF does not have"),
    (r"(?![0-9])\d", "has digits other than 0 to 9"),
    (r"[‐‑‒–—−]", "has a dash where EDTF has the plain hyphen"),
    (r"unknown", 'says "unknown", as in the draft of 2012; an unknown end is now left empty'),
    (r"open", 'says "open", as in the draft of 2012; an open end is now two dots'),
    (r"[()]", "has parentheses, as in the draft of 2012; now one mark at the end goes for the whole date"),
    (r"u", 'has the letter "u", as in the draft of 2012; an unknown digit is now X'),
    (r"[xtz]", "has a small letter where EDTF has the capitals X, T and Z"),
)


def of_characters(text: str, accepts: Callable[[str], bool]) -> str:
    if not text:
        return f"The date is empty. Write {EXAMPLES}."
    if len(text) > LONGEST:
        return f"The date has {len(text)} characters; {LONGEST} are the most. Write {EXAMPLES}."
    if _PROSE.search(text):
        return f"{shown(text)} is not a date in EDTF. Write {EXAMPLES}."
    if text.startswith("-"):
        return f"{shown(text)} has a negative year. {NO_YEAR}."
    if re.search("[Yy]", text):
        return f"{shown(text)} has a year with Y, which has more than four digits. {NO_YEAR}."
    if match := re.fullmatch("(?!00)([0-9]{3})[0-9]S[0-9]+", text):
        return _significant_digits(text, match[1])
    reasons = (reason for pattern, reason in _REASONS if re.search(pattern, text))
    reason = next(reasons, "has characters that EDTF does not have")
    corrected = _corrected(text)
    return f"{shown(text)} {reason}. {_write(corrected if accepts(corrected) else EXAMPLES)}"


def _write(proposal: str) -> str:
    # A full stop after two dots would read as a third one.
    return f"Write {proposal}" if proposal.endswith(".") else f"Write {proposal}."


def _significant_digits(text: str, decade: str) -> str:
    return (
        f'"{text}" has significant digits (S, EDTF level 2). '
        f"Write {text[:4]} for the year, {decade}X for its decade or {decade[:2]}XX for its hundred years."
    )


def shown(text: str) -> str:
    return f'"{text}"' if text.isprintable() else ascii(text)


def _corrected(text: str) -> str:
    text = "".join(text.split()).translate(DASHES).replace("unknown", "").replace("open", "..")
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), text)
    text = re.sub(r"[()]", "", text).replace("u", "X").upper()
    return re.sub(r"[^/,.\[\]{}]+", lambda match: marks_at_end(match[0]), text)


def of_interval(text: str) -> str:
    if reason := not_year_first(text):
        return reason
    if not set("[]{},").isdisjoint(text):
        return (
            f'"{text}" mixes an interval and a set. Write one of them, '
            "for example 2022-03-21/2022-03-24 (lasted) or [2022-03-21..2022-03-24] (one of these days)."
        )
    if text.count("/") > 1:
        return f'"{text}" has more than one slash. Write the first and the last date: 2022-03-21/2022-03-24.'
    if not text.strip("./"):
        return f'"{text}" has no date, so it says nothing. Write one, for example 2020-11-10/.. (ongoing).'
    ends = text.split("/")
    if reason := next(filter(None, map(of_year, ends)), None):
        return reason
    if "X" in text:
        return _of_x(text)
    return next(of_date(end) for end in ends if end not in ("", "..") and not parse_point(end))


def _of_x(text: str) -> str:
    start, end = text.split("/")
    first, last = _without_x(start, "0"), _without_x(end, "9")
    lowest, highest = parse_point(first), parse_point(last)
    fits = not (lowest and highest) or lowest.lower <= highest.lower
    readable = (lowest or first in ("", "..")) and (highest or last in ("", ".."))
    proposal = f"{first}/{last}" if fits and readable else "for example 2004-06/2004-07-03"
    return f'"{text}" has X inside an interval (EDTF level 2). {_write(f"the dates without X: {proposal}")}'


def _without_x(text: str, digit: str) -> str:
    mark = text[-1:] if text.endswith(("?", "~", "%")) else ""
    written = text.removesuffix(mark)
    year = written[:4]
    return (year.replace("X", digit) if "X" in year else written.partition("-XX")[0]) + mark


def of_order(text: str, first: Point, last: Point) -> str:
    start, end = text.split("/")
    if last.upper < first.lower:
        return f'"{text}" ends before it starts. Write the earlier date first: {end}/{start}.'
    return (
        f'"{text}" may end before it starts, because {end} begins before {start}. Write the end as a day, '
        f"for example {start}/{last.upper}, or the start as coarsely as the end: {end}/{end}."
    )


def of_set_shape(text: str) -> str | None:
    members = text.strip("[]{}").split(",")
    if "" in members:
        return f'"{text}" lacks a date. Write one on each side of the comma: [2022-03-21,2022-03-22].'
    if ".." in members:
        return f'"{text}" has two dots alone. Write [..2022-03-25] (or before) or [2022-03-25..] (or after).'
    if any(member.startswith("..") for member in members[1:]):
        return f'"{text}" has an open start that is not first. Write it first, for example [..1984,1990].'
    if any(member.endswith("..") for member in members[:-1]):
        return f'"{text}" has an open end that is not last. Write it last, for example [1984,1990..].'
    return _of_brackets(text, members)


def _of_brackets(text: str, members: list[str]) -> str | None:
    inside = text[1:-1]
    if text[0] + text[-1] in ("[]", "{}") and set("[]{}").isdisjoint(inside):
        return None
    if set("[]{}").isdisjoint(text) and all(map(_is_member, members)):
        return f'"{text}" lists dates without brackets. Write [{text}] (one of them) or {{{text}}} (each).'
    return (
        f'"{text}" is not a set. Write its dates between [ and ] (one of them) or {{ and }} (each of them), '
        "marks at the dates, for example [2022-03-21~,2022-03-22]."
    )


def _is_member(text: str) -> bool:
    first, dots, last = text.partition("..")
    lower, upper = parse_point(first), parse_point(last)
    if (first and not lower) or (last and not upper):
        return False
    return not (dots and of_range(text, lower, upper, one_of=False))


def of_range(text: str, first: Point | None, last: Point | None, *, one_of: bool) -> str | None:
    if reason := _wrong_with_range(first, last, one_of):
        first, last = (last, first) if _backwards(first, last) else (first, last)
        length = max(_LENGTHS[point.precision] for point in (first, last) if point)
        low = first.lower.isoformat()[:length] + first.qualifier if first else ""
        high = last.upper.isoformat()[:length] + last.qualifier if last else ""
        return f'"{text}" {reason}. Write {low}..{high} inside the set.'
    return None


def _wrong_with_range(first: Point | None, last: Point | None, one_of: bool) -> str | None:
    if any(point.unknown for point in (first, last) if point):
        return "has X beside two dots"
    if first and last and first.precision != last.precision:
        if not one_of:
            return "needs the same precision on both sides of the dots"
        if first.lower <= last.upper and last.lower <= first.upper:
            return "has one end inside the other"
    return "runs backwards" if _backwards(first, last) else None


def _backwards(first: Point | None, last: Point | None) -> bool:
    return bool(first and last and first.lower > last.upper)
