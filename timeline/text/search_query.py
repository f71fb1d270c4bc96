"""The words of a search: plain words, “phrases in quotation marks”, -word for what must not occur, and OR.

ceasefire truce            both
ceasefire OR truce         one of them, or both
"line of contact"          these whole words, in this order
ceasefire -mediation       the first, and not the second
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .search_words import WITHOUT_PARTS, as_one, close_compounds, plain_words, singular, words_of

MAX_CHARACTERS = 200
MAX_TERMS = 10
_PHRASE_MARK = re.compile('["“”„‟«»＂]')
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
SHORT = 3  # letters; so short a word is meant whole: "US" is not the beginning of "use"
ALONE = "“-” alone means nothing. Write it right before the word that must not occur: -shelling."
ONLY_EXCLUDED = "Nothing is searched here, words are only left out. Add one that must occur: ceasefire -shelling."
BETWEEN = "“OR” goes between two words of which one is enough: ceasefire OR truce."


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase. `spellings`: what is looked for, any of which is enough: " begin" a word that begins so, " whole "
    and " several words " whole words in this order."""

    typed: str
    spellings: tuple[str, ...]
    excludes: bool = False


Group = tuple[Term, ...]  # terms of which one is enough; one that excludes stands alone


def spellings_of(groups: Iterable[Group]) -> list[str]:
    """Return what is looked for, without what is excluded."""
    return [text for group in groups for term in group if not term.excludes for text in term.spellings]


def parse(query: str) -> tuple[Group, ...]:
    """Return the groups of a search, all of which must hold; a blank query has none.

    Raises ValueError, with a message for the reader, if the query has over 200 characters or over 10 terms, leaves a
    quotation mark open, holds only punctuation or only what must not occur, or has a “-” or an OR that nothing can
    be made of.
    """
    if len(query) > MAX_CHARACTERS:
        raise ValueError(f"Search for at most {MAX_CHARACTERS} characters; this has {len(query)}.")
    groups = list(dict.fromkeys(map(tuple, _grouped(_pieces(query)))))
    if query.strip() and not groups:
        raise ValueError("There is nothing to search for: write at least one letter or digit.")
    if groups and all(group[0].excludes for group in groups):
        raise ValueError(ONLY_EXCLUDED)
    if (count := sum(map(len, groups))) > MAX_TERMS:
        raise ValueError(f"Search for at most {MAX_TERMS} words or phrases; this has {count}.")
    return tuple(groups)


def word_term(word: str, *, excludes: bool = False) -> Term | None:
    """Return the term of a word as typed; None where it has neither letter nor digit."""
    spellings = tuple(dict.fromkeys(_spellings(word)))
    return Term(f"-{word}" if excludes else word, spellings, excludes) if spellings else None


def _phrase_term(phrase: str, excludes: bool) -> Term | None:
    read = [words_of(text).tokens for written in _by_schwa(phrase) for text in (written, _HYPHEN.sub("", written))]
    spellings = tuple(dict.fromkeys(f" {' '.join(tokens)} " for tokens in read if tokens))
    typed = f"“{phrase.strip()}”"
    return Term(f"-{typed}" if excludes else typed, spellings, excludes) if spellings else None


def _pieces(query: str) -> Iterator[Term | None]:
    """Yield the terms, and None for each OR."""
    parts = _PHRASE_MARK.split(query)  # plain, phrase, plain, ...
    if len(parts) % 2 == 0:
        raise ValueError(_unclosed(parts[-1].strip()))
    excludes = False
    for number, part in enumerate(parts):
        if number % 2:
            if term := _phrase_term(part, excludes):
                yield term
            elif excludes:
                raise ValueError(ALONE)
            continue
        words = part.split()
        excludes = bool(words) and words[-1] == "-" and part[-1] == "-" and number + 1 < len(parts)
        for word in with_ceasefires(words[:-1] if excludes else words):
            if word == "OR":
                yield None
            elif word.startswith("-"):
                if (term := word_term(word[1:], excludes=True)) is None or word.startswith("--"):
                    raise ValueError(ALONE)
                yield term
            elif term := word_term(word):
                yield term


def _unclosed(phrase: str) -> str:
    if not phrase:
        return "The last quotation mark begins no phrase: write “a phrase” after it and close it, or leave it out."
    return f"The quotation mark before “{phrase}” is not closed: close the phrase."


def with_ceasefires(words: list[str]) -> list[str]:
    """Return the words with "cease" and "fire" as one, where neither finds a ceasefire by itself."""
    joined: list[str] = []
    for word in words:
        if joined and as_one(joined[-1].lower(), singular(plain_words(word))) == WITHOUT_PARTS:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _grouped(pieces: Iterator[Term | None]) -> list[list[Term]]:
    groups: list[list[Term]] = []
    joins = False  # the last piece was an OR
    for term in pieces:
        if term is None:
            if joins or not groups:
                raise ValueError(BETWEEN)
            joins = True
        elif joins:
            if term.excludes or groups[-1][0].excludes:
                raise ValueError(f"{BETWEEN} Remove “-” there: a word that must not occur cannot be a choice.")
            if term not in groups[-1]:
                groups[-1].append(term)
            joins = False
        else:
            groups.append([term])
    if joins:
        raise ValueError(BETWEEN)
    return groups


def _by_schwa(text: str) -> tuple[str, ...]:
    """Return a text with the letter ə, which others write a or e, in both spellings."""
    if "ə" not in text and "Ə" not in text:
        return (text,)
    return tuple(text.replace("ə", letter).replace("Ə", letter) for letter in "ae")


def _spellings(word: str) -> Iterator[str]:
    for written in _by_schwa(word):
        tokens = words_of(written).tokens
        if len(tokens) == 1:
            yield from _of_token(tokens[0])
        elif tokens:
            yield f" {' '.join(tokens)}"
            yield f" {' '.join([*tokens[:-1], singular(tokens[-1])])} "
            if _HYPHEN.search(written):
                for token in close_compounds(words_of(_HYPHEN.sub("", written)).tokens)[:1]:
                    yield from _of_token(token)


def _of_token(token: str) -> Iterator[str]:
    # Scripts without capitals have short words: these may go on
    is_short = len(token) <= SHORT and (token != token.upper() or token.isdigit())
    yield f" {token} " if is_short else f" {token}"
    if (single := singular(token)) != token:
        yield f" {single} "
