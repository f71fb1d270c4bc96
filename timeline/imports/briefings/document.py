"""What a file says of a document: its words, and what kind and language they are."""

import datetime as dt
import re
from dataclasses import dataclass

from timeline.extraction.extracted import Refused
from timeline.models.briefing import BriefingKind
from timeline.models.source_day import SourceDate
from timeline.text.languages import identify_language
from timeline.text.track import NO_TRACK, Track


@dataclass(frozen=True, slots=True)
class Received:
    """The bytes of a document as they came."""

    content: bytes
    format: str  # the ending that names its reader, without the full stop
    file_name: str = ""  # without folders; empty: it was no file
    address: str = ""  # where they were captured; empty: what the document says of itself


@dataclass(frozen=True, slots=True)
class Document:
    """What a file, or a row of one, says of a document. Empty and None: it does not say."""

    where: str  # the file, and the row in it: "files/talks.csv, row 3"
    title: str  # one line
    text: str  # without the markup and the furniture of the page
    published: SourceDate = SourceDate()
    stamp: dt.datetime | None = (
        None  # the moment of publication that `published` is the day of; None: no moment is said
    )
    captured_on: dt.date | None = None
    url: str = ""
    archive_url: str = ""
    language: str = ""
    publisher: str = ""  # a name
    kind: str = ""  # as the file says it, in its own words
    about: str = ""  # tags and sections, which may tell the kind
    speakers: str = ""  # full names
    notes: tuple[str, ...] = ()  # what was corrected or is not known, in words
    received: Received | None = None  # None: only the words are known
    track: Track = NO_TRACK  # pages or times of the text


# What kind of document a title names, and in which language a text is written.

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


_LATIN = re.compile("[A-Za-z]")


def detect_language(text: str) -> tuple[str, list[str]]:
    """Return the language of a text that does not say it, with a note where it is not certain. Raises Refused where the text is
    not even in Latin letters, of which the most are English."""
    if language := identify_language(text):
        return language, []
    letters = sum(character.isalpha() for character in text[:_READ])
    if letters and len(_LATIN.findall(text[:_READ])) * 2 < letters:
        raise Refused("It does not name its language, and the words do not show it. Name it: --language ru.")
    return "en", ["its language is not certain: English is assumed; name another with --language"]


_READ = 4_000  # characters
