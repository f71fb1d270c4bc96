"""Words that count from the day on which they are said: "two weeks ago", "in the last 48 hours", "in recent days"."""

from functools import partial

from . import counted_dates
from .context import Context, Parsed
from .counted_dates import Count, count_at
from .meanings import Meaning, days, marked, shifted, single
from .relative_dates import Unresolved
from .vocabulary import UNITS
from .words import Lexicon, Words

RECENT = Lexicon({"in|over|during|within|throughout|for|across": ""})


def unresolved(note: str, end: int, announces: bool = False) -> Parsed:
    def node(context: Context) -> Meaning:
        raise Unresolved(note)

    return Parsed(node, end, announces)


def ago_at(words: Words, place: int) -> Parsed | None:
    counted = count_at(words, place) or _count_alone(words, place)
    if counted is None:
        return None
    count, end = counted
    if words.word(end) == "ago":
        return _behind_ago(words, count, end + 1)
    if words.word(end) == "earlier" and not words.is_text:
        return None
    if (words.word(end), words.word(end + 1)) in (("from", "now"), ("from", "today")):
        return Parsed(partial(counted_dates.counted, count=count, sign=1), end + 2, True)
    return None


def _count_alone(words: Words, place: int) -> tuple[Count, int] | None:
    """Return "weeks ago", "some weeks ago": no number is said."""
    behind = words.skip(place, "some")
    unit = UNITS.get(words.word(behind))
    if not unit or not words.word(behind).endswith("s") or words.word(behind + 1) != "ago":
        return None
    return Count(unit, vague="several"), behind + 1


def _behind_ago(words: Words, count: Count, end: int) -> Parsed:
    behind = words.skip(end, "on")
    is_exact = bool(count.number) and not count.limit and not count.marks
    length = 1 if words.word(behind) == "today" else 2 if words.texts[behind : behind + 2] == ["this", "day"] else 0
    if is_exact and length:
        return Parsed(partial(counted_dates.to_the_day, count=count), behind + length)
    month = words.at(words.skip(end, "in"))
    if (
        count.unit == "year" and count.number and not count.limit and month.kind == "month" and words.word(end) == "in"
    ) and words.kind(end + 2) not in ("number", "ordinal"):
        return Parsed(partial(_month_years_ago, count=count, month=month.number), end + 2)
    return Parsed(partial(counted_dates.counted, count=count, sign=-1), end)


def _month_years_ago(context: Context, count: Count, month: int) -> Meaning:
    year = context.day_needed().year - count.number
    context.note(f"Counted back from {context.source}.")
    meaning = single(f"{year:04}-{month:02}")
    for mark in count.marks:
        meaning = marked(meaning, mark)
    return meaning


def this_day_ago_at(words: Words, place: int) -> Parsed | None:
    """Return "this day 106 years ago"."""
    if (words.word(place), words.word(place + 1)) != ("this", "day"):
        return None
    counted = count_at(words, words.skip(place + 2, ","))
    if counted is None or words.word(counted[1]) != "ago" or not counted[0].number:
        return None
    return Parsed(partial(counted_dates.to_the_day, count=counted[0]), counted[1] + 1)


def recent_at(words: Words, place: int) -> Parsed | None:
    lead = RECENT.at(words.texts, place) or (None if words.is_text else ("", place))
    if lead is None:
        return None
    word, end = words.word(place), lead[1]
    end = words.skip(end, "just", "only", "about", "roughly", "almost")
    end = words.skip(end, "the", "these", "this")
    if words.word(end) == "coming" or (words.word(end) == "next" and words.word(end - 1) == "the"):
        return _coming(words, end + 1)
    if words.word(end) not in ("last", "past", "recent"):
        return _ahead(words, place, lead[1])
    counted = count_at(words, end + 1)
    is_exact = words.word(end) == "last" and words.word(end - 1) not in ("the", "these", "this")
    if counted is None and is_exact and words.is_text:
        return None  # "in last week's call"
    if counted is None:
        unit = UNITS.get(words.word(end + 1))
        if not unit:
            return None
        is_single = not words.word(end + 1).endswith("s")
        counted = Count(unit, 1 if is_single else 0), end + 2
    if counted[0].vague == "couple":
        counted = Count(counted[0].unit, 2, marks=("~",)), counted[1]
    elif counted[0].vague:
        counted = Count(counted[0].unit), counted[1]
    is_lasting = word in ("over", "during", "throughout", "for", "across")
    return Parsed(partial(counted_dates.recent, count=counted[0], is_lasting=is_lasting), counted[1])


def _coming(words: Words, place: int) -> Parsed | None:
    place = words.skip(words.skip(place, "few", "several", "couple"), "of")
    counted = count_at(words, place)
    if counted and counted[0].number:
        return Parsed(partial(within_next, count=counted[0]), counted[1], True)
    if words.word(place) in UNITS and words.word(place).endswith("s"):
        return unresolved("After the source; how long after is not said.", place + 1, True)
    return None


def within_next(context: Context, count: Count) -> Meaning:
    day = context.day_needed()
    context.note(f"Counted on from {context.source}.")
    most = max(count.number, count.highest)
    if count.unit == "hour":
        return days(day, shifted(day, (most + 23) // 24, "day"))
    return days(day, shifted(day, most, count.unit))


def _ahead(words: Words, place: int, end: int) -> Parsed | None:
    """Return "in two weeks", where the words around mention what is to come."""
    if words.word(place) != "in" or place == end or words.word(end) in ("a", "an", "the"):
        return None
    counted = count_at(words, end)
    if counted is None or not counted[0].number or counted[0].limit or words.word(counted[1]) in ("of", "and", "or"):
        return None
    return Parsed(partial(_in_time, count=counted[0]), counted[1])


def _in_time(context: Context, count: Count) -> Meaning:
    if context.is_text and not context.leans_ahead:
        raise NotADate
    return counted_dates.counted(context, count, 1)


class NotADate(ValueError):
    """Words that only look like a date: "in two weeks the army took the town"."""
