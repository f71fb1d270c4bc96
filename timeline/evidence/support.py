"""Which act of a source supports which claim of an event. Printed in docs/codebook.md; the codebook is its source.

What coders read of the codebook beside the types: the rule by which events are counted, and which act supports what.
"""

from django.db import models

from .choices import OPPOSING_ACTS, Act


class Claim(models.TextChoices):
    """What an event of a type claims: that something was done, or that something was said."""

    DEED = "deed", "a deed"
    STATEMENT = "statement", "a statement"
    APPEAL = "appeal", "an appeal"
    CONDEMNATION = "condemnation", "a condemnation"


class Actuality(models.TextChoices):
    """Whether it happened, as far as the sources say."""

    OCCURRED = "occurred", "Happened"
    ANNOUNCED = "announced", "Announced"
    DID_NOT_OCCUR = "did_not_occur", "Did not happen"
    UNCLEAR = "unclear", "Unclear whether it happened"


class Support(models.TextChoices):
    """What a citation does for the claim of its event, the strongest first."""

    SUPPORTS = "supports", "supports it"
    PRESUPPOSES = "presupposes", "takes it for granted"
    ASKED = "asked", "asserts it in a question"
    NOTHING = "nothing", "does not support it"
    AGAINST = "against", "speaks against it"


# What is done by saying it, by the claim of the event.
_SAID: dict[str, set[Act]] = {
    Claim.DEED: set(),
    Claim.STATEMENT: {Act.ANNOUNCES, Act.CALLS_FOR, Act.CONDEMNS},
    Claim.APPEAL: {Act.CALLS_FOR},
    Claim.CONDEMNATION: {Act.CONDEMNS},
}
TOLD = (Act.CONFIRMS, Act.REPORTS)
_SUPPORTING: dict[str, set[Act]] = {
    Actuality.OCCURRED: {*TOLD},
    Actuality.ANNOUNCED: {*TOLD, Act.ANNOUNCES},
    Actuality.DID_NOT_OCCUR: {*TOLD, Act.ANNOUNCES, *OPPOSING_ACTS},
    Actuality.UNCLEAR: set(),
}


def support_of(act: str, in_question: bool, claim: str, actuality: str) -> Support:
    """Return what words do for an event, by what the speaker does with them (Act), whether he asks, and what the event
    claims (Claim, Actuality)."""
    if in_question:
        return Support.AGAINST if act in OPPOSING_ACTS else Support.ASKED
    said = _SAID[claim] if actuality != Actuality.UNCLEAR else set()
    if act in _SUPPORTING[actuality] | said:
        return Support.SUPPORTS
    if act in OPPOSING_ACTS:
        return Support.AGAINST
    return Support.PRESUPPOSES if act in _presupposing(claim, actuality) else Support.NOTHING


def _presupposing(claim: str, actuality: str) -> set[Act]:
    if actuality == Actuality.UNCLEAR:
        return set(Act) - set(OPPOSING_ACTS)
    if actuality == Actuality.DID_NOT_OCCUR:
        return set()
    condemned = {Act.CONDEMNS} if (claim, actuality) == (Claim.DEED, Actuality.OCCURRED) else set()
    return {Act.MENTIONS, *condemned}


def acts_that(support: Support, claim: str, actuality: str) -> list[Act]:
    """Return the acts that do this for a claim (Claim) of this actuality (Actuality), outside a question."""
    return [act for act in Act if support_of(act, False, claim, actuality) == support]


def what_is_needed(claim: str, actuality: str) -> str:
    """Return in words which source supports a claim of this actuality."""
    acts = [act.label for act in acts_that(Support.SUPPORTS, claim, actuality)]
    if not acts:
        return "a source that reports it"
    return f"a source that {', '.join(acts[:-1])} or {acts[-1]} it, outside a question"
