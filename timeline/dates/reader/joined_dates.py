"""What several dates beside each other mean together: each with its year, its hedge and its part of a month."""

from datetime import timedelta

from . import values
from .context import Context
from .date_lists import DateList
from .parts import Part, checked_weekday, complete
from .relative_dates import Unresolved
from .values import EXACT_SECTIONS, Value, marked


def resolve(
    dates: DateList, context: Context, marks: tuple[str, ...] = (), *, is_span: bool = False, drop_section: bool = False
) -> Value:
    """Return what the dates mean. `is_span`: "between" them. Raises ValueError where they mean nothing together."""
    resolved = _resolve_members(dates, context, drop_section=drop_section)
    resolved = _with_marks(dates, resolved, marks)
    if is_span:
        return values.between(resolved[0].first, resolved[-1].last)
    return join(resolved, dates.joints)


def _resolve_members(dates: DateList, context: Context, *, drop_section: bool) -> list[Value]:
    relative = {number: member.node(context) for number, member in enumerate(dates.members) if member.node}
    named = {number: member.part or _as_part(relative[number]) for number, member in enumerate(dates.members)}
    parts = {number: part for number, part in named.items() if part}
    completed = dict(zip(parts, _completed(list(parts.values()), context), strict=True))
    resolved = []
    for number, member in enumerate(dates.members):
        value = relative.get(number) or values.single(completed[number].edtf)
        resolved.append(value if drop_section else _in_section(value, member.section, context))
    _check_order(resolved, dates, context)
    return resolved


def _completed(parts: list[Part], context: Context) -> list[Part]:
    if not parts:
        return []
    return [checked_weekday(part, context, len(parts) == 1) for part in complete(parts, context)]


def _as_part(value: Value) -> Part | None:
    """Return a day that depends on that of the source as a part, from which its neighbours take their year."""
    if value.form != values.SINGLE or len(value.first) != 10:
        return None
    year, month, day = map(int, value.first.split("-"))
    return Part(year, month, day)


def _check_order(resolved: list[Value], dates: DateList, context: Context) -> None:
    first, last = resolved[0], resolved[-1]
    parts = [member.part for member in dates.members if member.part]
    if "to" in dates.joints and context.is_text and parts and first.first[:4] > last.last[:4]:
        raise ValueError("They run backwards.")


def _in_section(value: Value, section: str, context: Context) -> Value:
    if not section:
        return value
    if section in EXACT_SECTIONS:
        return values.section(value.first, section)
    context.is_vague = True
    return values.section(value.first, section) if context.is_fine else value


def _with_marks(dates: DateList, resolved: list[Value], marks: tuple[str, ...]) -> list[Value]:
    """A mark at either end goes for all where the first date is cut short ("about 21 or 22 March 2022")."""
    first, last = dates.members[0], dates.members[-1]
    is_cut_short = first.part is not None and not (first.part.year or first.part.written)
    shared = (*marks, *first.before, *last.behind) if is_cut_short else marks
    marked_values = []
    for member, value in zip(dates.members, resolved, strict=True):
        for mark in (*member.before, *member.behind, *shared):
            value = marked(value, mark)
        marked_values.append(value)
    return marked_values


def join(resolved: list[Value], joints: tuple[str, ...]) -> Value:
    if not joints:
        return resolved[0]
    if joints == ("/",):
        return _slashed(*resolved)
    if joints == ("to",):
        first, last = _outer(resolved[0], "first"), _outer(resolved[1], "last")
        if "X" in first + last:
            raise Unresolved("It begins or ends in a decade; in which year is not said.")
        return values.lasting(first, last)
    groups = _with_spans(resolved, joints)
    if {"or", "and"} <= set(joints) or "/" in joints or not {"or", "and"} & set(joints):
        raise ValueError("What goes with what is not said.")
    if "or" in joints:
        return values.one_of_members(groups)
    if any(value.form == values.ONE_OF for value in resolved):
        raise Unresolved("One of several days is meant by a word beside others.")
    return values.each_of(groups)


def _outer(value: Value, end: str) -> str:
    edtf = getattr(value, end)
    if value.form == values.SINGLE:
        return edtf
    return values.since(value).first if end == "first" else values.until(value).last


def _with_spans(resolved: list[Value], joints: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the dates of a list, those that "to" joins as one span: "1 to 3 and 5 June"."""
    groups = list(resolved[0].members)
    for joint, value in zip(joints, resolved[1:], strict=True):
        if joint == "to":
            groups[-1] = (groups[-1][0], value.last)
        else:
            groups += value.members
    return tuple(groups)


def _slashed(left: Value, right: Value) -> Value:
    """Return "13/14 April" as one day or the next, "Nov 2020/Mar 2021" as from one to the other."""
    first, last = values.point_of(left.first), values.point_of(right.last)
    if first.day and last.day and last.lower - first.lower == timedelta(days=1):
        return values.one_of(left.first, right.first)
    if first.day or last.day or last.lower <= first.lower:
        raise ValueError("A slash does not say which of the two is meant.")
    return values.lasting(left.first, right.last)
