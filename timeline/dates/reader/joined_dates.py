"""What several dates beside each other mean together: each with its year, its hedge and its part of a month."""

from datetime import timedelta

from . import meanings
from .context import Context
from .date_lists import DateList
from .meanings import EXACT_SECTIONS, Meaning, marked
from .parts import Part, checked_weekday, complete
from .relative_dates import Unresolved


def resolve(
    dates: DateList, context: Context, marks: tuple[str, ...] = (), *, is_span: bool = False, drop_section: bool = False
) -> Meaning:
    """Return what the dates mean. `is_span`: "between" them. Raises ValueError where they mean nothing together."""
    resolved = _resolve_members(dates, context, drop_section=drop_section)
    resolved = _with_marks(dates, resolved, marks)
    if is_span:
        return meanings.between(resolved[0].first, resolved[-1].last)
    return join(resolved, dates.joints)


def _resolve_members(dates: DateList, context: Context, *, drop_section: bool) -> list[Meaning]:
    relative = {number: member.node(context) for number, member in enumerate(dates.members) if member.node}
    named = {number: member.part or _as_part(relative[number]) for number, member in enumerate(dates.members)}
    parts = {number: part for number, part in named.items() if part}
    completed = dict(zip(parts, _completed(list(parts.values()), context), strict=True))
    resolved = []
    for number, member in enumerate(dates.members):
        meaning = relative.get(number) or meanings.single(completed[number].edtf)
        resolved.append(meaning if drop_section else _in_section(meaning, member.section, context))
    _check_order(resolved, dates, context)
    return resolved


def _completed(parts: list[Part], context: Context) -> list[Part]:
    if not parts:
        return []
    return [checked_weekday(part, context, len(parts) == 1) for part in complete(parts, context)]


def _as_part(meaning: Meaning) -> Part | None:
    """Return a day that depends on that of the source as a part, from which its neighbours take their year."""
    if meaning.form != meanings.SINGLE or len(meaning.first) != 10:
        return None
    year, month, day = map(int, meaning.first.split("-"))
    return Part(year, month, day)


def _check_order(resolved: list[Meaning], dates: DateList, context: Context) -> None:
    first, last = resolved[0], resolved[-1]
    parts = [member.part for member in dates.members if member.part]
    if "to" in dates.joints and context.is_text and parts and first.first[:4] > last.last[:4]:
        raise ValueError("They run backwards.")


def _in_section(meaning: Meaning, section: str, context: Context) -> Meaning:
    if not section:
        return meaning
    if section in EXACT_SECTIONS:
        return meanings.section(meaning.first, section)
    context.is_vague = True
    return meanings.section(meaning.first, section) if context.is_fine else meaning


def _with_marks(dates: DateList, resolved: list[Meaning], marks: tuple[str, ...]) -> list[Meaning]:
    """A mark at either end goes for all where the first date is cut short ("about 21 or 22 March 2022")."""
    first, last = dates.members[0], dates.members[-1]
    is_cut_short = first.part is not None and not (first.part.year or first.part.written)
    shared = (*marks, *first.before, *last.behind) if is_cut_short else marks
    marked_values = []
    for member, meaning in zip(dates.members, resolved, strict=True):
        for mark in (*member.before, *member.behind, *shared):
            meaning = marked(meaning, mark)
        marked_values.append(meaning)
    return marked_values


def join(resolved: list[Meaning], joints: tuple[str, ...]) -> Meaning:
    if not joints:
        return resolved[0]
    if joints == ("/",):
        return _slashed(*resolved)
    if joints == ("to",):
        first, last = _outer(resolved[0], "first"), _outer(resolved[1], "last")
        if "X" in first + last:
            raise Unresolved("It begins or ends in a decade; in which year is not said.")
        return meanings.lasting(first, last)
    groups = _with_spans(resolved, joints)
    if {"or", "and"} <= set(joints) or "/" in joints or not {"or", "and"} & set(joints):
        raise ValueError("What goes with what is not said.")
    if "or" in joints:
        return meanings.one_of_members(groups)
    if any(meaning.form == meanings.ONE_OF for meaning in resolved):
        raise Unresolved("One of several days is meant by a word beside others.")
    return meanings.each_of(groups)


def _outer(meaning: Meaning, end: str) -> str:
    edtf = getattr(meaning, end)
    if meaning.form == meanings.SINGLE:
        return edtf
    return meanings.since(meaning).first if end == "first" else meanings.until(meaning).last


def _with_spans(resolved: list[Meaning], joints: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the dates of a list, those that "to" joins as one span: "1 to 3 and 5 June"."""
    groups = list(resolved[0].members)
    for joint, meaning in zip(joints, resolved[1:], strict=True):
        if joint == "to":
            groups[-1] = (groups[-1][0], meaning.last)
        else:
            groups += meaning.members
    return tuple(groups)


def _slashed(left: Meaning, right: Meaning) -> Meaning:
    """Return "13/14 April" as one day or the next, "Nov 2020/Mar 2021" as from one to the other."""
    first, last = meanings.point_of(left.first), meanings.point_of(right.last)
    if first.day and last.day and last.lower - first.lower == timedelta(days=1):
        return meanings.one_of(left.first, right.first)
    if first.day or last.day or last.lower <= first.lower:
        raise ValueError("A slash does not say which of the two is meant.")
    return meanings.lasting(left.first, right.last)
