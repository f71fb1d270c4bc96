"""In which ways words mention an event, and how far they are to be trusted."""

from django.db import models


class Act(models.TextChoices):
    """What the speaker does with the words. Denying and disputing are evidence about an event, never for it."""

    ANNOUNCES = "announces", "announces"
    CONFIRMS = "confirms", "confirms"
    REPORTS = "reports", "reports"
    CALLS_FOR = "calls_for", "calls for"
    CONDEMNS = "condemns", "condemns"
    DENIES = "denies", "denies"
    DISPUTES = "disputes", "disputes"
    MENTIONS = "mentions", "mentions"


OPPOSING_ACTS = (Act.DENIES, Act.DISPUTES)


class QuoteState(models.TextChoices):
    """Whether the quote is in the stored text of its briefing."""

    VERIFIED = "verified", "quote matched"
    MOVED = "moved", "quote matched, moved in the text"
    AMBIGUOUS = "ambiguous", "occurs more than once in the text"
    MISSING = "missing", "missing from the text"
    NO_TEXT = "no_text", "text not stored"


VERIFIED_STATES = (QuoteState.VERIFIED, QuoteState.MOVED)
BROKEN_STATES = (QuoteState.MISSING, QuoteState.AMBIGUOUS)


class TurnKind(models.TextChoices):
    QUESTION = "question", "question"
    ANSWER = "answer", "answer"
    STATEMENT = "statement", "statement"


def said_by(speaker: str | None, turn_kind: str, publisher: str) -> str:
    """Return who says words: never the publisher of a text in which others speak. `turn_kind`: "" outside of turns."""
    not_named = "A speaker not named" if turn_kind else publisher
    return speaker or ("A questioner" if turn_kind == TurnKind.QUESTION else not_named)


class Reliability(models.TextChoices):
    """Source: Admiralty code, reliability of the source."""

    A = "A", "A, completely reliable"
    B = "B", "B, usually reliable"
    C = "C", "C, fairly reliable"
    D = "D", "D, not usually reliable"
    E = "E", "E, unreliable"
    F = "F", "F, cannot be judged"


class Credibility(models.TextChoices):
    """Source: Admiralty code, credibility of the information."""

    CONFIRMED = "1", "1, confirmed by other sources"
    PROBABLE = "2", "2, probably true"
    POSSIBLE = "3", "3, possibly true"
    DOUBTFUL = "4", "4, doubtful"
    IMPROBABLE = "5", "5, improbable"
    CANNOT_BE_JUDGED = "6", "6, cannot be judged"
