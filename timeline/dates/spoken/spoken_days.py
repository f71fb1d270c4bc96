"""Words whose date depends on the day on which they are said, and what each of them means."""

import re

from . import relative_days
from .calendar_days import MONTH, WEEKDAY
from .relative_days import NUMBERS, Resolver

_NUMBER = rf"(?:[0-9]{{1,3}}|{'|'.join(NUMBERS)})"
_HOW_MANY = rf"(?P<n>(?:a\s+)?(?:couple(?:\s+of)?|few)|several|{_NUMBER})"
_PART_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"
_AFTER_NUMBERED = (
    r"(?=\s*(?:[,.;:?!)–—-]|\Z|(?:and|or|to|in|at|with|for|when|which|that|there|by|from|he|she|they|we|I|it|the)\b))"
)
_UNIT = r"(?P<unit>hour|day|week|month|year)s?\b"
_SPOKEN: tuple[tuple[str, Resolver, bool], ...] = (  # words, what they mean, whether they announce
    (r"the day before yesterday", relative_days.ago(2, "Two days before the briefing."), False),
    (r"the day after tomorrow", relative_days.ago(-2, "Two days after the briefing."), True),
    (rf"yesterday{_PART_OF_DAY}(?!['’]s)", relative_days.ago(1, "The day before the briefing."), False),
    (r"(?:earlier\s+)?today(?!['’]s)|this\s+(?:very\s+)?(?:morning|afternoon|evening)|tonight(?!['’]s)",
     relative_days.ago(0, "The day of the briefing."), False),
    (r"last\s+night|overnight", relative_days.either(1, 0, "The night before the briefing: one day or the other."), False),
    (rf"tomorrow{_PART_OF_DAY}(?!['’]s)", relative_days.ago(-1, "The day after the briefing."), True),
    (r"(?:(?:over|during)\s+(?:the|this)(?:\s+(?:past|last))?|this\s+past|(?:the\s+)?last)\s+weekend", relative_days.weekend, False),
    (r"this\s+weekend", relative_days.this_weekend, False),
    (r"(?:this\s+coming|the\s+coming|next)\s+weekend", relative_days.coming_weekend, True),
    (rf"(?:on\s+)?(?P<weekday>{WEEKDAY})(?:\s+of)?\s+(?P<which>last|this|next)\s+week", relative_days.weekday_of_week, False),
    (r"(?:earlier\s+)?this\s+week", relative_days.this_week, False),
    (r"later\s+this\s+week", relative_days.later_this_week, True),
    (r"(?:(?:late|early|earlier)\s+)?last\s+week(?!end)", relative_days.week(1, "The week before that of the briefing."), False),
    (r"(?:(?:late|early)\s+)?next\s+week(?!end)|(?:this|the)\s+coming\s+week(?!end)", relative_days.week(-1, "The week after that of the briefing."), True),
    (r"(?:earlier|already)\s+this\s+month", relative_days.earlier_this_month, False),
    (r"(?:later\s+)this\s+month", relative_days.month(0, "The month of the briefing."), True),
    (r"this\s+month", relative_days.month(0, "The month of the briefing."), False),
    (r"(?:(?:late|early|earlier)\s+)?last\s+month", relative_days.month(1, "The month before the briefing."), False),
    (r"next\s+month", relative_days.month(-1, "The month after the briefing."), True),
    (r"(?:earlier|already)\s+this\s+year", relative_days.earlier_this_year, False),
    (r"later\s+this\s+year", relative_days.year(0, "The year of the briefing."), True),
    (r"this\s+year(?!['’]s)", relative_days.year(0, "The year of the briefing."), False),
    (r"(?:(?:late|early|earlier)\s+)?last\s+year(?!['’]s)", relative_days.year(1, "The year before the briefing."), False),
    (r"next\s+year(?!['’]s)", relative_days.year(-1, "The year after the briefing."), True),
    (rf"(?:(?:in|this)\s+)?(?P<which>last|next)\s+(?P<month>(?-i:{MONTH}))", relative_days.named_month, False),
    (rf"(?:on\s+)?last\s+(?P<weekday>{WEEKDAY}){_PART_OF_DAY}", relative_days.said_last, False),
    (rf"(?:on\s+)?next\s+(?P<weekday>{WEEKDAY}){_PART_OF_DAY}", relative_days.said_next, True),
    (rf"(?:on\s+)?this\s+(?P<weekday>{WEEKDAY}){_PART_OF_DAY}", relative_days.this_weekday, False),
    (rf"this\s+coming\s+(?P<weekday>{WEEKDAY}){_PART_OF_DAY}", relative_days.next_weekday, True),
    (rf"{_HOW_MANY}\s+{_UNIT}\s+ago(?:\s+(?:on\s+)?(?:today|this\s+day))?|(?:on\s+)?this\s+day,?\s+(?P<n2>{_NUMBER})\s+years\s+ago", relative_days.counted_ago, False),
    (rf"(?:in|over|during|within)\s+(?:the\s+|these\s+)?(?:past|last)\s+(?:(?P<n>(?:couple(?:\s+of)?|few)|several|{_NUMBER})\s+)?{_UNIT}",
     relative_days.recent, False),
    (rf"(?:in|over)\s+(?P<n>)recent\s+{_UNIT}", relative_days.recent, False),
    (r"(?:in|over)\s+the\s+(?:coming|next)(?:\s+(?:few|several|couple of))?\s+(?:days|weeks|months)|in\s+the\s+(?:days|weeks)\s+ahead",
     relative_days.unresolved("After the briefing; how long after is not said."), True),
    (r"(?:(?:early|late|in|over|during|since)\s+)*(?:(?:last|this|next)\s+(?:spring|summer|autumn|fall|winter)\b|(?:the\s+)?(?:spring|summer|autumn|fall|winter)\s+(?:of\s+)?[0-9]{4}\b)",
     relative_days.unresolved("A season: seasons differ from place to place. Write the months."), False),
    (r"recently|lately|the\s+other\s+day", relative_days.unresolved("Not long before the briefing; the day is not said."), False),
    (rf"(?:on|from)\s+the\s+[0-9]{{1,2}}(?:st|nd|rd|th)(?:\s*,?\s+(?:and|or)\s+(?:the\s+)?[0-9]{{1,2}}(?:st|nd|rd|th))*{_AFTER_NUMBERED}"
     rf"(?!\s+of\s+{MONTH})", relative_days.numbered, False),
)  # fmt: skip
SPOKEN = tuple(
    (re.compile(rf"(?<![\w-])(?i:{words})(?![\w-])"), resolve, announced) for words, resolve, announced in _SPOKEN
)
A_WEEKDAY = re.compile(
    rf"(?<![\w-])(?:(?i:on|this\s+past)\s+)?(?P<weekday>{WEEKDAY})(?i:{_PART_OF_DAY})(?![\w-]|['’]s)(?!\s+(?:of|the\s+{MONTH}))"
)
NOT_A_DAY = re.compile(r"(?i:happy|good|black|super|fat|holy|every|each|most|bloody|cyber|the)\s+\Z")
