"""The words around dates, and what they mean. Those that are not English: other_words."""

from . import other_words
from .lexicon import Lexicon

_COUNTS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
NUMBERS = {word: number for number, word in enumerate(f"{_COUNTS} eighteen nineteen twenty".split(), 1)}
NUMBERS |= {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
UNITS = {f"{unit}{s}": unit for unit in ("hour", "day", "week", "month", "year", "decade") for s in ("", "s")}
UNITS |= {"century": "century", "centuries": "century"}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month in the north
PARTS_OF_DAY = {"morning", "afternoon", "evening", "night", "noon", "midday"}

HEDGES = Lexicon(
    {
        "on or about|on or around|in or about|in or around|at or around|around|about|approximately|approx .|approx|circa"
        "|ca .|ca|c .|c|~|roughly|some time around|sometime around|sometime about|somewhere around|an estimated|nearly"
        "|almost|close to|more or less|on approximately|on about|on around|the approximate date of": "~",
        "probably|possibly|perhaps|maybe|may be|likely|most likely|very likely|uncertain|reportedly|allegedly|apparently"
        "|presumably|supposedly|seemingly|it seems|believed to be|thought to be|said to be|?": "?",
        "%": "%",
    }
    | other_words.HEDGES
)
BEHIND = Lexicon(  # hedges that stand behind a date
    {
        "?|( ? )|( uncertain )|, uncertain|, probably|, possibly|, perhaps|, maybe|, reportedly|( probably )|( possibly )"
        "|( reportedly )|( unconfirmed )|, unconfirmed|( ?? )": "?",
        "~|( approx . )|( approx )|( approximate )|( approximately )|( circa )|( about )|( estimated )|, approximately"
        "|, approx .|, or so|or so|or thereabouts|, or thereabouts|civarında": "~",
        "%": "%",
    }
)
LIMITS = Lexicon(
    {
        "before|prior to|ahead of|earlier than|in advance of|in the run up to|in the lead up to|shortly before|just before"
        "|right before|soon before": "before",
        "after|following|later than|shortly after|soon after|just after|right after|immediately after|in the wake of": "after",
        "by|on or before|in or before|no later than|not later than|at the latest by|at the latest|not after|by the latest"
        "|until at most|latest|up to": "up to",
        "not before|no earlier than|not earlier than|no sooner than|not until|on or after|in or after|at the earliest on"
        "|at the earliest|not any earlier than|earliest": "not before",
        "since at least": "since at least",
        "since|ever since|already since": "since",
        "until|till|up until|through|through to|thru|all the way to|as late as until": "until",
        "from|from as early as|as from|effective from|with effect from": "from",
        "beginning on|beginning in|starting on|starting in|beginning|starting": "starting",
        "the eve of|eve of|on the eve of|the day before|the night before": "the day before",
        "the day after|on the day after|the day following|a day after|one day after": "the day after",
        "within days of|days from|in the days around|within a few days of": "days around",
        "within weeks of|in the weeks around": "weeks around",
        "within hours of": "hours around",
        "as early as|already on": "as early as",
        "as late as|as recently as": "on",
    }
    | other_words.LIMITS
)
LIMITS_BEHIND = Lexicon(
    {
        "onwards|onward|, onwards|and after|and later|and since|to present|to the present|to the present day|to date|to now|- present|- now"
        "|- today|- ongoing|ongoing|, ongoing|still ongoing|, still ongoing|and still ongoing|until now|until today|till now"
        "|to this day|through the present|through today|- ( present )|- ?": "since",
        "or later|or after|, or later|at the earliest|, at the earliest|+": "not before",
        "or earlier|or before|, or earlier|at the latest|, at the latest|and before": "up to",
        ", end not known": "starting",
        ", start open": "until open",
        ", start not known": "until",
    }
    | other_words.LIMITS_BEHIND
)
SECTIONS = Lexicon(
    {
        "early -|early|early in|early on in": "early",
        "the beginning of|beginning of|the start of|start of|the very beginning of|at the beginning of|at the start of": "beginning",
        "mid -|mid|middle of|the middle of|in the middle of": "mid",
        "late -|late|late in": "late",
        "the end of|end of|end -|the very end of|at the end of|at the tail end of|the tail end of|the close of": "end",
        "mid - to late|mid to late|middle to late|mid - to - late": "mid to late",
        "early to mid|early to mid -|early - to - mid": "early to mid",
        "the first half of|first half of|the 1st half of": "first half",
        "the second half of|second half of|the latter half of|the last half of|the 2nd half of": "second half",
        "the first week of|first week of|the first week in": "first week",
        "the second week of|second week of|the second week in": "second week",
        "the third week of|third week of|the third week in": "third week",
        "the fourth week of|fourth week of": "fourth week",
        "the last week of|last week of|the final week of|the last week in": "last week",
    }
    | other_words.SECTIONS
)
LEADS = Lexicon(  # words that say that a month or a year behind them is a date
    {
        "back in|back on|back at|on|in|during|throughout|as of|of|this|in the|on the|during the|in the month of|in the year|dated|the month of"
        "|in the year of|for|late on|early on|later on|earlier on|in the early hours of|the early hours of|in the morning of"
        "|in the course of|on the morning of|the morning of|morning of|the dawn of|dawn of|at dawn on|on the afternoon of|on the evening of|the evening of"
        "|the afternoon of|evening of|noon on|midnight on|at noon on|the day of|on the day of|sometime in|some time in|both in|either|either on|either in|both"
        "|on either": "",
    }
)
FILLERS = Lexicon({"the|year|ce|c . e .": "", other_words.FILLERS: ""})
TO = Lexicon({f"to|until|till|through|thru|-|up to|through to|to the|{other_words.TO}": "to"})
OR = Lexicon(
    {f", or|or|or on|or in|or the|or possibly|or maybe|or perhaps|, or possibly|, or on|{other_words.OR}": "or"}
)
AND = Lexicon({f", and|and|and on|and in|and the|, and on|& |as well as|{other_words.AND}": "and"})
BETWEEN = Lexicon(
    {
        f"between|some time between|sometime between|in between|somewhere between|anywhere between|{other_words.BETWEEN}": ""
    }
)
NIGHT = Lexicon(
    {
        "the night of|the night between|the night from|overnight|overnight on|overnight of|the overnight of|night of|on the night of"
        "|during the night of|in the night of|the nights of|overnight from|overnight between|in the night from|midnight|at midnight on|in the night between"
        "|midnight of|в ночь с|в ночь со|в ніч з|у ніч з|у ніч із|dans la nuit du|la nuit du": "",
        "в ночь на|ночь на|в ніч на|у ніч на|ніч на": "before",  # the night that ends on the day
    }
)
WEEK_OF = Lexicon(
    {
        "the week of|week of|the week beginning|week beginning|the week starting": "week",
        "the weekend of|weekend of|over the weekend of|during the weekend of": "weekend",
    }
)
EVERY = Lexicon(
    {
        "every day from|each day from|every month from|every year from": "",
        "every day up to|every month up to|every year up to": "up",
    }
)
