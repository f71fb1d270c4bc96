"""What "yesterday", "last week" or "on the 19th" means, seen from the day on which it was said."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from timeline.dates.english import MONTHS

from .calendar_days import WEEKDAYS, last_day_numbered

Resolved = tuple[str, str]  # EDTF, "" if the words do not say enough; what the words were taken for
Resolver = Callable[[re.Match, date], Resolved]

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(_COUNTED, 1)}
NUMBERS |= {"a": 1, "an": 1}
_VAGUE = {"couple": (2, 2), "few": (2, 6), "several": (2, 6), "": (0, 6)}


def _day(day: date) -> str:
    return day.isoformat()


def _of_days(first: date, last: date) -> str:
    return f"[{_day(first)}..{_day(last)}]" if first < last else _day(first)


def ago(days: int, note: str) -> Resolver:
    return lambda match, day: (_day(day - timedelta(days=days)), note)


def either(first: int, last: int, note: str) -> Resolver:
    def resolve(match: re.Match, day: date) -> Resolved:
        return f"[{_day(day - timedelta(days=first))},{_day(day - timedelta(days=last))}]", note

    return resolve


def _monday(day: date, weeks: int = 0) -> date:
    return day - timedelta(days=day.weekday() + 7 * weeks)


def week(weeks: int, note: str) -> Resolver:
    def resolve(match: re.Match, day: date) -> Resolved:
        return _of_days(_monday(day, weeks), _monday(day, weeks) + timedelta(days=6)), note

    return resolve


def this_week(match: re.Match, day: date) -> Resolved:
    return _of_days(_monday(day), day), "The week of the briefing, not after it."


def later_this_week(match: re.Match, day: date) -> Resolved:
    return _of_days(day, _monday(day) + timedelta(days=6)), "The week of the briefing, not before it."


def weekend(match: re.Match, day: date) -> Resolved:
    saturday = _monday(day, 0 if day.weekday() >= 5 else 1) + timedelta(days=5)
    last = min(saturday + timedelta(days=1), day)
    written = f"[{_day(saturday)},{_day(last)}]" if saturday < last else _day(saturday)
    return written, "The last weekend before the briefing, or that of the briefing."


def coming_weekend(match: re.Match, day: date) -> Resolved:
    saturday = _monday(day, -1 if day.weekday() >= 5 else 0) + timedelta(days=5)
    return f"[{_day(saturday)},{_day(saturday + timedelta(days=1))}]", "The weekend after the briefing."


def this_weekend(match: re.Match, day: date) -> Resolved:
    """Resolve "this weekend", which on a Monday is the one just past, on a Friday the one to come."""
    coming = _monday(day) + timedelta(days=5)
    if day >= coming:
        return weekend(match, day)
    days = [coming + timedelta(days=number) for number in (-7, -6, 0, 1)]
    return f"[{','.join(map(_day, days))}]", "The weekend before the briefing, or the one after it."


def _month_away(day: date, months: int) -> str:
    """Return the month so many months before; below 0 after. Raises ValueError outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1).isoformat()[:7]


def month(months: int, note: str) -> Resolver:
    return lambda match, day: (_month_away(day, months), note)


def earlier_this_month(match: re.Match, day: date) -> Resolved:
    return _of_days(day.replace(day=1), day), "The month of the briefing, not after it."


def year(years: int, note: str) -> Resolver:
    return lambda match, day: (_day(date(day.year - years, 1, 1))[:4], note)


def earlier_this_year(match: re.Match, day: date) -> Resolved:
    first, last = _month_away(day.replace(month=1), 0), _month_away(day, 0)
    return f"[{first}..{last}]" if first < last else last, "The year of the briefing, not after its month."


def named_month(match: re.Match, day: date) -> Resolved:
    """Resolve "last March", which on 25 March means the year before, and "next March"."""
    number = next(n for n, name in enumerate(MONTHS, 1) if name[:3] == match["month"][:3])
    is_last = match["which"].lower() == "last"
    months = (day.month - number) % 12 or 12 if is_last else -((number - day.month) % 12 or 12)
    return _month_away(
        day, months
    ), f"The {'last' if months > 0 else 'next'} {MONTHS[number - 1]} seen from the briefing."


def weekday(match: re.Match, day: date) -> Resolved:
    name = _weekday_name(match)
    back = (day.weekday() - WEEKDAYS.index(name)) % 7
    if not back:
        return either(7, 0, f"The day of the briefing, a {name}, or the {name} a week before.")(match, day)
    return _day(day - timedelta(days=back)), f"The last {name} before the briefing."


def next_weekday(match: re.Match, day: date) -> Resolved:
    name = _weekday_name(match)
    ahead = (WEEKDAYS.index(name) - day.weekday()) % 7 or 7
    return _day(day + timedelta(days=ahead)), f"The next {name} after the briefing."


def this_weekday(match: re.Match, day: date) -> Resolved:
    name = _weekday_name(match)
    return _day(_monday(day) + timedelta(days=WEEKDAYS.index(name))), f"The {name} of the week of the briefing."


def _weekday_name(match: re.Match) -> str:
    return match["weekday"].capitalize()


def said_last(match: re.Match, day: date) -> Resolved:
    """Resolve "last Tuesday": the one just past, or the one of the week before."""
    name = _weekday_name(match)
    past = day - timedelta(days=(day.weekday() - WEEKDAYS.index(name)) % 7 or 7)
    of_last_week = _monday(day, 1) + timedelta(days=WEEKDAYS.index(name))
    if past == of_last_week:
        return _day(past), f"The {name} of the week before the briefing."
    return f"[{_day(of_last_week)},{_day(past)}]", f"The last {name} before the briefing, or that of the week before."


def said_next(match: re.Match, day: date) -> Resolved:
    name = _weekday_name(match)
    coming = day + timedelta(days=(WEEKDAYS.index(name) - day.weekday()) % 7 or 7)
    of_next_week = _monday(day, -1) + timedelta(days=WEEKDAYS.index(name))
    if coming == of_next_week:
        return _day(coming), f"The {name} of the week after the briefing."
    return f"[{_day(coming)},{_day(of_next_week)}]", f"The next {name} after the briefing, or that of the week after."


def weekday_of_week(match: re.Match, day: date) -> Resolved:
    weeks = {"last": 1, "this": 0, "next": -1}[match["which"].lower()]
    of_week = _monday(day, weeks) + timedelta(days=WEEKDAYS.index(_weekday_name(match)))
    return _day(of_week), f"The {_weekday_name(match)} of {match['which'].lower()} week, seen from the briefing."


def numbered(match: re.Match, day: date) -> Resolved:
    days = [last_day_numbered(int(number), day) for number in re.findall("[0-9]+", match[0])]
    note = "The text gives the day without a month; the last such day on or before the briefing."
    if len(days) == 1:
        return _day(days[0]), note
    joined = ",".join(_day(day) for day in days)
    return f"[{joined}]" if re.search(r"\bor\b", match[0]) else f"{{{joined}}}", note


def counted_ago(match: re.Match, day: date) -> Resolved:
    number = _count(match["n"] or match["n2"])
    unit = (match["unit"] or "year").lower()
    if number is None:
        return _vaguely_ago(match, day)
    if match["n2"] or match[0].lower().endswith(("today", "day")):
        return _to_the_day(unit, number, day)
    amount = f"{match['n']} {unit}s" if number > 1 else f"one {unit}"
    if unit == "day":
        return _day(day - timedelta(days=number)), f"{amount.capitalize()} before the briefing."
    if unit == "week":
        return _of_days(
            _monday(day, number), _monday(day, number) + timedelta(days=6)
        ), f"The week {amount} before the briefing."
    if unit == "month":
        return f"{_month_away(day, number)}~", f"About {amount} before the briefing."
    if unit == "year":
        return f"{year(number, '')(match, day)[0]}~", f"About {amount} before the briefing."
    return (
        f"[{_day(day - timedelta(days=1))},{_day(day)}]" if number <= 24 else ""
    ), f"{amount.capitalize()} before the briefing."


def _to_the_day(unit: str, number: int, day: date) -> Resolved:
    """Resolve "106 years ago today". Raises ValueError for a day that the month or year did not have."""
    if unit in ("day", "week"):
        then = day - timedelta(days=number * (7 if unit == "week" else 1))
    else:
        months = number * (12 if unit == "year" else 1)
        then = date.fromisoformat(f"{_month_away(day, months)}-{day.day:02}")
    return _day(then), f"{number} {unit}s before the briefing, to the day."


def _count(words: str) -> int | None:
    word = words.split()[-1].lower()
    return int(word) if word.isdecimal() else NUMBERS.get(word) if len(words.split()) == 1 else None


def _vaguely_ago(match: re.Match, day: date) -> Resolved:
    word = next(word for word in ("couple", "few", "several") if word in match["n"].lower())
    return _vague(match["unit"].lower(), *_VAGUE[word], day), "The text gives no number; only roughly known."


def recent(match: re.Match, day: date) -> Resolved:
    """Resolve "in recent weeks", "over the past two weeks": up to the briefing, the beginning only roughly known."""
    unit = match["unit"].lower()
    number = _count(match["n"]) if match["n"] else None
    if number is None and match["n"] is None and not match[0].lower().endswith("s"):
        number = 1
    if number is None:
        return _vague(unit, 0, 6, day), f"The text does not say how many {unit}s; only roughly known."
    days = {"hour": (number + 23) // 24, "day": number, "week": 7 * number}.get(unit)
    if days is not None:
        return _of_days(day - timedelta(days=days), day), "Counted back from the briefing."
    months = number * (12 if unit == "year" else 1)
    return f"[{_month_away(day, months)}..{_month_away(day, 0)}]", "Counted back from the briefing."


def _vague(unit: str, least: int, most: int, day: date) -> str:
    if unit in ("hour", "year"):
        return ""
    if unit == "month":
        first, last = _month_away(day, most), _month_away(day, least)
    else:
        length = 7 if unit == "week" else 1
        first, last = (_day(day - timedelta(days=number * length)) for number in (most, least))
    return f"[{first}~..{last}~]" if first < last else f"{first}~"


def unresolved(note: str) -> Resolver:
    return lambda match, day: ("", note)
