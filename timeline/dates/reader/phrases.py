"""A whole phrase that says when: hedges, limits, what they go with, and what may be behind."""

from functools import partial

from . import date_lists, joined_dates, meanings
from .context import Context, Node, Parsed
from .date_lists import DateList, list_at
from .meanings import Meaning, marked
from .special_phrases import special_at
from .vocabulary import (
    FILLERS,
    HEDGES,
    LEADS,
    LIMITS,
    LIMITS_BEHIND,
    SECTIONS,
)
from .words import Words

_NEAREST = ("up to", "until")  # limits that point at the nearest such day
_SIDES = ("before", "after", "not before")  # limits that do so where nothing else tells
_BEGUN = ("since", "since at least")
_POSSESSIVES = ("his", "her", "its", "their", "our", "this", "that", "your", "my")
_MOST = 6  # words in front of a date


def phrase_at(words: Words, place: int) -> Parsed | None:
    """Return the longest phrase that begins here."""
    is_past = words.is_text and words.word(place) == "back"
    marks: list[tuple[str, bool]] = []  # and whether it is behind a limit
    limits: list[str] = []
    is_led = False
    for _ in range(_MOST):
        if parsed := special_at(words, place):
            return _of_special(words, place, parsed, marks, limits)
        if SECTIONS.at(words.texts, place):
            break
        if _is_gone_through(words, place):
            break
        if (hedge := HEDGES.at(words.texts, place)) and not words.is_topic(place):
            marks.append((hedge[0], bool(limits)))
        elif limit := LIMITS.at(words.texts, place):
            limits.append(_negated(words, place, limit[0]))
            hedge, is_led = limit, True
        elif hedge := LEADS.at(words.texts, place) or FILLERS.at(words.texts, place):
            is_led = is_led or words.word(place) != "the"
        elif limits and words.word(place) in _POSSESSIVES:
            hedge = "", place + 1
        else:
            break
        place = hedge[1] if words.is_text else words.skip(hedge[1], ",")
    dates = list_at(words, place)
    if dates is None or not _may_stand(words, dates, is_led or bool(marks), place):
        return None
    if _is_of_noun(words, dates, limits, place):
        return None
    is_point = words.is_text and is_led and not limits
    return _finished(words, _of_dates(dates, limits, marks, is_past=is_past), marks, limits, dates, is_point=is_point)


def _is_gone_through(words: Words, place: int) -> bool:
    """Return whether it is "what he will go through tomorrow"."""
    return words.is_text and words.word(place) == "through" and words.word(place - 1) in _GO


_GO = (
    "go",
    "goes",
    "going",
    "went",
    "gone",
    "get",
    "got",
    "gets",
    "getting",
    "walk",
    "walked",
    "work",
    "worked",
    "come",
    "came",
)


def led_at(words: Words, place: int) -> Parsed | None:
    """Return the dates that begin here, behind a word like "in"."""
    dates = list_at(words, place)
    return _finished(words, _of_dates(dates, [], []), [], [], dates) if dates and dates.has_month else None


def _of_special(
    words: Words, place: int, parsed: Parsed, marks: list[tuple[str, bool]], limits: list[str]
) -> Parsed | None:
    """Return a phrase of its own shape, or the list that it begins: "from Monday to Tuesday"."""
    dates = list_at(words, place)
    if dates and len(dates.members) > 1 and dates.end > parsed.end:
        return _finished(words, _of_dates(dates, limits, marks), marks, limits, dates)
    if words.is_text and limits == ["from"]:
        return None  # "the one from last week"
    if limits and limits[-1] in _NEAREST:
        parsed = parsed._replace(node=partial(_as_limit, parsed.node))
    return _finished(words, parsed, marks, limits)


def _as_limit(node: Node, context: Context) -> Meaning:
    context.is_limit = True
    return node(context)


def _negated(words: Words, place: int, limit: str) -> str:
    """Return what "will not happen before" says: not before."""
    if not words.is_text or limit not in ("before", "until", "after") or not words.is_negated(place):
        return limit
    return "up to" if limit == "after" else "not before"


def _is_of_noun(words: Words, dates: DateList, limits: list[str], place: int) -> bool:
    """Return whether it is "after the November 2020 ceasefire", which is no limit by that month but by what it dates."""
    if not words.is_text or not limits or limits[-1] not in ("before", "after", "up to"):
        return False
    part = dates.members[0].part
    if limits[-1] == "up to" and not (part and part.is_year_alone):
        return False  # "by his November 12th inauguration"
    if words.word(place - 1) != "the" and words.word(place - 1) not in _POSSESSIVES:
        return False
    return words.kind(dates.end) == "word" and words.word(dates.end) not in _BEHIND_NUMBERED


def _may_stand(words: Words, dates: DateList, is_led: bool, place: int) -> bool:
    """Return whether the words are a date where they are; what is typed alone always is meant as one."""
    if not dates.has_month:
        return _is_numbered_day(words, dates, place)
    if words.is_text and _is_of_account(words, place):
        return False
    if not words.is_text or is_led or len(dates.members) > 1:
        return not words.is_text or not _is_bare_list(dates, is_led)
    member = dates.members[0]
    part = member.part
    return part is None or bool(
        part.day or (part.month and (part.year or part.year_step is not None)) or member.section or part.written
    )


def _is_of_account(words: Words, place: int) -> bool:
    """Return whether a year begins on another day than 1 January: "fiscal year 2023"."""
    before = place - 2 if words.word(place - 1) == "year" else place - 1
    return before >= 0 and words.word(before) in ("fiscal", "financial", "academic", "school", "budget", "tax", "fy")


def _is_bare_list(dates: DateList, is_led: bool) -> bool:
    parts = [member.part for member in dates.members if member.part]
    return (
        not is_led
        and all(not part.day and not (part.month and part.year) for part in parts)
        and len(parts) == len(dates.members)
    )


def _is_numbered_day(words: Words, dates: DateList, place: int) -> bool:
    """Return whether it is "on the 19th", "on the 21st and 22nd"."""
    first = words.skip(place, "the")
    is_the = words.word(first - 1) == "the" and first > 0
    if dates.members[0].part and dates.members[0].part.weekday >= 0 and words.kind(dates.end - 1) == "ordinal":
        return len(dates.members) == 1  # "Thursday the 15th"
    if (
        not is_the
        or words.kind(first) != "ordinal"
        or (words.word(first - 2) not in ("on", "from", "since", "until", "by", "before", "after"))
    ):
        return False
    behind = words.at(dates.end)
    if behind.kind in ("", "mark", "gap"):
        return not behind.kind or behind.text in ",.;:?!)-"
    return behind.text in _BEHIND_NUMBERED


_BEHIND_NUMBERED = frozenset(
    [
        "and",
        "or",
        "to",
        "in",
        "at",
        "with",
        "for",
        "when",
        "which",
        "that",
        "there",
        "by",
        "from",
        "he",
        "she",
        "they",
        "we",
        "i",
        "it",
        "the",
    ]
)


def _of_dates(dates: DateList, limits: list[str], marks: list[tuple[str, bool]], *, is_past: bool = False) -> Parsed:
    before = tuple(mark for mark, is_behind_limit in marks)
    is_whole = bool(limits) and any(not is_behind for _, is_behind in marks)
    exact_end = _drops_section(dates, limits)

    def node(context: Context) -> Meaning:
        if limits and (limits[-1] in _NEAREST or _is_side(limits[-1], dates, context)):
            context.is_limit = True
        if is_past or (limits and limits[-1] in _BEGUN and context.is_text):
            context.leans_ahead, context.has_plans = False, False
        if is_whole or len(dates.members) == 1:
            return joined_dates.resolve(dates, context, before, drop_section=exact_end)
        first = dates.members[0]
        led = date_lists.Member(first.part, first.node, first.section, (*before, *first.before), first.behind)
        return joined_dates.resolve(
            DateList((led, *dates.members[1:]), dates.joints, dates.end), context, drop_section=exact_end
        )

    return Parsed(node, dates.end)


def _is_side(limit: str, dates: DateList, context: Context) -> bool:
    """Return whether "before" or "after" point at the nearest such day, as they do of "the 31st"."""
    return limit in _SIDES and (context.leans_ahead is None or not dates.has_month)


def _drops_section(dates: DateList, limits: list[str]) -> bool:
    """Return whether "by the end of 2020", "since the start of 2020" says it all."""
    section = dates.members[-1].section if len(dates.members) == 1 else ""
    return bool(limits) and (
        (section == "end" and limits[-1] in ("before", "up to", "until"))
        or (section == "beginning" and limits[-1] in ("since", "from", "not before"))
    )


def _finished(
    words: Words,
    parsed: Parsed,
    marks: list,
    limits: list[str],
    dates: DateList | None = None,
    *,
    is_point: bool = False,
) -> Parsed:
    """Return the phrase with its limits, and with those that are behind it. `is_point`: "it rose from 2 in May to now 28"."""
    node, end = parsed.node, parsed.end
    if dates is None and marks:
        node = partial(_marked_node, node, tuple(mark for mark, _ in marks))
    limits = _span_limits(limits, dates)
    behind, end = ([], end) if is_point and words.word(end) == "to" else _limits_behind(words, end)
    if behind == ["until"] and dates and "to" in dates.joints:
        behind = []  # "sentyabrın 27-dən noyabrın 10-dək"
    if behind and limits in (["from"], ["until"], ["since"]):
        limits = []
    sections = {member.section for member in dates.members} - {""} if dates else set()
    for limit in (*reversed(limits), *behind):
        node = partial(_limited_node, node, _coarse(limit, sections))
    return Parsed(node, end, parsed.announces)


def _marked_node(node: Node, marks: tuple[str, ...], context: Context) -> Meaning:
    meaning = node(context)
    for mark in marks:
        meaning = marked(meaning, mark)
    return meaning


def _span_limits(limits: list[str], dates: DateList | None) -> list[str]:
    """Return the limits without the "from" of "from 21 to 24 March"."""
    if dates and "to" in dates.joints and limits and limits[-1] in ("from", "since", "starting", "up to"):
        return limits[:-1]
    return limits


def _coarse(limit: str, sections: set[str]) -> str:
    """Return the limit for a part of a month: "before mid-April" may be in April."""
    if not sections:
        return limit
    return {"before": "up to", "after": "not before"}.get(limit, limit)


def _limited_node(node: Node, limit: str, context: Context) -> Meaning:
    return meanings.LIMITED[limit](node(context))


def _limits_behind(words: Words, place: int) -> tuple[list[str], int]:
    limits = []
    while limit := LIMITS_BEHIND.at(words.texts, place):
        if words.is_text and words.word(place) in ("and", "-", "+", ",", "latest", "ongoing", "till", "until"):
            break
        limits.append(limit[0])
        place = limit[1]
    return limits, place
