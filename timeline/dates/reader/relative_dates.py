"""What "yesterday", "last week", "two weeks ago" mean, seen from the day on which they are said."""

from datetime import date, timedelta

from timeline.dates.english import MONTHS

from .context import Context
from .meanings import Meaning, between, days, from_month, one_of, shifted, single
from .names import NAMES

_ONE_DAY = timedelta(days=1)


class Unresolved(ValueError):
    """Words that say when, and too little for a date; its argument says why."""


def day_away(context: Context, steps: int) -> Meaning:
    day = context.day_needed() + timedelta(days=steps)
    side = "before" if steps < 0 else "after"
    distance = {0: "The day of", 1: f"The day {side}", 2: f"Two days {side}"}[abs(steps)]
    context.note(f"{distance} {context.source}.")
    return single(day.isoformat())


def last_night(context: Context) -> Meaning:
    day = context.day_needed()
    context.note(f"The night before {context.source}: one day or the other.")
    return one_of((day - _ONE_DAY).isoformat(), day.isoformat())


def monday(day: date, weeks: int = 0) -> date:
    return day - timedelta(days=day.weekday() - 7 * weeks)


def week_away(context: Context, steps: int, part: str) -> Meaning:
    """Return "last week", "this week", "earlier this week"; a week goes from Monday to Sunday."""
    day = context.day_needed()
    first, last = monday(day, steps), monday(day, steps) + timedelta(days=6)
    if steps:
        context.note(f"The week {'before' if steps < 0 else 'after'} that of {context.source}.")
        return days(first, last)
    if part == "later" or (not part and context.leans_ahead):
        context.note(f"The week of {context.source}.")
        return days(first if not part else day, last)
    context.note(f"The week of {context.source}, not after it.")
    return days(first, day)


def past_unit(context: Context, unit: str) -> Meaning:
    """Return "the past year", which ends with the day on which it is said; of a week the one before it may be meant."""
    day = context.day_needed()
    context.note(f"Counted back from {context.source}.")
    if unit == "week":
        return days(monday(day, -1), day)
    return from_month(month_text(shifted(day, -1, unit), 0), day)


def weekend_away(context: Context, steps: int, is_past: bool = True) -> Meaning:
    day = context.day_needed()
    in_weekend = day.weekday() >= 5
    if steps > 0:
        saturday = monday(day, 1 if in_weekend else 0) + timedelta(days=5)
        context.note(f"The weekend after {context.source}.")
        return _two_days(saturday, saturday + _ONE_DAY)
    if steps < 0 or in_weekend or is_past:
        saturday = monday(day, 0 if in_weekend else -1) + timedelta(days=5)
        context.note(f"The last weekend before {context.source}, or that of {context.source}.")
        return _two_days(saturday, min(saturday + _ONE_DAY, day))
    return _this_weekend(context, monday(day) + timedelta(days=5))


def _this_weekend(context: Context, saturday: date) -> Meaning:
    """Return "this weekend", which on a Monday is the one just past, on a Friday the one to come."""
    if context.leans_ahead is not None:
        return weekend_away(context, 1 if context.leans_ahead else -1)
    context.note(f"The weekend before {context.source}, or the one after it.")
    return one_of(*((saturday + timedelta(days=number)).isoformat() for number in (-7, -6, 0, 1)))


def _two_days(first: date, last: date) -> Meaning:
    return one_of(first.isoformat(), last.isoformat())


def weekend_of(day: str) -> Meaning:
    known = date.fromisoformat(day)
    saturday = monday(known) + timedelta(days=5 if known.weekday() > 0 else -2)
    return _two_days(saturday, saturday + _ONE_DAY)


def month_text(day: date, months: int) -> str:
    """Return the month so many months later. Raises ValueError outside the calendar."""
    return shifted(day.replace(day=1), months, "month").isoformat()[:7]


def month_away(context: Context, steps: int, part: str) -> Meaning:
    day = context.day_needed()
    if not steps and part in ("earlier", "later"):
        first, last = day.replace(day=1), shifted(day.replace(day=1), 1, "month") - _ONE_DAY
        context.note(f"The month of {context.source}, not {'after' if part == 'earlier' else 'before'} it.")
        return days(first, day) if part == "earlier" else days(day, last)
    context.note(_beside("month", steps, context))
    return single(month_text(day, steps))


def year_away(context: Context, steps: int, part: str) -> Meaning:
    day = context.day_needed()
    if not steps and part in ("earlier", "later"):
        context.note(f"The year of {context.source}, not {'after' if part == 'earlier' else 'before'} its month.")
        if part == "earlier":
            return from_month(f"{day.year:04}-01", day)
        return between(month_text(day, 0), f"{day.year:04}-12")
    context.note(_beside("year", steps, context))
    return single(f"{shifted(day, steps, 'year').year:04}")


def decade_away(context: Context, steps: int, part: str) -> Meaning:
    context.note(_beside("decade", steps, context))
    return single(f"{shifted(context.day_needed(), steps, 'decade').year:04}"[:3] + "X")


def _beside(unit: str, steps: int, context: Context) -> str:
    if not steps:
        return f"The {unit} of {context.source}."
    return f"The {unit} {'before' if steps < 0 else 'after'} {context.source}."


def named_month(context: Context, month: int, is_last: bool) -> Meaning:
    """Return "last March", which on 25 March means the year before, and "next March"."""
    day = context.day_needed()
    steps = -((day.month - month) % 12 or 12) if is_last else (month - day.month) % 12 or 12
    context.note(f"The {'last' if is_last else 'next'} {MONTHS[month - 1]} seen from {context.source}.")
    return single(month_text(day, steps))


def weekday(context: Context, number: int, which: str) -> Meaning:
    """Return the day that "on Tuesday", "last Tuesday", "this Tuesday" or "next Tuesday" is."""
    day, name = context.day_needed(), NAMES[number]
    past, ahead = day - timedelta(days=(day.weekday() - number) % 7 or 7), _next_weekday(day, number)
    if which == "this":
        context.note(f"The {name} of the week of {context.source}.")
        return single((monday(day) + timedelta(days=number)).isoformat())
    if which in ("last", "next"):
        return _of_next_week(context, which, past if which == "last" else ahead, number)
    if not which and context.leans_ahead and day.weekday() == number:
        context.note(f"The day of {context.source}, a {name}, or the {name} a week after.")
        return one_of(day.isoformat(), ahead.isoformat())
    is_ahead = context.leans_ahead or (context.is_limit and context.leans_ahead is None)
    if which == "coming" or (not which and is_ahead):
        context.note(f"The next {name} after {context.source}.")
        return single(ahead.isoformat())
    if day.weekday() == number and which != "past":
        context.note(f"The day of {context.source}, a {name}, or the {name} a week before.")
        return one_of(past.isoformat(), day.isoformat())
    context.note(f"The last {name} before {context.source}.")
    return single(past.isoformat())


def _next_weekday(day: date, number: int) -> date:
    return day + timedelta(days=(number - day.weekday()) % 7 or 7)


def _of_next_week(context: Context, which: str, near: date, number: int) -> Meaning:
    """Return "last Tuesday": the one just past, or the one of the week before; and "next Tuesday" likewise."""
    side, steps = ("before", -1) if which == "last" else ("after", 1)
    of_week = monday(context.day_needed(), steps) + timedelta(days=number)
    if near == of_week:
        context.note(f"The {NAMES[number]} of the week {side} {context.source}.")
        return single(near.isoformat())
    context.note(f"The {which} {NAMES[number]} {side} {context.source}, or that of the week {side}.")
    return one_of(*sorted((of_week.isoformat(), near.isoformat())))


def weekday_of_week(context: Context, number: int, which: str) -> Meaning:
    steps = {"last": -1, "this": 0, "next": 1}[which]
    context.note(f"The {NAMES[number]} of {which} week, seen from {context.source}.")
    return single((monday(context.day_needed(), steps) + timedelta(days=number)).isoformat())


def night(meaning: Meaning, context: Context) -> Meaning:
    """Return the night that begins on a day: one day or the next, and no day after that of a source that reports it."""
    if meaning.form != "single" or len(meaning.first) != 10:
        return meaning
    day = date.fromisoformat(meaning.first)
    last = day + _ONE_DAY
    if context.needs_day and not context.leans_ahead and last > (context.said_on or last):
        return meaning
    return _two_days(day, last)
