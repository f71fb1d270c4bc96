"""What a typographical error is: letters of a word, never another word, a number or a word more."""

import re
from difflib import SequenceMatcher

LIKE = 0.6  # of two spellings of one word: share of letters that they have in common, in the same order


def is_typo(before: str, after: str) -> bool:
    """Return whether the second text is the first with misspelt words put right."""
    words = (before.split(), after.split())
    if re.findall(r"\d+", before) != re.findall(r"\d+", after):
        return False
    changes = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    return all(
        kind == "equal" or (kind == "replace" and _alike("".join(words[0][a:b]), "".join(words[1][c:d])))
        for kind, a, b, c, d in changes
    )


def _alike(before: str, after: str) -> bool:
    return SequenceMatcher(None, before.lower(), after.lower(), autojunk=False).ratio() >= LIKE
