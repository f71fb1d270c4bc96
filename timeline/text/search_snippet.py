"""Where in a text a search found its words, as far as a reader needs to see it."""

import re
from dataclasses import dataclass
from urllib.parse import quote

AROUND = 90  # characters shown before and behind
LONGEST_TERM = 80  # characters; a longer phrase is found by its beginning


@dataclass(frozen=True, slots=True)
class Snippet:
    before: str  # single-spaced, with an ellipsis where it is cut
    words: str  # whole words, as they stand in the text
    after: str
    fragment: str  # of an address; browsers that know text fragments scroll to the words and mark them


def first_snippet(text: str, terms: list[str]) -> Snippet | None:
    """Return the first place of the first term that stands in the text as it is searched (see folding.terms).

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
