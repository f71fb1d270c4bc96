"""Characters that act without being seen: controls, directions, zero width. What editors type has none.

Texts and quotes of sources may have some (see source_text.normalise); a page then writes beside them which they are.
"""

import re

Ranges = tuple[tuple[int, int], ...]  # code points, both ends included

_ANYWHERE: Ranges = (
    (0x00, 0x08),
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),  # soft hyphen
    (0x61C, 0x61C),  # the marks of direction: Arabic, left to right, right to left
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x2028, 0x202E),  # line and paragraph separators, embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),  # tags
)
IN_LINES = _ANYWHERE  # tabs and line ends are allowed
IN_ONE_LINE = ((0x00, 0x1F), *_ANYWHERE[3:])
JOINERS: Ranges = ((0x200C, 0x200D),)
# Letters of scripts in which a joiner shapes the one before it: Arabic to Arabic Extended-A, Devanagari to Sinhala, and
# the presentation forms of Arabic. Behind anything else it is as unseen as the rest.
JOINED: Ranges = ((0x600, 0x8FF), (0x900, 0xDFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
# SQLite cannot tell them from U+FFFD: no constraint names them
_NO_CHARACTERS: Ranges = ((0xD800, 0xDFFF), (0xFFFE, 0xFFFF))


def _set(ranges: Ranges) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_LOOSE_JOINER = f"(?<![{_set(JOINED)}])[{_set(JOINERS)}]"
_IN_LINES = re.compile(f"[{_set((*IN_LINES, *_NO_CHARACTERS))}]|\r(?!\n)|{_LOOSE_JOINER}")
_IN_ONE_LINE = re.compile(f"[{_set((*IN_ONE_LINE, *_NO_CHARACTERS))}]|{_LOOSE_JOINER}")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")


def find_unseen(text: str, *, lines: bool = False) -> tuple[int, str] | None:
    """Return the first such character: its position, from 0, and its name, "U+200B"; None: there is none.

    With `lines`, tabs and line ends (LF, and CRLF as browsers send it) are allowed.
    """
    match = (_IN_LINES if lines else _IN_ONE_LINE).search(text)
    return (match.start(), code_point(match[0])) if match else None


def clean_line(text: str) -> str:
    """Return the text in one line without them: controls and separators become spaces, one between words, the others go."""
    if text.isprintable():  # as nearly all are
        return text
    return " ".join(_without(" ".join(text.split()), _IN_ONE_LINE).split())


def clean_lines(text: str) -> str:
    """Return the text without them: what ends a line becomes LF, other controls become spaces, the others go."""
    if text.isprintable():
        return text
    return _without(_LINE_ENDS.sub("\n", text), _IN_LINES)


def _without(text: str, pattern: re.Pattern[str]) -> str:
    while pattern.search(text):  # once, or twice: what goes may leave a joiner behind another letter
        text = pattern.sub(lambda match: " " if match[0] < "\xa0" else "", text)
    return text


def write_out(text: str, *, lines: bool = False) -> str:
    """Return the text with each of them written as its name in square brackets."""
    return (_IN_LINES if lines else _IN_ONE_LINE).sub(lambda match: f"[{code_point(match[0])}]", text)


_IN_SOURCES = re.compile(f"([\xad\u200b\u2060-\u2064\ufeff]|{_LOOSE_JOINER})")


def split_at_unseen(text: str) -> list[str]:
    """Return words of a source cut before and behind each character without width, so that every second piece is one. Marks
    of direction do not count: Hebrew and Arabic are full of them."""
    return [text] if text.isascii() else _IN_SOURCES.split(text)


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
