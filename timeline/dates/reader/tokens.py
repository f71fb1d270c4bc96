"""A text cut into words, numbers and marks, each with its place and what it may mean in a date."""

import re
from typing import NamedTuple

from . import month_names
from .weekday_names import WEEKDAYS

_CASES = "го|ого|му|ого|е|м|я|й|ій|ин|ին|ի|ը|րդ|ում|ში|იან|ს|ე|ci|cı|cu|cü|i|ı|u|ü|ni|da|də|de|ta|te"
_CASES += "|nin|nın|in|ın|un|ün|nci|inci|a|e|ə|ya|ye|yə|na|nə|ne|si|sı|su|sü"
_OF_CASE = {
    ending: case
    for case, by_language in month_names.CASES.items()
    for endings in by_language.values()
    for ending in endings
}
_OF_YEAR = dict.fromkeys(["ildən", "ilindən", "yılından", "թվականից", "წლიდან"], month_names.FROM)
_OF_YEAR |= dict.fromkeys(["ilədək", "ilinədək", "ilədek", "წლამდე"], month_names.UP_TO)
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
    month, length, case = month_names.CASED.get(stem + ending, (0, 0, ""))
    if case:
        cut = end - length
        return [
            Token("month", word.text[:-length].rstrip("'"), start, cut, month, word.is_capital),
            Token("word", case, cut, end),
        ]
    if ending and stem in month_names.MONTHS:
        return [_word(written[: len(stem)], start, start + len(stem))._replace(end=end)]  # "Mayıs'ta"
    return [word]


def _word(written: str, start: int, end: int) -> Token:
    text = written.lower().replace("i̇", "i").replace("’", "'").replace("ʼ", "'")
    if text[:2] == "d'":
        text = text[2:]
    month = month_names.MONTHS.get(text)
    if month:
        return Token("month", text, start, end, month, written[0].isupper(), text in month_names.ENGLISH)
    weekday = WEEKDAYS.get(text)
    if weekday is not None:
        return Token("weekday", text, start, end, weekday[0], written[0].isupper(), weekday[1])
    return Token("word", text, start, end, -1, written[0].isupper())


_TWO_WORDS = {
    tuple(name.split("_")): (kind, number)
    for kind, names in (("month", month_names.MONTHS), ("weekday", {name: day for name, (day, _) in WEEKDAYS.items()}))
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
