import datetime as dt
from dataclasses import dataclass

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
