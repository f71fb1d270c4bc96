"""Guess what a speaker does with words: announce, confirm, call for, ... A proposal, for a person to look at.

Guess whether what words tell of happened, and how the speaker knows it. Proposals, for a person to look at.
"""

import re

from timeline.evidence.axes import COUNTED, Basis
from timeline.evidence.support import Actuality, Claim, support_of

QUESTION = "question"

# The first that fits. The values are those of Act.
_SIGNS = (
    ("denies", r"\b(?:den(?:y|ies|ied|ying)|categorically|(?:is|are|was|were) (?:false|untrue|not true|not accurate|a lie)|no truth)\b"),
    ("disputes", r"\b(?:disput(?:e|es|ed|ing)|would(?:n['’]t| not) characteri[sz]e|disagrees? with|not how (?:we|I) (?:see|read))\b"),
    ("confirms", r"\b(?:confirm(?:s|ed|ing)?|(?:that is|that['’]s|you['’]re) (?:right|correct|accurate|true))\b"),
    (
        "condemns",
        r"\b(?:we|I|strongly|condemns) (?:\w+ )?(?:condemn|denounce|deplore|reject)\b|\bcondemns\b|\b(?:is|are|was|were)(?: \w+){0,3}? (?:"
        r"unacceptable|irresponsible|outrageous|reprehensible|unjustified|provocative|abhorrent|horrific|heinous|despicable"
        r"|deplorable|inexcusable|unconscionable|disgraceful)\b",
    ),
    (
        "calls_for",
        r"\b(?:we|I)(?:['’](?:re|d|ve|ll))?(?: \w+){0,3}? (?:urge|urging|call(?:ing)? (?:up)?on|call(?:ing)? for|ask|encourage|implore|appeal to|demand)\b"
        r"|\b(?:urges|calls (?:up)?on|calls for|demands|needs? to|must|should|ought to|(?:has|have) to(?! do\b))\b",
    ),
    (  # somebody else announced it: "Russia has announced", "the announcement by Turkey"
        "reports",
        r"(?<!our )(?<!my )\bannouncement (?:\w+ )?(?:by|from|of|that)\b"
        r"|\b(?!(?:we|I|to|has|have|had|also|just|today|yesterday|\w+ly)\b)[\w'’]+ (?:(?:has|have|had|also|just|today|yesterday|\w+ly) ){0,2}announc(?:ed|es)\b",
    ),
    (
        "announces",
        r"\b(?:announc(?:e|es|ed|ing|ement)|will|going to|today,? (?:the|we|I)|(?:we|I)(?:['’](?:re|m)| are| am)(?: \w+ly)? \w+ing)\b"
        r"|['’]ll\b|\bremains?(?: \w+)? committed\b|\b(?:we|I)(?: \w+)? (?:welcome|recogni[sz]e|reaffirm|reiterate|support|stand)\b",
    ),
    ("reports", r"\b(?:(?!concerned|committed|united|need|indeed|based)\w{2,}ed|was|were|did|had|has|have|spoke|met|told|said|held|gave|made|took|sent|began|left|came|went|struck|fought)\b"),
)  # fmt: skip
_COMPILED = tuple((act, re.compile(sign, re.IGNORECASE)) for act, sign in _SIGNS)
DEFAULT = "mentions"


def guess_act(words: str, turn_kind: str) -> str:
    """Return a value of Act. What is said in a question is only mentioned; so is what shows no sign of anything else."""
    if turn_kind == QUESTION:
        return DEFAULT
    return next((act for act, sign in _COMPILED if sign.search(words)), DEFAULT)


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
    """Return a value of Actuality for an event that claims this and is reported by this act: what a question alone says is unclear, a
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
