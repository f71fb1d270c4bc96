"""Several dates beside each other: "21 or 22 March 2022", "1–3 and 5 June", "from March 21 to April 2", "13/14 April"."""

from dataclasses import dataclass

from . import meanings
from .context import Context, Node
from .meanings import Meaning
from .named_parts import part_at
from .parts import Part
from .relative_phrases import relative_at
from .vocabulary import AND, BEHIND, HEDGES, OR, SECTIONS, TO
from .words import Words, remembered

LONGEST = 15  # dates of one list


@dataclass(frozen=True, slots=True)
class Member:
    """One date of a list: a part of it is named, or it depends on the day it is said."""

    part: Part | None
    node: Node | None = None
    section: str = ""
    before: tuple[str, ...] = ()  # marks in front of it
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateList:
    members: tuple[Member, ...]
    joints: tuple[str, ...]  # "to", "or", "and", "," or "/" between them
    end: int

    @property
    def has_month(self) -> bool:
        parts = [member.part for member in self.members if member.part]
        return len(parts) < len(self.members) or any(
            part.month or part.year or part.written or part.year_step is not None for part in parts
        )


@remembered
def list_at(words: Words, place: int) -> DateList | None:
    """Return the dates that begin here."""
    return _list_at(words, place, in_range=False)


@remembered
def span_at(words: Words, place: int) -> DateList | None:
    """Return the dates that begin here, behind "between", where "today" may be one of them."""
    return _list_at(words, place, in_range=True)


def _list_at(words: Words, place: int, *, in_range: bool) -> DateList | None:
    first = member_at(words, place)
    if first is None:
        return None
    members, ends, end = [first[0]], [first[1]], first[1]
    joints: list[str] = []
    while len(members) < LONGEST and (joined := _next_member(words, end, members, joints, in_range)):
        joint, member, end = joined
        members.append(member)
        joints.append(joint)
        ends.append(end)
    if joints and joints[-1] == ",":
        words.without_and = max(words.without_and, end)
    while joints and joints[-1] == ",":
        joints.pop(), members.pop(), ends.pop()
    dates = DateList(tuple(members), tuple(joints), ends[-1])
    if not dates.has_month and len(members) > 1:
        words.without_month = max(words.without_month, end if len(members) < LONGEST else 0)
    return dates


def _next_member(
    words: Words, place: int, members: list[Member], joints: list[str], in_range: bool
) -> tuple[str, Member, int] | None:
    for joint, end in _joints(words, place):
        if joint == "to" and joints and joints[-1] == "to":
            continue
        member = member_at(words, end)
        if member and (
            in_range
            or _go_together(words, members[-1], member[0], joint, _dash(words, place), words.kind(end) == "weekday")
        ):
            return joint, *member
    return None


@remembered
def _joints(words: Words, place: int) -> list[tuple[str, int]]:
    """Return what may join two dates here, the longest words first."""
    joints: list[tuple[str, int]] = []
    for lexicon in (OR, AND, TO):
        if joint := lexicon.at(words.texts, place):
            joints.append(joint)
    if words.word(place) == "," and place >= words.without_and and (words.word(place + 1) not in ("and", "or")):
        joints.append((",", place + 1))
    if words.word(place) == "/":
        joints.append(("/", place + 1))
    return joints


_LOOSE, _TIGHT = 1, 2  # a dash with blanks around it, and one without


def _dash(words: Words, place: int) -> int:
    if words.word(place) != "-":
        return 0
    return _TIGHT if words.touches(place) and words.touches(place + 1) else _LOOSE


def _go_together(words: Words, left: Member, right: Member, joint: str, dash: int, is_weekday: bool) -> bool:
    if not words.is_text:
        return True
    if joint == "to":
        return dash == 0 or bool(right.part and (dash == _TIGHT or (right.part.day and left.part and left.part.day)))
    if bool(left.part) != bool(right.part) or (right.node and joint != "or" and not is_weekday):
        return False
    return not (left.part and right.part and joint in ("and", ",") and right.part.is_year_alone and left.part.day)


@remembered
def member_at(words: Words, place: int) -> tuple[Member, int] | None:
    before: list[str] = []
    while len(before) < 3 and not words.is_topic(place) and (hedge := HEDGES.at(words.texts, place)):
        before.append(hedge[0])
        place = words.skip(hedge[1], "on", "the", "in")
    place = words.skip(place, "the")
    section = SECTIONS.at(words.texts, place)
    start = words.skip(section[1], "the", "of") if section else place
    if words.word(start) == "month" and words.word(start + 1) == "of":
        start += 2
    part = part_at(words, start)
    if part and section and (part[0].day or part[0].other):
        return None
    if part:
        marks, end = _marks_behind(words, part[1])
        return Member(part[0], None, section[0] if section else "", tuple(before), marks), end
    return _relative_member(words, start, tuple(before), section)


def _relative_member(
    words: Words, place: int, before: tuple[str, ...], section: tuple[str, int] | None
) -> tuple[Member, int] | None:
    if section:
        return _section_of_unit(words, place, before, section[0])
    parsed = relative_at(words, place) if words.kind(place) in ("weekday", "word", "number") else None
    if parsed is None:
        return None
    marks, end = _marks_behind(words, parsed.end)
    return Member(None, parsed.node, "", before, marks), end


def _section_of_unit(words: Words, place: int, before: tuple[str, ...], section: str) -> tuple[Member, int] | None:
    """Return "the end of the year", "the start of last year"."""
    parsed = relative_at(words, place)
    if parsed and words.word(parsed.end - 1) in ("year", "month"):
        return Member(None, parsed.node, section, before), parsed.end
    unit = words.word(words.skip(place, "the"))
    if (
        unit in ("year", "month")
        and words.word(place - 1) in ("the", "of")
        or words.word(place) in ("the",)
        and unit in ("year", "month")
    ):
        return Member(None, _this_year if unit == "year" else _this_month, section, before), words.skip(
            place, "the"
        ) + 1
    return None


def _this_year(context: Context) -> Meaning:
    return meanings.single(f"{context.day_needed().year:04}")


def _this_month(context: Context) -> Meaning:
    return meanings.single(context.day_needed().isoformat()[:7])


def _marks_behind(words: Words, place: int) -> tuple[tuple[str, ...], int]:
    marks = []
    while not words.is_text and (hedge := BEHIND.at(words.texts, place)):
        marks.append(hedge[0])
        place = hedge[1]
    return tuple(marks), place
