"""Fold a text by words, for comparing names and for search. `quote_folding` folds one by characters."""

import unicodedata

# Letters that Unicode does not take apart though readers type them plain.
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_ASCII_WORDS = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))  # as `_searchable` has them


def fold(text: str) -> str:
    """Return the text's words, folded, with one space between them and one at both ends; "" if it has none.

    Case, accents, vowel points and invisible characters do not count. `" ceasefire" in fold(title)` asks for
    a word that begins so. Folding twice changes nothing.
    """
    plain = _plain(text)
    words = (plain.translate(_ASCII_WORDS) if plain.isascii() else "".join(map(_searchable, plain))).split()
    return f" {' '.join(words)} " if words else ""


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    # Twice, because folding case leaves composed letters and decomposing leaves capitals.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return folded.translate(_PLAIN_LETTERS)


def _searchable(character: str) -> str:
    if character.isalnum():
        return character
    return "" if unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"} else " "
