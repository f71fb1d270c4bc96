"""The rules of coding, as docs/codebook.md prints them. The entries of the types are rows, edited on the desk."""

from .choices import Act
from .support import Actuality

CODEBOOK_VERSION = "1.2"  # raise it with every change of a rule; an event stores the version by which it was coded

COUNTING_RULE = (
    "One event is one act by the same actors, of one type, at one place, on one day or in one unbroken stretch of days."
)
COUNTING_EXAMPLES = (  # of the demo
    "A phone call and a tweet about it are two events, of two types: *Assistant Secretary Donfried speaks with the foreign "
    "ministers of Armenia and Azerbaijan* and *State Department tweets about Donfried’s call*.",
    "Troop movements and the words that condemn them are two events, even if one sentence reports both: *Azerbaijani troop "
    "movements* and *Spokesperson condemns Azerbaijani troop movements*.",
    "Calls to two people on two days, reported together, are one event with both days: *Secretary Blinken calls on "
    "Pashinyan and Aliyev to show restraint*, 21 and 22 March 2022.",
    "A ceasefire and the line drawn after it are two events: *Ceasefire of November 2020* and *Line of contact "
    "established following the ceasefire*.",
    "The same appeal on another day is another event: one on 24 March, asserted in a question, and one on 25 March.",
)

SEVERAL_IN_A_SENTENCE = (
    "A sentence that reports several things is several events if they differ in actors, type, place or day, and one event if it "
    "counts them only together (“signed bilateral agreements”). Words repeated on another day are cited for the event of "
    "the first day, as “reports”, if they say that they repeat; otherwise they are another event."
)
ACTUALITIES = {
    Actuality.OCCURRED: "it happened, as far as the sources say",
    Actuality.ANNOUNCED: "it was planned, promised, threatened, forecast or due at the time of the source, and no source says that it happened",
    Actuality.DID_NOT_OCCUR: "it was cancelled or missed; or it was claimed, and the cited source says it is not true. What was postponed did "
    "not happen on its first day and is announced for the new one: two events",
    Actuality.UNCLEAR: "no source says whether it happened: only a question asserts it, however well known it may be, or sources contradict each "
    "other. What an answer confirms (“yes”, “that call”) is cited from the answer, and is not unclear",
}
ACTS = {
    Act.ANNOUNCES: "says with these words what the speaker or the institution will do, or does it by saying so: “we will send”, “I am announcing”, "
    "“we are concerned”. What is already done, even by the speaker, is “reports”",
    Act.CONFIRMS: "says that what somebody else asserted or asked is true, and that question or source is in the text: “yes, they spoke”",
    Act.REPORTS: "says unprompted that it was done, said or agreed, by the speaker or by others; also a readout of what was called for or "
    "condemned in a conversation",
    Act.CALLS_FOR: "asks for it with these very words: “we urge”, “they need to”",
    Act.CONDEMNS: "calls it wrong with these very words. Concern, alarm and regret are not condemnation",
    Act.DENIES: "says that it is not true",
    Act.DISPUTES: "says that part of it is wrong: the day, a number, who did it",
    Act.MENTIONS: "treats it as known while saying something else: a clause, a name, a comparison",
}
ROLES = {
    "initiator": "who does it, says it, or calls for it",
    "recipient": "the target or addressee: who is visited, sanctioned, attacked, condemned, called on, promised something",
    "participant": "who takes part where the words give no direction: phone calls, talks, meetings, agreements, fighting between two sides",
    "mediator": "who brings others together or relays between them; not who only announces it",
}
WHO_IS_NAMED = (
    "Only those whom the words name, or mean by “we”, “I” and “the administration”: the speaker's institution. Leave out unnamed and "
    "implied actors and crowds. Whoever is harmed is never an initiator; where the words leave the direction open, all are participants."
)
PLACE_RULE = (
    "The place is where the deed happened. Each event says how precisely its sources give it, and nothing is preset. Leave it empty if "
    "they do not say. The middle of a province is not an exact place. A place is one real place; a place within it is a separate place."
)
DAYS = (
    ("one of several days, not known which", "`[2022-03-21..2022-03-25]`, `[2022-03-21,2022-03-22]`"),
    ("all of several days", "`2022-03-21/2022-03-25`; two days apart `{2022-03-21,2022-03-25}`"),
    ("a month, a year", "`2020-11`, `2020`; a part of it as the days of that part, `[2020-11-01..2020-11-10]`"),
    ("no day given, done by the time of the source", "`[..2022-03-25]`, the day of the source"),
    ("still going on at the time of the source", "`2020-11-10/..`; begun on a day not given: `[..2022-03-25]`"),
    ("“about”, “around”", "`2022-03-24~`"),
)
DAY_RULE = (
    "The day is that of the deed, not of the words about it; for a statement, an appeal or a condemnation it is the day it was "
    "made. Relative days count from the day of the source, at its place. Never be more precise than the words."
)
