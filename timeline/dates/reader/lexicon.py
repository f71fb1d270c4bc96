"""Phrases of one to six words with what they mean, found at a place among the tokens."""

from typing import Generic, TypeVar

from .tokens import tokenize

Meaning = TypeVar("Meaning")


class Lexicon(Generic[Meaning]):
    """Phrases by their first word, the longest first."""

    def __init__(self, meanings: dict[str, Meaning]):
        self._by_first: dict[str, list[tuple[list[str], int, Meaning]]] = {}
        for phrases, meaning in meanings.items():
            for phrase in phrases.split("|"):
                first, *rest = (token.text for token in tokenize(phrase))
                self._by_first.setdefault(first, []).append((rest, len(rest) + 1, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -entry[1])

    @property
    def first_words(self) -> frozenset[str]:
        return frozenset(self._by_first)

    def at(self, texts: list[str], place: int) -> tuple[Meaning, int] | None:
        """Return what the words mean that begin at this place of the tokens' texts, and the place behind; None where none does."""
        entries = self._by_first.get(texts[place]) if place < len(texts) else None
        for rest, length, meaning in entries or ():
            if length == 1 or texts[place + 1 : place + length] == rest:
                return meaning, place + length
        return None
