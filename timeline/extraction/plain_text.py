"""A text without markup: its title, then its day on a line of its own, then its words."""

from timeline.extraction.decoding import decode
from timeline.extraction.extracted import Extracted, Refused
from timeline.text import source_text
from timeline.text.page_furniture import without_furniture

LONGEST_TITLE = 300  # characters


def read(data: bytes, name: str, charset: str = "") -> Extracted:
    """Return the words, title and day too, as the page prints them. `charset`: as its server says it. Raises Refused."""
    text, notes = decode(data, charset)
    notes += source_text.white_space_notes(text)
    text, around = without_furniture(source_text.normalise(text))
    return Extracted(text, {"title": _title(text)}, (*notes, *around))


def _title(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        raise Refused("It has fewer than two lines. Write the title, the day, then the words.")
    if len(lines[0]) > LONGEST_TITLE:
        raise Refused(
            f"The first line has {len(lines[0])} characters, too many for a title. Write the title, the day, then the words."
        )
    return lines[0]
