"""

Bytes into text, strictly: what is not UTF-8 is refused, and what was decoded wrongly before is repaired and reported.
"""

import codecs
import datetime as dt
import re
from dataclasses import dataclass

from timeline.models.briefing import BriefingKind
from timeline.models.source_day import SourceDate
from timeline.text.languages import identify_language

LONGEST_TEXT = 1_000_000  # characters; the longest real transcript has an eighth of that


class Refused(ValueError):
    """What is read cannot be a briefing; the message says why, and what would be right."""

    where = ""  # the file, and the row in it; set by whoever knows it

    def at(self, where: str) -> "Refused":
        self.where = where
        return self


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
    notes: tuple[str, ...] = ()  # what was mended or is not known, in words
    received: Received | None = None  # None: only the words are known


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


_LATIN = re.compile("[A-Za-z]")


def detect_language(text: str) -> tuple[str, list[str]]:
    """Return the language of a text that does not say it, with a note where it is not certain. Raises Refused where the text is
    not even in Latin letters, of which the most are English."""
    if language := identify_language(text):
        return language, []
    letters = sum(character.isalpha() for character in text[:_READ])
    if letters and len(_LATIN.findall(text[:_READ])) * 2 < letters:
        raise Refused("It does not say its language, and its words do not tell. Say it: --language ru.")
    return "en", ["its language is not certain: taken for English, else say it with --language"]


_READ = 4_000  # characters


_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32"}
_MARKS |= {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_C1 = re.compile("[\x80-\x9f]")  # never meant: letters of Windows-1252 that were taken for Latin-1
_C1_ALONE = {"\x85"}  # may be meant: it ends a line


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """Return the text with LF at line ends, and what was mended. `declared`: the character set that a page says it has,
    used where it is not UTF-8. Raises Refused."""
    refuse_no_text(data)
    notes = []
    if data.startswith(codecs.BOM_UTF8):
        data, notes = data.removeprefix(codecs.BOM_UTF8), ["byte-order mark left out"]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = _as_declared(data, declared, error)
        notes.append(f"read as {declared}, as the page says")
    text, mended = mend_windows_1252(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text, [*notes, *mended]


def refuse_no_text(data: bytes) -> None:
    """Raise Refused for the beginning of a file that is UTF-16, UTF-32 or no text at all."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            raise Refused(f"It is {name}. Save it as UTF-8.")
    if (at := data.find(b"\0")) >= 0:
        raise Refused(f"Byte {at + 1:,} is NUL: this is no text, or UTF-16 without its mark. Save it as UTF-8.")


def mend_windows_1252(text: str) -> tuple[str, list[str]]:
    """Return the text with the C1 controls read as what they are in Windows-1252, and how many there were.

    The five that mean nothing there stay, and are written out when the text is stored; so do next-line marks where
    there are no others.
    """
    if set(_C1.findall(text)) <= _C1_ALONE:
        return text, []
    text, count = _C1.subn(_windows_1252, text)
    return text, [f"{count:,} character{'' if count == 1 else 's'} of Windows-1252 mended, like ’ and “"]


def not_utf8(data: bytes, error: UnicodeDecodeError) -> Refused:
    line = data.count(b"\n", 0, error.start) + 1
    return Refused(
        f"Byte {error.start + 1:,}, in line {line:,}, is {data[error.start]:#04x}, which is not UTF-8. Save it as UTF-8; "
        "it may be Windows-1251 (Cyrillic) or Windows-1252 (western Europe)."
    )


def _as_declared(data: bytes, declared: str, error: UnicodeDecodeError) -> str:
    if not declared:
        raise not_utf8(data, error) from None
    try:
        return data.decode(declared)
    except (LookupError, UnicodeError):
        raise Refused(f"It says that it is “{declared}”, but it is not, nor UTF-8. Save it as UTF-8.") from None


def _windows_1252(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return match[0]
