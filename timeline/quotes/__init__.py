"""Quotes: where they occur in a text, what is most like one that does not, and the address that leads to one.

Source: W3C Web Annotation Data Model, 2017-02-23, TextQuoteSelector and TextPositionSelector.
"""

from .finding import CONTEXT, MAX_OCCURRENCES, Anchor, Match, anchor, context, find, occurrences
from .fragments import text_fragment
from .likeness import Passage, difference, missing_message, nearest, unsaid_between

__all__ = [
    "CONTEXT",
    "MAX_OCCURRENCES",
    "Anchor",
    "Match",
    "Passage",
    "anchor",
    "context",
    "difference",
    "find",
    "missing_message",
    "nearest",
    "occurrences",
    "text_fragment",
    "unsaid_between",
]
