import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from timeline.models.briefing import BriefingKind

LONGEST_TEXT = 1_000_000  # characters; the longest real transcript has an eighth of that


class Refused(ValueError):
    """What is read cannot be a briefing; the message says why, and what would be right."""

    where = ""  # the file, and the row in it; set by whoever knows it

    def at(self, where: str) -> "Refused":
        self.where = where
        return self


@dataclass(frozen=True, slots=True)
class Document:
    """What a file, or a row of one, says of a document. Empty and None: it does not say."""

    where: str  # the file, and the row in it: "files/talks.csv, row 3"
    title: str  # one line
    text: str  # without the markup and the furniture of the page
    published_on: dt.date | None = None
    captured_on: dt.date | None = None
    url: str = ""
    archive_url: str = ""
    language: str = ""
    publisher: str = ""  # a name
    kind: str = ""  # as the file says it, in its own words
    about: str = ""  # tags and sections, which may tell the kind
    speakers: str = ""  # full names
    notes: tuple[str, ...] = ()  # what was mended or is not known, in words


def checked_text(text: str) -> str:
    """Return the text without blank lines around it. Raises Refused if there is none, or more than is kept."""
    text = text.strip("\n")
    if not text.strip():
        raise Refused("There is no text in it. A briefing needs its words.")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are kept. Split it.")
    return text


def one_line(words: str) -> str:
    return " ".join(words.split())


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


_LETTERS = {
    "hy": re.compile("[\u0531-\u0587]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "en": re.compile("[A-Za-z]"),
}
_READ = 20_000  # characters


def detect_language(text: str) -> str:
    """Return "en" for Latin letters, "hy" and "ka" for their own. Raises Refused where the letters serve several."""
    counts = Counter({name: len(letters.findall(text[:_READ])) for name, letters in _LETTERS.items()})
    script = counts.most_common(1)[0][0] if counts.total() else "en"
    if script in ("Cyrillic", "Arabic"):
        raise Refused(f"It is written in {script} letters and does not say its language. Say it: --language ru.")
    return script
