"""What coders read of the codebook beside the types: the rule by which events are counted, and which act supports what."""

from .choices import Act
from .support import Support, support_of

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


def acts_that(support: Support, claim: str, actuality: str) -> list[Act]:
    """Return the acts that do this for a claim (Claim) of this actuality (Actuality), outside a question."""
    return [act for act in Act if support_of(act, False, claim, actuality) == support]


def what_is_needed(claim: str, actuality: str) -> str:
    """Return in words which source supports a claim of this actuality."""
    acts = [act.label for act in acts_that(Support.SUPPORTS, claim, actuality)]
    if not acts:
        return "a source that speaks of it"
    return f"a source that {', '.join(acts[:-1])} or {acts[-1]} it, outside a question"
