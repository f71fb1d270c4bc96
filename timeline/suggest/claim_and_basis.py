"""Guess whether what words tell of happened, and how the speaker knows it. Proposals, for a person to look at."""

import re

from timeline.evidence.axes import COUNTED, Basis
from timeline.evidence.support import Actuality, Claim, support_of

from .speech_acts import QUESTION

_HEARSAY = re.compile(
    r"\baccording to\b|\b(?:reportedly|allegedly)\b|\breports? (?:that|indicat\w+|suggest\w*|say)\b|\breported that\b"
    r"|\b(?:is|are|was|were) (?:said|reported|alleged|believed) to\b|\bclaim(?:s|ed)? that\b|\btold (?:us|me) that\b"
    r"|\b(?:seen|heard|read|aware of) (?:\w+ ){0,2}(?:reports?|accounts|claims) (?:of|about)\b",
    re.IGNORECASE,
)
_DID = r"(?:did \w+|(?:have |has |had )?(?:met|spoken|spoke|told|signed|visited|held|hosted|called|sent|launched|delivered|attended))"
_FIRST_HAND = re.compile(  # "our assistant secretary did speak", "we met"
    rf"\b(?:our(?: \w+){{1,4}}?|we|I)(?: (?:\w+ly|also|just|then|both))? {_DID}\b", re.IGNORECASE
)


def guess_actuality(act: str, turn_kind: str, claim: str, announced: bool) -> str:
    """Return a value of Actuality for an event that claims this and is told of by this act: what is only asked is unclear, a
    deed that is only announced is announced. Empty: the words support no claim of this kind, and nothing is proposed."""
    if turn_kind == QUESTION:
        return Actuality.UNCLEAR.value
    if not announced and support_of(act, False, claim, Actuality.OCCURRED) in COUNTED:
        return Actuality.OCCURRED.value
    is_announced = announced or claim == Claim.DEED
    supports = support_of(act, False, claim, Actuality.ANNOUNCED) in COUNTED
    return Actuality.ANNOUNCED.value if is_announced and supports else ""


def guess_basis(words: str, turn_kind: str, done_by_speaker: bool) -> str:
    """Return a value of Basis; empty: the words do not tell. `done_by_speaker`: it is done by saying it, or the speaker
    takes part in it."""
    if turn_kind == QUESTION:
        return ""
    if _HEARSAY.search(words):
        return Basis.HEARSAY.value
    return Basis.FIRST_HAND.value if done_by_speaker or _FIRST_HAND.search(words) else ""
