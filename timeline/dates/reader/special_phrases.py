"""Phrases with a shape of their own: "between A and B", "the night of", "the week of", "Q3 2020", "three days before"."""

from datetime import date, timedelta
from functools import partial

from . import joined_dates, meanings
from .context import Context, Parsed
from .counted_dates import Count, count_at, counted
from .date_lists import DateList, list_at, span_at
from .meanings import Meaning
from .relative_dates import monday, night, weekend_of
from .relative_phrases import relative_at
from .vocabulary import BETWEEN, EVERY, NIGHT, ORDINALS, WEEK_OF
from .words import Words, remembered


@remembered
def special_at(words: Words, place: int) -> Parsed | None:
    for rule in _RULES if words.kind(place) == "word" else _RULES_OF_NUMBERS:
        if parsed := rule(words, place):
            return parsed
    return None


def _every(words: Words, place: int) -> Parsed | None:
    lead, start = EVERY.at(words.texts, place) or ("", 0)
    dates = list_at(words, start) if start else None
    if dates is None or len(dates.members) > (1 if lead else 2):
        return None

    def node(context: Context) -> Meaning:
        meaning = joined_dates.resolve(dates, context)
        first, last = ("", meaning.last) if lead else (meaning.first, meaning.last if len(dates.members) == 2 else "")
        return meanings.each_of(((first, last),))

    return Parsed(node, dates.end)


def _between(words: Words, place: int) -> Parsed | None:
    lead = BETWEEN.at(words.texts, place)
    dates = span_at(words, lead[1]) if lead else None
    if dates is None or len(dates.members) != 2 or dates.joints[0] not in ("and", "to") or not dates.has_month:
        return None
    return Parsed(partial(_resolve_between, dates), dates.end)


def _resolve_between(dates: DateList, context: Context) -> Meaning:
    return joined_dates.resolve(dates, context, is_span=True)


def _night(words: Words, place: int) -> Parsed | None:
    """Return "the night of 13 April", "overnight 13-14 April", "the night between April 13 and 14": one day or the next."""
    lead = NIGHT.at(words.texts, place)
    dates = list_at(words, lead[1]) if lead else None
    if (
        dates is None
        or not dates.has_month
        or len(dates.members) > 2
        or any(member.part is None or not (member.part.day) for member in dates.members)
    ):
        return None
    is_before = lead is not None and lead[0] == "before" or "midnight" in (words.word(place), words.word(place + 1))

    def node(context: Context) -> Meaning:
        meaning = joined_dates.resolve(dates, context)
        if is_before and meaning.form == meanings.SINGLE:
            return meanings.one_of(meanings.neighbour(meaning.first, -1), meaning.first)
        return (
            night(meaning, context) if meaning.form == meanings.SINGLE else meanings.one_of(meaning.first, meaning.last)
        )

    return Parsed(node, dates.end)


def _week_of(words: Words, place: int) -> Parsed | None:
    unit, start = WEEK_OF.at(words.texts, place) or ("", 0)
    dates = list_at(words, start) if start else None
    if dates is None or len(dates.members) != 1 or dates.members[0].part is None or not dates.members[0].part.day:
        return None

    def node(context: Context) -> Meaning:
        day = joined_dates.resolve(dates, context).first
        context.note(f"The {unit} that holds the day named.", first=True)
        if unit == "weekend":
            return weekend_of(day[:10])
        first = monday(date.fromisoformat(day[:10]))
        return meanings.days(first, first + timedelta(days=6))

    return Parsed(node, dates.end)


def _quarter(words: Words, place: int) -> Parsed | None:
    """Return the months of "Q3 2020", "H1 2021", "the third quarter of 2020"."""
    start = words.skip(place, "the")
    name, end = words.word(start), start + 1
    length = {"q": 3, "h": 6}.get(name)
    if length and words.touches(end):
        number = words.at(end).number
        end += 1
    else:
        number = ORDINALS.get(name) or (words.at(start).number if words.kind(start) == "ordinal" else 0)
        length, end = (3 if words.word(end) == "quarter" else 0), end + 1
    end = words.skip(words.skip(end, "of"), ",", "/")
    year = words.at(end)
    if not length or not 1 <= number <= 12 // length or year.kind != "number" or len(year.text) != 4:
        return None
    first, last = f"{year.text}-{length * (number - 1) + 1:02}", f"{year.text}-{length * number:02}"
    return Parsed(lambda context: meanings.between(first, last), end + 1)


def _ordinal_weekday(words: Words, place: int) -> Parsed | None:
    """Return "the last Tuesday of March", "the first Monday in May 2022"."""
    start = words.skip(place, "the")
    number = ORDINALS.get(words.word(start))
    day = words.at(start + 1)
    if not number or day.kind != "weekday" or words.word(start + 2) not in ("of", "in"):
        return None
    dates = list_at(words, start + 3)
    if dates is None or len(dates.members) != 1:
        return None
    part = dates.members[0].part
    if part is None or part.day or not part.month:
        return None

    def node(context: Context) -> Meaning:
        month = meanings.point_of(joined_dates.resolve(dates, context).first)
        if number < 0:
            then = month.upper - timedelta(days=(month.upper.weekday() - day.number) % 7)
        else:
            then = month.lower + timedelta(days=(day.number - month.lower.weekday()) % 7 + 7 * (number - 1))
        if then > month.upper:
            raise ValueError("The month has no such weekday.")
        return meanings.single(then.isoformat())

    return Parsed(node, dates.end)


_SIDES = {"before": -1, "after": 1, "following": 1, "from": 1}


def _shifted(words: Words, place: int) -> Parsed | None:
    """Return "three days before April 3", "a few days after 10 November 2020"."""
    if words.kind(place) not in ("number", "word"):
        return None
    counting = count_at(words, words.skip(place, "the"))
    if counting is None:
        return None
    count, end = counting
    sign = _SIDES.get(words.word(end), 0) or (-1 if words.word(end) == "prior" else 0)
    dates = list_at(words, words.skip(end + 1, "to")) if sign else None
    if dates is None or len(dates.members) != 1 or dates.members[0].part is None or not dates.has_month:
        return None
    return Parsed(partial(_resolve_shifted, dates, count, sign), dates.end)


def _resolve_shifted(dates: DateList, count: Count, sign: int, context: Context) -> Meaning:
    meaning = joined_dates.resolve(dates, context)
    edtf = meaning.first.rstrip("?~%")
    if len(edtf) == 10:
        return counted(context, count, sign, date.fromisoformat(edtf))
    return meanings.before(meaning) if sign < 0 else meanings.after(meaning)


def _within(words: Words, place: int) -> Parsed | None:
    """Return "within 3 days of 10 November 2020"."""
    if words.word(place) != "within":
        return None
    counting = count_at(words, words.skip(place + 1, "the"))
    if counting is None or words.word(counting[1]) not in ("of", "after", "from") or not counting[0].number:
        return None
    dates = list_at(words, counting[1] + 1)
    if dates is None or len(dates.members) != 1 or dates.members[0].part is None or not dates.members[0].part.day:
        return None
    is_after = words.word(counting[1]) != "of"

    def node(context: Context) -> Meaning:
        day = date.fromisoformat(joined_dates.resolve(dates, context).first[:10])
        first, last = (meanings.shifted(day, sign * counting[0].number, counting[0].unit) for sign in (-1, 1))
        return meanings.days(day if is_after else first, last)

    return Parsed(node, dates.end)


_RULES = (_every, _between, _night, _week_of, _quarter, _ordinal_weekday, _shifted, _within, relative_at)
_RULES_OF_NUMBERS = (_quarter, _shifted, relative_at)
