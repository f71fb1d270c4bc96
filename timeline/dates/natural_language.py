"""What people type as a date, turned into EDTF: "24 March 2022", "21 or 22 March 2022", "since May 2020".

Nothing is guessed: what could mean two days, or depends on the day it was said, is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from . import parse
from .english import MONTHS
from .points import combined
from .refusals import DASHES, LONGEST, shown
from .refused_dates import not_year_first

_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = {name.lower()[:length]: n for n, name in enumerate(_WEEKDAY_NAMES) for length in (3, 9)}
_MONTHS = {name.lower()[:length]: n for n, name in enumerate(MONTHS, 1) for length in (3, 9)} | {"sept": 9}
_MARKS = {
    **dict.fromkeys(("about", "around", "approximately", "circa", "ca", "c", "~"), "~"),
    **dict.fromkeys(("possibly", "perhaps", "maybe", "uncertain", "?"), "?"),
    "%": "%",
}
_EDTF = re.compile(r"[0-9XxTtZz?~%:+,./\[\]{}\s-]+")
_WORD = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9])|[0-9]{3}0'?s|[0-9]+|[a-z]+|[-,?~%]"
_TO = " (?:to|until|till|through|-) "
_PHRASES: tuple[tuple[str, Callable[..., str]], ...] = (
    ("between (.+) and (.+)", "[{}..{}]".format),
    (f"every (?:day|month|year) from (.+){_TO}(.+)", "{{{}..{}}}".format),
    ("since (.+?)(?: ,)?(?: ongoing)?", "{}/..".format),
    ("(?:from )?(.+?)(?: ,)?(?: still)? ongoing", "{}/..".format),
    (f"(?:from )?(.+){_TO}(.+)", "{}/{}".format),
    ("from (.+?)(?: onwards?| , end not known)?", "{}/".format),
    ("(?:until|till|up to) (.+) , start open", "../{}".format),
    ("(?:until|till|up to) (.+?)(?: , start not known)?", "/{}".format),
    ("(?:(?:on|in) or before|by|no later than) (.+)", "[..{}]".format),
    ("(?:(?:on|in) or after|no earlier than) (.+)", "[{}..]".format),
    ("before (.+)", lambda day: f"[..{_neighbour(day, -1)}]"),
    ("after (.+)", lambda day: f"[{_neighbour(day, 1)}..]"),
)
_REASONS = (
    (
        rf"\b(?:yesterday|today|tomorrow|tonight|now|ago|{'|'.join(_WEEKDAYS)}"
        r"|(?:last|next|this|past) (?:night|morning|evening|day|week|month|year))\b",
        "depends on the day it was said. Resolve it against the date of the briefing and write the day, "
        "for example 24 March 2022.",
    ),
    (
        r"\b(?:spring|summer|autumn|winter|fall)\b",
        "is a season, and seasons differ from place to place. Write the months, "
        "for example between March and May 2021.",
    ),
    (
        r"\b(?:early|mid|middle|late|beginning|start|end|week|weekend|century)\b",
        "does not say which days. Write the first and the last day it can be, "
        "for example between 1 and 10 November 2020.",
    ),
    (
        r"\b[0-9]{2}00'?s\b",
        "could be ten years or a hundred. Write for example 190X (1900 to 1909) or 19XX (1900 to 1999).",
    ),
    (r"[0-9]:[0-9]", "has a clock time. Write the day alone, or for example 2022-03-24T18:30:00+04:00."),
    (r"[a-z] '?[0-9]{2}$", "has no year of four digits. Write for example 24 March 2022."),
)
_EXAMPLES = "for example 24 March 2022, November 2020, 21 or 22 March 2022, or 2022-03-24"


class _NotUnderstood(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Item:
    """One date as typed; what it leaves out stands in a date beside it."""

    written: str = ""  # whole: an ISO date or a decade
    year: str = ""
    month: int = 0
    day: int = 0
    weekday: str = ""
    before: str = ""  # qualifier in front
    behind: str = ""  # qualifier after it


def to_edtf(text: str) -> str:
    """Return the EDTF of what a person typed; EDTF itself comes back unchanged.

    Raises ValueError, with what is wrong and what would be right, for everything it does not understand.
    """
    tidied = _tidied(text)
    for candidate in (text, tidied):
        if _accepts(candidate):
            return candidate
    if not tidied or len(tidied) > LONGEST:
        return parse(tidied).edtf
    if reason := _numbers_only(tidied):
        raise ValueError(reason)
    try:
        return parse(_phrase(_canonical(tidied), tidied)).edtf
    except _NotUnderstood:
        if _EDTF.fullmatch(tidied):
            return parse(tidied).edtf
        raise ValueError(_reason(tidied)) from None


def _accepts(text: str) -> bool:
    try:
        return bool(parse(text))
    except ValueError:
        return False


def _tidied(text: str) -> str:
    text = " ".join(text.split()).translate(DASHES)
    if _EDTF.fullmatch(text):
        return re.sub(r" ?(\.\.|[\[\]{},/]) ?", r"\1", text).upper()
    return text


def _numbers_only(text: str) -> str | None:
    if re.fullmatch(r"[0-9]{1,2}([/.-])[0-9]{1,2}(?:\1[0-9]{2})?", text):
        return f'"{text}" has no year of four digits. Write for example 24 March 2022.'
    return not_year_first(text)


def _canonical(text: str) -> str:
    """Return small letters with one space between any two tokens, without words that say nothing."""
    text = re.sub(r"(?<=[a-z])\.|[()]", " ", text.lower())
    text = re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b|\b(?:of|the|either|both|and(?= still))\b", " ", text)
    text = re.sub(r"\b(?:on|in) (?!or )", " ", text)
    tokens = re.findall(_WORD, text)
    if "".join(tokens) != "".join(text.split()):
        raise _NotUnderstood
    text = re.sub(r"\bad ([0-9]{1,3})\b", lambda year: year[1].zfill(4), " ".join(tokens))
    text = re.sub(rf"\b({'|'.join(_WEEKDAYS)}) ,", r"\1", text)
    text = re.sub(rf"(?<!\S)([0-9]{{1,2}}|{'|'.join(_MONTHS)}) , (?=[0-9]{{4}}\b)", r"\1 ", text)
    return re.sub(" , (?=(?:or|and) )", " ", text)


def _phrase(words: str, text: str) -> str:
    mark, words = _leading_mark(words)
    for pattern, build in _PHRASES:
        if match := re.fullmatch(pattern, words):
            whole = bool(mark) and match.start(1) > 0
            return build(*_dates(match.groups(), mark, whole, text))
    parts = re.split(" (,|or|and) ", words)
    dates = _dates(parts[::2], mark, False, text)
    if len(dates) == 1:
        return dates[0]
    last = parts[-2]
    if last == "," or set(parts[1:-2:2]) - {",", last}:
        raise _NotUnderstood
    return f"[{','.join(dates)}]" if last == "or" else f"{{{','.join(dates)}}}"


def _leading_mark(words: str) -> tuple[str, str]:
    marks = []
    while (first := words.partition(" "))[0] in _MARKS:
        marks.append(_MARKS[first[0]])
        words = first[2]
    return combined(marks), words


def _dates(parts: tuple[str, ...] | list[str], mark: str, whole: bool, text: str) -> list[str]:
    """Return the EDTF of each part, filled from its neighbours.

    A qualifier at either end goes for all where the first date is cut short ("about 21 or 22 March 2022").
    """
    items = [_item(part) for part in parts]
    items[0] = replace(items[0], before=combined((mark, items[0].before)))
    cut_short = not (items[0].year or items[0].written)
    shared = [mark] if whole else []
    if cut_short:
        shared += [items[0].before, items[-1].behind]
    dates = [_written(item, shared, text) for item in _filled(items)]
    if cut_short and items[0].month and dates[0] > dates[-1]:
        raise ValueError(f"{shown(text)} would run backwards. Say the year of both dates.")
    return dates


def _item(part: str) -> _Item:
    item = _Item()
    for token in part.split():
        name, value = _field(token)
        if name == "mark":
            name = "before" if item == _Item(before=item.before) else "behind"
            value = combined((getattr(item, name), value))
        elif getattr(item, name):
            raise _NotUnderstood
        item = replace(item, **{name: value})
    return item


def _field(token: str) -> tuple[str, Any]:  # the name of a field of _Item, or "mark", and what goes there
    if token in _MARKS:
        return "mark", _MARKS[token]
    if token in _MONTHS:
        return "month", _MONTHS[token]
    if token in _WEEKDAYS:
        return "weekday", _WEEKDAY_NAMES[_WEEKDAYS[token]]
    if re.fullmatch("[0-9]{4}", token):
        return "year", token
    if re.fullmatch("[0-9]{1,2}", token):
        return "day", int(token)
    if re.fullmatch("[0-9]{2}[1-9]0'?s", token):
        return "written", f"{token[:3]}X"
    if re.match("[0-9]{4}-", token):
        return "written", token
    raise _NotUnderstood


def _filled(items: list[_Item]) -> list[_Item]:
    """Return the items with the year of a later one, and the month of a later one, else of an earlier one."""
    filled, later = [], _Item()
    for item in reversed(items):
        if not item.written:
            month = item.month or (later.month if item.day and later.day else 0)
            item = replace(item, year=item.year or later.year, month=month)
        filled.append(item)
        later = item
    filled.reverse()
    for number in range(1, len(filled)):
        item, earlier = filled[number], filled[number - 1]
        if item.day and not item.month and earlier.day:
            filled[number] = replace(item, month=earlier.month)
    return filled


def _written(item: _Item, shared: list[str], text: str) -> str:
    mark = combined((item.before, item.behind, *shared))
    if item.written:
        if item.year or item.month or item.day:
            raise _NotUnderstood
        return parse(item.written + mark).edtf
    if (item.day and not item.month) or (item.weekday and not item.day) or not (item.month or item.year):
        raise _NotUnderstood
    if not item.year:
        raise ValueError(f"{shown(text)} has no year. Say the year, for example {text} 2022.")
    parts = [item.year, *(f"{number:02}" for number in (item.month, item.day) if number)]
    return _on_its_weekday(parse("-".join(parts) + mark).edtf, item.weekday)


def _on_its_weekday(edtf: str, weekday: str) -> str:
    known = parse(edtf)
    actual = _WEEKDAY_NAMES[known.start_earliest.weekday()]
    if weekday and weekday != actual:
        day = parse(edtf.rstrip("?~%")).display
        raise ValueError(f"{day} is a {actual}, not a {weekday}. Write {actual} {day}, or the day meant.")
    return edtf


def _neighbour(edtf: str, step: int) -> str:
    """Return the day, month or year next to the one written."""
    bare = edtf.rstrip("?~%")
    known = parse(bare)
    try:
        day = (known.start_earliest if step < 0 else known.end_latest) + timedelta(days=step)
    except OverflowError:
        raise ValueError(f"There is nothing beyond {bare}: days run from {date.min} to {date.max}.") from None
    return day.isoformat()[: len(bare)] + edtf[len(bare) :]


def _reason(text: str) -> str:
    for pattern, reason in _REASONS:
        if re.search(pattern, text.lower()):
            return f"{shown(text)} {reason}"
    return f"{shown(text)} is not understood as a date. Write {_EXAMPLES}."
