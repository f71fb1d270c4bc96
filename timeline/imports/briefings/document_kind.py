"""What kind of document a title names."""

import re

from timeline.models.briefing import BriefingKind

_BY_WORDS = (
    (BriefingKind.FACT_SHEET, r"fact ?sheets?"),
    (BriefingKind.READOUT, r"read-?outs?|summary of (?:the )?(?:call|meeting)"),
    (BriefingKind.INTERVIEW, r"interview(?:s|ed)?"),
    (
        BriefingKind.PRESS_BRIEFING,
        r"(?:press|daily|media|background|news|on-the-record)[\w\s-]{0,40}"
        r"(?:briefing|gaggle|call|conference|availability|roundtable)s?|gaggles?|briefings?",
    ),
    (BriefingKind.REMARKS, r"remarks|speech|address(?! )|testimony|toasts?|keynote"),
    (BriefingKind.STATEMENT, r"(?:joint )?statements?|message|communiqu[eé]|declaration|proclamation"),
    (BriefingKind.PRESS_RELEASE, r"press release|nominat\w+|nominees?|nominations?|announces?|designations?"),
)
_TITLES = [(kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _BY_WORDS]


def classify_title(kind: str, title: str, about: str = "") -> BriefingKind | None:
    """Return the kind that is said: as a kind of ours, by a word of the title, or by one of the tags. None: by nothing."""
    for document_kind in BriefingKind:
        if kind.strip().lower().replace(" ", "_").replace("-", "_") in (
            document_kind.value,
            document_kind.label.lower(),
        ):
            return document_kind
    for words in (kind, title, about.replace("-", " ")):
        for document_kind, pattern in _TITLES:
            if pattern.search(words):
                return document_kind
    return None
