"""Characters that no format can hold: a record may have them where it was written past the forms."""

import re

# Source: XML 1.0, production 2. RFC 5545 forbids the same in a text, and tells a line end as \n.
UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\x7f")
INSTEAD = "\ufffd"  # REPLACEMENT CHARACTER


def printable(text: str) -> str:
    """Return a text whose line ends are LF, and in which a mark stands for each character that cannot be written."""
    return UNPRINTABLE.sub(INSTEAD, text.replace("\r\n", "\n").replace("\r", "\n"))


def on_one_line(text: str) -> str:
    return " ".join(printable(text).split())
