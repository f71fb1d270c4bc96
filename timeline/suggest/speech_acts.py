"""Guess what a speaker does with words: announce, confirm, call for, ... A proposal, for a person to look at."""

import re

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
        r"|\b(?:urges|calls (?:up)?on|calls for|demands|needs? to|must|should|ought to|has to|have to)\b",
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
    """Return a value of Act. What is asked is only mentioned; so is what shows no sign of anything else."""
    if turn_kind == QUESTION:
        return DEFAULT
    return next((act for act, sign in _COMPILED if sign.search(words)), DEFAULT)
