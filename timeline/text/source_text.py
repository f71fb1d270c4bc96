"""What the text of a briefing becomes, once, before it is stored: everything later trusts it.

Where in a text a search found its words, as far as a reader needs to see it.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

NORMALISATION_VERSION = 2  # raise it whenever `normalise` gives another result

_REPLACED = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{FIGURE SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{SOFT HYPHEN}": None,  # but at the end of a line, where it is printed
        "\N{ZERO WIDTH NO-BREAK SPACE}": None,  # the byte-order mark
    }
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_PAGE_BREAK = re.compile("\n\f+|\f+\n?")  # beside the end of a line it is no second one
_ENDS = "\\n\\r\\f\\v\x85\u2028\u2029"
_PRINTED_HYPHEN = re.compile(rf"(?<=[^\W\d_])\u00ad+(?=[^\S{_ENDS}]*[{_ENDS}]\s*[^\W\d_])")
_WHITE_SPACE = {"\f": "page break", "\v": "vertical tab", "\x85": "next-line mark"}

# C0 and C1 controls without TAB, LF and CR; bidirectional embeddings, overrides and isolates; lone surrogates
# and the two code points that XML forbids; tags. Not the joiners U+200C and U+200D and the marks U+200E,
# U+200F and U+061C: Hebrew, Arabic, Farsi and emoji need them, and they cannot turn other letters around.
_UNSAFE = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufffe\uffff"
    r"\U000e0000-\U000e007f"
)
_CONTROL = re.compile(f"[{_UNSAFE}]")
_CONTROL_IN_LINES = re.compile(f"[{_UNSAFE}]|\r(?!\n)")
_CONTROL_IN_ONE_LINE = re.compile(f"[{_UNSAFE}\t\n\r]")


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, LF, plain spaces, nothing that acts without being seen.

    No-break spaces become spaces; page breaks, vertical tabs and next-line marks become line ends; soft hyphens
    go, but for those at the end of a line, which become hyphens; byte-order marks go; other controls, bidirectional overrides,
    tags and lone surrogates are written out as `[U+202E]`. A second call changes nothing.
    """
    text = _PRINTED_HYPHEN.sub("-", text).translate(_REPLACED)
    text = _PAGE_BREAK.sub("\n", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _CONTROL.sub(lambda match: f"[{_code_point(match[0])}]", text))


def white_space_notes(text: str) -> list[str]:
    """Return in words what `normalise` makes white space of this text that few would take for it."""
    counts = {name: text.count(mark) for mark, name in _WHITE_SPACE.items()}
    marks = [f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count]
    return [f"{' and '.join(marks)} read as white space"] if marks else []


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, in hexadecimal. Raises ValueError for a lone surrogate."""
    return hashlib.sha256(text.encode()).hexdigest()


def find_control(text: str, *, lines: bool = False) -> tuple[int, str] | None:
    """Return the first character that a form must refuse: its position, from 0, and its name, "U+202E".

    None means there is none. With `lines`, tabs and line ends (LF, and CRLF as browsers send it) are allowed.
    """
    match = (_CONTROL_IN_LINES if lines else _CONTROL_IN_ONE_LINE).search(text)
    return (match.start(), _code_point(match[0])) if match else None


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


AROUND = 90  # characters shown before and behind
LONGEST_TERM = 80  # characters; a longer phrase is found by its beginning


@dataclass(frozen=True, slots=True)
class Snippet:
    before: str  # single-spaced, with an ellipsis where it is cut
    words: str  # whole words, as they appear in the text
    after: str
    fragment: str  # of an address; browsers that know text fragments scroll to the words and mark them


def first_snippet(text: str, terms: list[str]) -> Snippet | None:
    """Return the first place of the first term that is in the text as typed (see search_query.spellings_of).

    None where none does but for its accents or in its title alone: the search itself is right, only this is not shown.
    """
    for term in terms:
        words = term[:LONGEST_TERM].split()
        ends = r"(?!\w)" if term.endswith(" ") else r"\w*"
        pattern = r"(?<!\w)" + r"\W+".join(map(re.escape, words)) + ends
        if match := re.search(pattern, text, re.IGNORECASE):
            return _snippet(text, *match.span())
    return None


def _snippet(text: str, start: int, end: int) -> Snippet:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[first:start], text[end:last]
    if first:
        before = "… " + (before.partition(" ")[2] or before)
    if last < len(text):
        after = (after.rpartition(" ")[0] or after) + " …"
    words = " ".join(text[start:end].split())
    return Snippet(_flat(before), words, _flat(after), f"#:~:text={quote(words, safe='').replace('-', '%2D')}")


def _flat(words: str) -> str:
    """Return the words on one line; white space at their ends stays, as one space."""
    return re.sub(r"\s+", " ", words)
