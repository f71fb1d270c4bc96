"""The tokens that the grammar walks over, and the small questions it asks of them."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar

from .lexicon import Lexicon
from .tokens import Token, tokenize, with_plain_digits

_NEGATIONS = {"not", "never", "nor", "neither", "cannot"}
_NOTHING = Token("", "", -1, -1)
Result = TypeVar("Result")
_BEFORE_ABOUT = frozenset(
    [
        "on",
        "in",
        "at",
        "of",
        "or",
        "since",
        "from",
        "until",
        "till",
        "by",
        "was",
        "is",
        "were",
        "be",
        "been",
        "begun",
        "began",
        "started",
        "place",
    ]
)
_NO_LENGTH = frozenset(["this", "that", "last", "next", "yesterday", "today", "tomorrow", "it"])
_LIST = 60  # tokens of a list of dates
_REACH = 6  # tokens before "before" in which a "not" goes with it


class Words:
    def __init__(self, text: str, *, is_text: bool):
        self.text = with_plain_digits(text)
        self.is_text = is_text  # found in a text; else typed, alone
        self.tokens: list[Token] = tokenize(self.text)
        self.texts = [token.text for token in self.tokens]
        self.without_month = 0  # no list of bare numbers that begins before this token has a month
        self.without_and = 0  # no list that begins before this token goes on over a comma to "and" or "or"
        self.parsed: dict[str, dict[int, Any]] = defaultdict(dict)  # rule -> place -> what it read there

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, place: int) -> Token:
        """Return the token; one without a kind behind the last."""
        return self.tokens[place] if place < len(self.tokens) else _NOTHING

    def word(self, place: int) -> str:
        return self.tokens[place].text if place < len(self.tokens) else ""

    def kind(self, place: int) -> str:
        return self.tokens[place].kind if place < len(self.tokens) else ""

    def skip(self, place: int, *words: str) -> int:
        """Return the place behind one of these words, if it stands there."""
        return place + 1 if self.word(place) in words else place

    def skip_all(self, place: int, lexicon: Lexicon) -> int:
        while phrase := lexicon.at(self.texts, place):
            place = phrase[1]
        return place

    @cached_property
    def _month_behind(self) -> list[int]:
        """Return for each token the place of the next month."""
        places, last = [0] * len(self.tokens), len(self.tokens) + _LIST
        for place in range(len(self.tokens) - 1, -1, -1):
            last = place if self.tokens[place].kind in ("month", "numeric", "iso") else last
            places[place] = last
        return places

    def is_near_month(self, place: int) -> bool:
        """Return whether a number that stands alone here can get its month from a list that goes on behind it."""
        return not self.is_text or self._month_behind[place] - place < _LIST

    def touches(self, place: int) -> bool:
        """Return whether nothing stands between this token and the one before."""
        return 0 < place < len(self.tokens) and self.tokens[place - 1].end == self.tokens[place].start

    def is_part_of_word(self, place: int) -> bool:
        """Return whether the token ends a word with a hyphen: "in" in "Jae-in"."""
        return self.word(place - 1) == "-" and self.touches(place) and self.touches(place - 1) if place > 1 else False

    def is_topic(self, place: int) -> bool:
        """Return whether "about" says of what is spoken: "I was asked about January 6"."""
        if not self.is_text or self.word(place) not in ("about", "around") or place == 0:
            return False
        if self.word(place + 1) in _NO_LENGTH:
            return True
        return self.kind(place - 1) == "word" and self.word(place - 1) not in _BEFORE_ABOUT

    def is_negated(self, place: int) -> bool:
        """Return whether a "not" stands shortly before, in the same part of the sentence."""
        for token in reversed(self.tokens[max(0, place - _REACH) : place]):
            if token.kind in ("mark", "gap"):
                return False
            if token.text in _NEGATIONS or token.text.endswith("n't"):
                return True
        return False


def remembered(rule: Callable[[Words, int], Result]) -> Callable[[Words, int], Result]:
    """Let a rule of the grammar read each place once, so that reading takes time in proportion to the text."""

    @wraps(rule)
    def read(words: Words, place: int) -> Result:
        results = words.parsed[rule.__name__]
        if place not in results:
            results[place] = rule(words, place)
        return results[place]

    return read
