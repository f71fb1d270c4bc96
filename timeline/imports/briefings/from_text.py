from timeline.imports.briefings import front_matter
from timeline.imports.briefings.decode_text import decode
from timeline.text import source_text

from .document import Document, Refused

LONGEST_TITLE = 300


def read(data: bytes, where: str) -> Document:
    """Return the document of a plain text: title, then the day on a line of its own, then the words.

    All of it is stored, title and day too, as the page prints it.
    """
    text, notes = decode(data)
    text = source_text.normalise(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        raise Refused("It has fewer than two lines. Write the title, the day, then the words.")
    if len(lines[0]) > LONGEST_TITLE:
        raise Refused(
            f"The first line has {len(lines[0])} characters and is no title. Write the title, the day, then the words."
        )
    return front_matter.make_document(where, front_matter.group_by_meaning({"title": lines[0]}), text, notes)
