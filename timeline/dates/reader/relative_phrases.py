"""Words whose date depends on the day on which they are said, found among the tokens."""

from functools import partial

from . import relative_dates
from .context import Node, Parsed
from .counted_dates import Count
from .counted_phrases import RECENT, ago_at, recent_at, this_day_ago_at, unresolved, within_next
from .named_parts import part_at
from .vocabulary import OTHER_DAYS, PARTS_OF_DAY, SEASONS
from .words import Lexicon, Words

_DAYS = Lexicon(
    {
        "the day before yesterday": -2,
        "yesterday": -1,
        "today|earlier today|later today|tonight|this morning|this very morning|this afternoon|this evening|the same day today"
        "|earlier this morning|earlier this afternoon|earlier this evening": 0,
        "tomorrow": 1,
        "the day after tomorrow": 2,
    }
)
_DAYS_OF_OTHERS = Lexicon(OTHER_DAYS)
_LAST_NIGHT = Lexicon({"last night|overnight|late last night": ""})
_WHICH = Lexicon(
    {
        "last|the last|late last|early last|earlier last|this past|the past|past|the previous": (-1, ""),
        "this|the current|over this|during this": (0, ""),
        "earlier this|already this|early this|earlier in the|earlier in this": (0, "earlier"),
        "later this|later in the|later in this|late this": (0, "later"),
        "next|the next|the coming|this coming|early next|late next|the following": (1, ""),
    }
)
_OVER_WEEKEND = Lexicon(
    {"over the|over this|during the|over the past|over the last|during the past|during the last|over this past": ""}
)
_VAGUE = Lexicon(
    {
        "recently|lately|the other day|in recent times|of late|not long ago|a while ago|some time ago|long ago|just recently":
            "Not long before the source; the day is not said.",
        "in the days ahead|in the weeks ahead|in the months ahead|in the near future":
            "After the source; how long after is not said.",
    }
)  # fmt: skip
_STEP_UNITS = {"week": relative_dates.week_away, "month": relative_dates.month_away, "year": relative_dates.year_away,
               "decade": relative_dates.decade_away}  # fmt: skip
_SEASON = "A season: seasons differ from place to place. Write the months."


def relative_at(words: Words, place: int) -> Parsed | None:
    kind = words.kind(place)
    for rule in _RULES if kind == "word" else _RULES_OF_KINDS.get(kind, ()):
        if parsed := rule(words, place):
            return parsed
    return None


def _day(words: Words, place: int) -> Parsed | None:
    day = _DAYS.at(words.texts, place) or (None if words.is_text else _DAYS_OF_OTHERS.at(words.texts, place))
    if day is None:
        return None
    steps, end = day
    if steps in (-1, 1) and words.word(end) in PARTS_OF_DAY:
        is_night = words.word(end) == "night"
        node = partial(relative_dates.day_away, steps=steps)
        return Parsed(_by_night(node) if is_night and steps < 0 else node, end + 1, steps > 0)
    return Parsed(partial(relative_dates.day_away, steps=steps), end, steps > 0)


def _by_night(node: Node) -> Node:
    return lambda context: relative_dates.night(node(context), context)


def _last_night(words: Words, place: int) -> Parsed | None:
    night = _LAST_NIGHT.at(words.texts, place)
    return Parsed(relative_dates.last_night, night[1]) if night else None


def _which_unit(words: Words, place: int) -> Parsed | None:
    weekend = _OVER_WEEKEND.at(words.texts, place)
    if weekend and words.word(weekend[1]) == "weekend":
        return Parsed(partial(relative_dates.weekend_away, steps=0, is_past=True), weekend[1] + 1)
    which = _WHICH.at(words.texts, place)
    if which is None:
        return None
    (steps, part), end = which
    token = words.at(end)
    if not token.kind:
        return None
    if token.text == "weekend":
        return Parsed(partial(relative_dates.weekend_away, steps=steps, is_past=steps < 0), end + 1, steps > 0)
    if token.text in SEASONS and words.word(end + 1) != "of":
        return unresolved(_SEASON, end + 1)
    if token.kind == "month" and (token.is_capital or not words.is_text):
        return _which_month(words, end)
    if token.kind == "weekday" and (token.is_capital or not words.is_text):
        return _which_weekday(words, end)
    if steps > 0 and token.text == "decade":
        return Parsed(partial(within_next, count=Count("decade", 1)), end + 1, True)
    is_counted = words.word(end - 1) == "past" and token.text in ("week", "month", "year")
    if is_counted or (steps < 0 and token.text == "decade"):
        return Parsed(partial(relative_dates.past_unit, unit=token.text), end + 1)
    if token.text in _STEP_UNITS and not token.text.endswith("s"):
        node = partial(_STEP_UNITS[token.text], steps=steps, part=part)
        return Parsed(node, end + 1, steps > 0 or part == "later")
    return None


def _which_month(words: Words, end: int) -> Parsed | None:
    if words.word(end - 1) not in ("last", "next") or words.kind(end + 1) in ("number", "ordinal"):
        return None
    is_last = words.word(end - 1) == "last"
    return Parsed(
        partial(relative_dates.named_month, month=words.at(end).number, is_last=is_last), end + 1, not is_last
    )


def _which_weekday(words: Words, end: int) -> Parsed | None:
    which = words.word(end - 1)
    if which not in ("last", "past", "this", "next", "coming") or words.word(end + 1) == "of":
        return None
    return _of_weekday(words, end, which)


def _of_weekday(words: Words, place: int, which: str) -> Parsed:
    node: Node = partial(relative_dates.weekday, number=words.at(place).number, which=which)
    end = place + 1
    if words.word(end) in PARTS_OF_DAY:
        node = _by_night(node) if words.word(end) == "night" else node
        end += 1
    return Parsed(node, end, which in ("next", "coming"))


_NOT_A_DAY = frozenset(
    [
        "happy",
        "good",
        "black",
        "super",
        "fat",
        "holy",
        "every",
        "each",
        "most",
        "bloody",
        "cyber",
        "the",
        "a",
        "all",
        "some",
        "palm",
        "any",
    ]
)


def _weekday(words: Words, place: int) -> Parsed | None:
    token = words.at(place)
    if token.kind != "weekday" or (words.is_text and not (token.is_capital and token.is_english)):
        return None
    if words.is_text and (words.word(place - 1) in _NOT_A_DAY and place or len(token.text) < 4):
        return None
    named = part_at(words, place)
    if named and named[0].weekday >= 0:
        return None  # "Thursday, 24 March"
    behind = words.skip(words.skip(place + 1, ","), "of")
    if words.word(behind) in ("last", "this", "next") and words.word(behind + 1) == "week":
        which = words.word(behind)
        node = partial(relative_dates.weekday_of_week, number=token.number, which=which)
        return Parsed(node, behind + 2, which == "next")
    if words.word(place + 1) == "of" or (
        words.word(place + 1) == "the" and words.kind(place + 2) in ("month", "ordinal")
    ):
        return None
    return _of_weekday(words, place, "")


def _vague(words: Words, place: int) -> Parsed | None:
    vague = _VAGUE.at(words.texts, place)
    if vague and words.word(vague[1]) in ("after", "before", "following"):
        return None
    return unresolved(vague[0], vague[1], vague[0].startswith("After")) if vague else None


def _season(words: Words, place: int) -> Parsed | None:
    """Return "the fall of 2020", "in summer 2021": a season, which has no months."""
    start = words.skip(place, "the")
    if words.word(start) not in SEASONS:
        return None
    behind = words.skip(start + 1, "of")
    token = words.at(behind)
    if token.kind != "number" or len(token.text) != 4:
        return None
    return unresolved(_SEASON, behind + 1)


_RULES_OF_KINDS = {"number": (ago_at,), "weekday": (_weekday,)}
_RULES = (_day, _last_night, this_day_ago_at, _which_unit, ago_at, recent_at, _vague, _season)
STARTERS = frozenset().union(
    *(lexicon.first_words for lexicon in (_DAYS, _DAYS_OF_OTHERS, _LAST_NIGHT, _WHICH, _OVER_WEEKEND, RECENT, _VAGUE)),
    SEASONS,
)
TIMES = frozenset().union(*(lexicon.first_words for lexicon in (_DAYS, _DAYS_OF_OTHERS, _LAST_NIGHT, _VAGUE))) - {
    "the",
    "a",
    "in",
    "this",
    "some",
}
TIMES |= {"yesterday", "tomorrow", "today", "tonight", "now"}
