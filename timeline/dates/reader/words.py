"""A text cut into words, numbers and marks; phrases found among them; and the small questions that the grammar asks of them."""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, Generic, NamedTuple, TypeVar

from . import names
from .names import WEEKDAYS

_CASES = "го|ого|му|ого|е|м|я|й|ій|ин|ին|ի|ը|րդ|ում|ში|იან|ს|ე|ci|cı|cu|cü|i|ı|u|ü|ni|da|də|de|ta|te"
_CASES += "|nin|nın|in|ın|un|ün|nci|inci|a|e|ə|ya|ye|yə|na|nə|ne|si|sı|su|sü"
_OF_CASE = {
    ending: case for case, by_language in names.CASES.items() for endings in by_language.values() for ending in endings
}
_OF_YEAR = dict.fromkeys(["ildən", "ilindən", "yılından", "թվականից", "წლიდან"], names.FROM)
_OF_YEAR |= dict.fromkeys(["ilədək", "ilinədək", "ilədek", "წლამდე"], names.UP_TO)
_ENDING = rf"(?:st|nd|rd|th|er|e)\b|º|ª|[-‑’'](?:{_CASES})\b"  # of ordinals and of cases
_BEFORE_CASE = rf"[-‑’'](?=(?:{'|'.join(_OF_CASE)})\b)"
_TOKEN = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9-]))"
    r"|(?P<numeric>[0-9]{1,4}(?P<sep>[./-])[0-9]{1,2}(?P=sep)[0-9]{1,4}(?![0-9]))"
    rf"(?:{_ENDING})?"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)"
    r"|(?P<decade>[0-9]{3}0['’]?s\b)"
    rf"|(?P<number>[0-9]+)(?P<ending>{_ENDING}|{_BEFORE_CASE})?"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ](?!s\b)[^\W\d_]+)*)"
    r"|(?P<gap>\n[ \t]*\n)"
    r"|(?P<mark>[^\s\w]|_)"
)
_MARKS = {**dict.fromkeys("‐‑‒–—−", "-"), "،": ","}
_OTHER_DIGITS = {ord(digits) + n: str(n) for digits in "٠۰०" for n in range(10)}


class Token(NamedTuple):
    kind: str  # iso, numeric, clock, decade, number, ordinal, word, month, weekday, gap, mark
    text: str  # small letters; straight apostrophes; one dash
    start: int
    end: int
    number: int = -1  # of a number, of a month (1 to 12), of a weekday (0: Monday)
    is_capital: bool = False
    is_english: bool = False  # of a month or weekday: named in English


def with_plain_digits(text: str) -> str:
    """Return the text, as long as it is, with the digits 0 to 9 for those of Arabic, Persian and Devanagari."""
    return text if text.isascii() else text.translate(_OTHER_DIGITS)


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text with plain digits."""
    tokens = [token for match in _TOKEN.finditer(text) for token in _tokens(match)]
    return _joined(tokens) if any(token.text in _FIRST_WORDS for token in tokens) else tokens


def _tokens(match: re.Match) -> list[Token]:
    kind, (start, end) = match.lastgroup or "", match.span()
    written = match[0]
    if kind == "word":
        case = _OF_CASE.get(written) if re.match(r"[0-9][-‑’']", match.string[max(0, start - 2) : start]) else ""
        return [Token("word", case, start, end)] if case else _words(written, start, end)
    if kind in ("number", "ending"):
        kind = "ordinal" if match["ending"] else "number"
        return [Token(kind, match["number"], start, end, int(match["number"][:9]))]
    if kind == "mark":
        return [Token("mark", _MARKS.get(written, written), start, end)]
    if match["numeric"]:
        return [Token("numeric", match["numeric"], start, end)]
    return [Token(kind, written, start, end)]


def _words(written: str, start: int, end: int) -> list[Token]:
    """Return the word; two where its ending says "from" or "up to": "Mayıs'tan", "აგვისტომდე"."""
    word = _word(written, start, end)
    if word.kind != "word":
        return [word]
    if case := _OF_YEAR.get(word.text):
        return [word._replace(text=case)]
    stem, _, ending = word.text.partition("'")
    month, length, case = names.CASED.get(stem + ending, (0, 0, ""))
    if case:
        cut = end - length
        return [
            Token("month", word.text[:-length].rstrip("'"), start, cut, month, word.is_capital),
            Token("word", case, cut, end),
        ]
    if ending and stem in names.MONTHS:
        return [_word(written[: len(stem)], start, start + len(stem))._replace(end=end)]  # "Mayıs'ta"
    return [word]


def _word(written: str, start: int, end: int) -> Token:
    text = written.lower().replace("i̇", "i").replace("’", "'").replace("ʼ", "'")
    if text[:2] == "d'":
        text = text[2:]
    month = names.MONTHS.get(text)
    if month:
        return Token("month", text, start, end, month, written[0].isupper(), text in names.ENGLISH)
    weekday = WEEKDAYS.get(text)
    if weekday is not None:
        return Token("weekday", text, start, end, weekday[0], written[0].isupper(), weekday[1])
    return Token("word", text, start, end, -1, written[0].isupper())


_TWO_WORDS = {
    tuple(name.split("_")): (kind, number)
    for kind, names in (("month", names.MONTHS), ("weekday", {name: day for name, (day, _) in WEEKDAYS.items()}))
    for name, number in names.items()
    if "_" in name
}
_FIRST_WORDS = {first for first, _ in _TWO_WORDS}


def _joined(tokens: list[Token]) -> list[Token]:
    """Return the tokens with names of two words, like those of Arabic months, as one."""
    joined: list[Token] = []
    for token in tokens:
        name = _TWO_WORDS.get((joined[-1].text, token.text)) if joined else None
        if name:
            kind, number = name
            joined[-1] = Token(kind, f"{joined[-1].text} {token.text}", joined[-1].start, token.end, number)
        else:
            joined.append(token)
    return joined


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
        """Return the place behind one of these words, if it is there."""
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
        """Return whether nothing is between this token and the one before."""
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
        """Return whether a "not" is shortly before, in the same part of the sentence."""
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
