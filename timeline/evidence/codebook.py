"""The rules of coding, as docs/codebook.md prints them. The entries of the types are rows, edited on the desk."""

from .choices import Act
from .support import Actuality

CODEBOOK_VERSION = "1.2"  # raise it with every change of a rule; an event stores the version by which it was coded

COUNTING_RULE = (
    "One event is one act by the same actors, of one type, at one place, on one day or in one unbroken stretch of days."
)
COUNTING_EXAMPLES = (  # of the demo
    "A phone call and the tweet about it are two events, of two types: *Assistant Secretary Donfried speaks with the foreign "
    "ministers of Armenia and Azerbaijan* and *State Department tweets about Donfried’s call*.",
    "Troop movements and the words that condemn them are two events, though one sentence tells of both: *Azerbaijani troop "
    "movements* and *Spokesperson condemns Azerbaijani troop movements*.",
    "Calls to two people on two days that a source tells of as one are one event with both days: *Secretary Blinken calls on "
    "Pashinyan and Aliyev to show restraint*, 21 and 22 March 2022.",
    "A ceasefire and the line that is drawn after it are two events: *Ceasefire of November 2020* and *Line of contact "
    "established following the ceasefire*.",
    "The same appeal on another day is another event: that of 24 March, told in a question, and that of 25 March.",
)

SEVERAL_IN_A_SENTENCE = (
    "A sentence that tells of several is several events where they differ in actors, type, place or day; one where it counts "
    "them only together (“signed bilateral agreements”). Words that are said again on another day are cited for the event of "
    "the first day, as “reports”, where they say that they repeat; else they are another event."
)
ACTUALITIES = {
    Actuality.OCCURRED: "it happened, as far as the sources say",
    Actuality.ANNOUNCED: "it was planned, promised, threatened, forecast or due when the source spoke, and no source says that it happened",
    Actuality.DID_NOT_OCCUR: "it was cancelled or missed; or it was claimed, and whoever is cited says that it is not so. What is postponed did "
    "not happen on its first day, and is announced for the new one: two events",
    Actuality.UNCLEAR: "nothing tells whether it happened: only a question asserts it, though everybody may know it, or sources contradict each "
    "other. What an answer grants (“yes”, “that call”) is cited from the answer, and is not unclear",
}
ACTS = {
    Act.ANNOUNCES: "says by these words what he or his institution will do, or does by saying it: “we will send”, “I am announcing”, “we are "
    "concerned”. Of what is done already, also his own, he “reports”",
    Act.CONFIRMS: "says that it is so of what somebody else asserted or asked, that question or source being in the text: “yes, they spoke”",
    Act.REPORTS: "tells unasked that it was done, said or agreed, by himself or by others; also a readout that tells what was called for or "
    "condemned in a talk",
    Act.CALLS_FOR: "asks for it with these very words: “we urge”, “they need to”",
    Act.CONDEMNS: "calls it wrong with these very words. Concern, alarm and regret condemn nothing",
    Act.DENIES: "says that it is not so",
    Act.DISPUTES: "says that a part of it is otherwise: day, number, who did it",
    Act.MENTIONS: "takes it for known while saying something else: a clause, a name, a comparison",
}
ROLES = {
    "initiator": "who does it, says it, or calls for it",
    "recipient": "to whom it is done or said: who is visited, sanctioned, attacked, condemned, called on, promised something",
    "participant": "who takes part where the words give no direction: phone calls, talks, meetings, agreements, fights of two sides",
    "mediator": "who brings others together or speaks between them; who only announces it is none",
}
WHO_IS_NAMED = (
    "Only who the words name, or “we”, “I” and “the administration” mean: the speaker's institution. An unnamed one, a crowd, an implied one "
    "is left out. Who is harmed is never an initiator; where the words leave the direction open, all are participants."
)
PLACE_RULE = (
    "The place is that of the deed; how precisely it is known is said of each event, as its sources tell it, and nothing is preset. Empty: "
    "they do not tell. The middle of a province is no exact place. A place is one real place: what lies within it is a place of its own."
)
DAYS = (
    ("one day of several, which one not given", "`[2022-03-21..2022-03-25]`, `[2022-03-21,2022-03-22]`"),
    ("all of several days", "`2022-03-21/2022-03-25`; two days apart `{2022-03-21,2022-03-25}`"),
    ("a month, a year", "`2020-11`, `2020`; a part of it as the days of that part, `[2020-11-01..2020-11-10]`"),
    ("no day, done when the source spoke", "`[..2022-03-25]`, the day of the source"),
    ("goes on when the source spoke", "`2020-11-10/..`; begun on a day not given: `[..2022-03-25]`"),
    ("“about”, “around”", "`2022-03-24~`"),
)
DAY_RULE = (
    "The day is that of the deed, not of the words about it; of a statement, an appeal or a condemnation it is the day on which it was "
    "made. Relative days count from the day of the source, in its own place. Never more precise than the words."
)
