"""The words of a text as they are searched: one tokenizer, for what is stored and for what is searched, on every database.

A word is known by more than its spelling in the text: "U.S." is "us", "cease-fire" and "cease fire" are "ceasefire",
"Ukraine's" is "ukraine", "Əliyev" is "aliyev" and "eliyev", "agreements" has its singular beside it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .folding import fold

BARRIER = "§"  # a word that nobody can ask for; no phrase goes on beyond it
LONGEST = 60  # characters; a longer word is found by its beginning

# Compounds that are written in three ways. Both parts of each find it too, but no fire is a ceasefire.
_COMPOUNDS = {
    "cease": ("fire",),
    "air": ("strike", "space", "base", "port"),
    "gun": ("fire",),
    "war": ("plane", "ship"),
    "land": ("mine",),
    "check": ("point",),
    "front": ("line",),
}
_PARTS = {first + second: (first, second) for first, seconds in _COMPOUNDS.items() for second in seconds}
_AS_ONE = {(first, second): first + second for first, second in _PARTS.values()}
WITHOUT_PARTS = "ceasefire"
del _PARTS[WITHOUT_PARTS]

_NO_PLURALS = {"news", "does", "goes", "perhaps"}
_HISSING = ("sses", "shes", "ches", "xes", "zes", "oes")

_MARKS = "'’‘‛ʼʻʹʾʿ′`´＇"
_APOSTROPHES = str.maketrans({**dict.fromkeys(_MARKS, "'"), "\u0640": None})  # U+0640: tatweel, which only stretches
_POSSESSIVE = re.compile(r"(?<=\w)'s(?!\w)", re.IGNORECASE)
_WITH_APOSTROPHE = re.compile(r"(?<!\w)\w+(?:'\w+)+")  # looked for once in each word, however long it is
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_](?:\.|(?!\w))")  # "U.S.", "U.N"
_HYPHENATED = re.compile(r"(?<!\w)\w+(?:[-‐‑]\w+)+")


class Words(NamedTuple):
    tokens: list[str]  # in the order of the text
    beside: set[str]  # further words that find it


def words_of(text: str) -> Words:
    """Return the words of a text. Cost: some 10 µs for a sentence whose words were met before."""
    tokens: list[str] = []
    beside: set[str] = set()
    for chunk in text.split():
        in_place, further = words_of_chunk(chunk)
        tokens += in_place
        if further:
            beside.update(further)
    closed = close_compounds(tokens)
    if closed is not tokens:
        beside.update(word for token in closed for word in beside_token(token))
    return Words(closed, beside)


def index_words(*texts: str) -> str:
    """Return what is stored of texts to be searched: their words with one space around each, then those beside them.
    "" where there is none. No phrase goes on from one text into another."""
    read = [words_of(text) for text in texts]
    rows = [" ".join(tokens) for tokens, _ in read if tokens]
    known = {token for tokens, _ in read for token in tokens}
    rows += sorted({word for _, beside in read for word in beside} - known)
    return f" {f' {BARRIER} '.join(rows)} " if rows else ""


def plain_words(text: str) -> str:
    """Return the words of a text with one space between them, without those beside them; as `index_words` begins."""
    return " ".join(words_of(text).tokens)


def close_compounds(tokens: list[str]) -> list[str]:
    """Return the words with those that make one compound as one."""
    if _COMPOUNDS.keys().isdisjoint(tokens):
        return tokens
    closed: list[str] = []
    for token in tokens:
        if closed and (whole := as_one(closed[-1], token)):
            closed[-1] = whole
        else:
            closed.append(token)
    return closed


def as_one(first: str, second: str) -> str:
    """Return the compound that two words make, in singular or plural; "" where they make none."""
    if whole := _AS_ONE.get((first, second)):
        return whole
    single = _AS_ONE.get((first, singular(second)))
    return f"{single}s" if single else ""


def singular(word: str) -> str:
    """Return the singular of an English plural; the word itself where it does not look like one."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "siu" or not (word.isascii() and word.isalpha()):
        return word
    if word in _NO_PLURALS or (word[-2] == "o") or (word[-2] == "a" and word[-3] not in "ie"):  # Laos, Hamas; areas
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(_HISSING) else word[:-1]


@lru_cache(maxsize=65_536)
def words_of_chunk(chunk: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a stretch without white space, and those beside them."""
    if chunk.isascii() and chunk.isalpha():
        token = chunk.lower()[:LONGEST]
        return (token,), beside_token(token)
    plain = _POSSESSIVE.sub("", _western_digits(chunk.translate(_APOSTROPHES)))
    further = [word for match in _WITH_APOSTROPHE.findall(plain) for word in fold(match).split() if len(word) > 1]
    plain = _WITH_APOSTROPHE.sub(lambda match: match[0].replace("'", ""), plain)
    plain = _INITIALS.sub(lambda match: f"{match[0].replace('.', '')} ", plain)
    tokens = fold(plain).split()
    further += ["".join(fold(match).split()) for match in _HYPHENATED.findall(plain)]
    words = [*tokens, *further]
    further += [word.replace("ə", "e") for word in words if "ə" in word]
    further = [word.replace("ə", "a")[:LONGEST] for word in further]
    tokens = [token.replace("ə", "a")[:LONGEST] for token in tokens]
    beside = [*further, *(word for token in (*tokens, *further) for word in beside_token(token))]
    return tuple(tokens), tuple(beside)


def beside_token(token: str) -> tuple[str, ...]:
    single = singular(token)
    parts = _PARTS.get(single, ())
    return (single, *parts) if single != token else parts


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
