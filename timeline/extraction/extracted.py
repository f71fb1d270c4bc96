"""What is read from the bytes of a document, or why nothing is."""

from dataclasses import dataclass, field

from timeline.text.track import NO_TRACK, Track

LONGEST_TEXT = 1_000_000  # characters; the longest real transcript has an eighth of that


class Refused(ValueError):
    """What is read cannot be a briefing; the message says why, and what would be right."""

    where = ""  # the file, and the row in it; set by whoever knows it

    def at(self, where: str) -> "Refused":
        self.where = where
        return self


@dataclass(frozen=True, slots=True)
class Extracted:
    """The words of a document, and what it says of itself. Nothing is decided here of what that means."""

    text: str  # without markup
    fields: dict[str, str] = field(default_factory=dict)  # by the meanings of `front_values.NAMES`, and "site"
    notes: tuple[str, ...] = ()  # what was corrected or is not known, in words
    track: Track = NO_TRACK  # of the text, whose marks are at beginnings of lines


def checked_text(text: str) -> str:
    """Return the text without blank lines around it. Raises Refused if there is none, or more than is kept."""
    text = text.strip("\n")
    if not text.strip():
        raise Refused("There is no text in it. A source needs its words.")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are kept. Split it.")
    return text


def one_line(words: str) -> str:
    return " ".join(words.split())
