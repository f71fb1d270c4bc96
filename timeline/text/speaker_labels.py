"""The labels of a transcript: where somebody begins to speak, and what the text calls him.

Labels are words in capitals before a colon at the start of a line ("MS. PSAKI:"), and the letter Q. A name that holds a
role, a title or an office is a label wherever a line begins with it. Any other ("PORTER:") must open a paragraph, have
words after it, and are among other labels: alone it is a heading ("MOSCOW:"). Words for questions and answers are known
in eleven more languages. Names in small letters ("Vladimir Putin:", "В. Путин:") are labels where a time code or a
constituency and a party say so, or where they form a dialogue: see `_in_dialogue`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .label_words import (
    AFTER_OFFICE,
    BEFORE_OFFICE,
    FOREIGN_OFFICES,
    FOREIGN_ROLES,
    IN_HEADINGS,
    OFFICES,
    PARTICLES,
    ROLES,
    word_key,
)

_PREFIX = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|al-|el-)(?=\w\w)")
_NUMBER = re.compile(r"#?\d{1,2}")

_W = r"[^\S\n]"  # white space inside a line
_MARKUP = r"[*_]{0,3}"
_COLON = r"[:：։՝]"  # also of Chinese and Armenian texts
_IN_NAME = r"[^:：։՝\n!?;“”\"…—–/&<>=|@%*_()\[\]{}\\]"
_NAME = rf"[^\W\d_]{_IN_NAME}{{0,79}}+"
_NAME_ON_TWO_LINES = rf"[^\W\d_](?:(?![a-z]){_IN_NAME}){{1,59}}+\n{_W}*+{_NAME}"
_ASIDE = (
    rf"(?:\\?[(\[][^()\[\]\n]{{1,60}}[)\]]{_W}*+)"  # "(As translated)" before a name or after it, "(Ceredigion)" "(PC)"
)
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_TIME_CODE = rf"(?:[(\[]{_CLOCK}[)\]]|(?<![^\n]){_CLOCK})"
_BEFORE = rf"(?:{_TIME_CODE}{_W}++)?"
_AFTER = rf"(?:{_W}*[(\[]{_CLOCK}[)\]])?"


def _label_with(name: str) -> re.Pattern[str]:
    label = rf"(?P<label>(?P<before>{_BEFORE}){_ASIDE}?{_MARKUP}(?P<q>Q\.?{_W}+)?(?P<name>{name})(?P<asides>{_ASIDE}{{0,3}}){_MARKUP}{_COLON})"
    return re.compile(rf"^{_W}*+{label}(?![\d/:]){_MARKUP}(?P<after>{_AFTER})(?P<words>{_W}*+(?=\S))?", re.MULTILINE)


_NAMED = _label_with(_NAME)
_NAMED_ON_TWO_LINES = _label_with(_NAME_ON_TWO_LINES)
_LETTER = re.compile(
    rf"^{_W}*+(?P<label>{_MARKUP}(?P<name>[QA])(?P<sign>[:.*_\\`]{{0,6}}+))"
    rf"(?P<gap>{_W}++|(?=\n|\Z)|(?<=:))(?!(?:&|and){_W}*A\b)",
    re.MULTILINE,
)
_WITH_FULL_STOP = re.compile(  # "Հարց.", "Ответ."
    rf"^{_W}*+(?P<label>{_MARKUP}(?P<name>[^\W\d_]{{3,12}})\.{_MARKUP})(?={_W}+\S)", re.MULTILINE
)
_OF_CONGRESS = re.compile(  # "Mr. SMITH of New Jersey. I rise", of the Congressional Record
    rf"^{_W}*+(?P<label>(?P<name>(?:Mr|Mrs|Ms|Dr|The)\.?{_W}[A-Z](?:c(?=[A-Z]))?[A-Z'’-]+(?:{_W}(?:of|pro)(?:{_W}[A-Za-z]+){{1,2}})?)\.)"
    rf"(?={_W}+[A-Z“\"(])",
    re.MULTILINE,
)
# Misprints, read as labels if the same name is a label elsewhere: glued to the sentence before it
# ("goodbye.SECRETARY POWELL: Look"), and with a full stop for the colon ("DR. MURTHY.  Yeah").
_GLUED = re.compile(rf"[.?!)\]”\"]{_W}*+(?=(?P<name>{_NAME}):{_W})")
_STOPPED = re.compile(rf"^{_W}*+(?P<name>[^\W\d_]{_IN_NAME}{{1,59}}?)[.;](?={_W}{{2}})", re.MULTILINE)
_CLOSES_LINE = tuple('.?!:…—–-"”’)]*։؟')
_DASHED = re.compile(rf"^{_W}*(?:[—–-]|>>){_W}+(?=\S)(?P<words>[^\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Label:
    start: int
    end: int
    speaker: str  # single-spaced, without colon, markup, asides and time codes
    is_sure: bool  # by itself, wherever it is


def labels_of(text: str, first: int, wrapped: bool) -> list[Label]:
    """Return the labels from `first` on, in their order, none overlapping another. `wrapped`: lines are short, so that a label
    must open a paragraph."""
    matches = list(_NAMED.finditer(text, first))
    candidates = [*_on_two_lines(text, first), *_named(matches, wrapped), *_letters(text, first, wrapped)]
    candidates += _foreign([*matches, *_WITH_FULL_STOP.finditer(text, first)])
    candidates += [
        Label(match.start("label"), match.end("label"), " ".join(match["name"].split()), True)
        for match in _OF_CONGRESS.finditer(text, first)
    ]
    times = Counter(label.speaker for label in candidates)
    is_dialogue = any(label.is_sure for label in candidates) or len(candidates) > len(times) > 1
    candidates = [label for label in candidates if is_dialogue or label.is_sure]
    candidates += _in_dialogue(list(_small(matches, wrapped)), bool(candidates), any(map(_is_member, matches)))
    candidates += _misprinted(text, first, {label.speaker for label in candidates})
    candidates.sort(key=lambda label: (label.start, -label.end))
    labels: list[Label] = []
    for label in candidates:
        if not labels or label.start >= labels[-1].end:
            labels.append(label)
    return labels


def looks_like_dialogue(text: str) -> bool:
    """Return whether a text without labels seems to have several speakers all the same: what could be labels come again, or
    paragraphs begin with a dash, or with >> as in captions, and one of them asks."""
    openings = Counter(" ".join(match["name"].split()) for match in _NAMED.finditer(text) if match["words"] is not None)
    repeated = [name for name, count in openings.items() if count > 1 and len(name.split()) <= 5]
    dashed = [match["words"].rstrip() for match in _DASHED.finditer(text)]
    asks = any(words.endswith(("?", "؟")) for words in dashed)
    return (len(openings) > 1 and bool(repeated) and sum(openings.values()) > 3) or (len(dashed) > 3 and asks)


def opens_paragraph(text: str, line_start: int, wrapped: bool) -> bool:
    """Return whether the line before is blank, ends a sentence or, as in Markdown, ends in two spaces."""
    before = text[text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : line_start].rstrip("\r\n")
    has_ended = not before.strip() or before.endswith("  ") or before.rstrip().endswith(_CLOSES_LINE)
    return has_ended or not wrapped


def bare_words(name: str) -> frozenset[str]:
    """Return the words of a label in capitals, without full stops and commas."""
    return frozenset(word.strip(".,").upper() for word in name.split())


def _on_two_lines(text: str, first: int) -> Iterator[Label]:
    for match in _NAMED_ON_TWO_LINES.finditer(text, first):
        upper, lower = map(_name, match["name"].split("\n"))
        if _is_one_name(upper, lower):
            yield Label(match.start("label"), match.end(), f"{upper} {lower}", True)


def _named(matches: list[re.Match[str]], wrapped: bool) -> Iterator[Label]:
    for match in matches:
        name = _name(match["name"])
        is_sure = _is_sure(name)
        needs_no_place = is_sure and not name.istitle()
        fits = name and not match["q"] and (is_sure or match["words"] is not None)
        if needs_no_place or (fits and opens_paragraph(match.string, match.start(), wrapped)):
            yield Label(match.start("label"), match.end(), name, is_sure)


def _letters(text: str, first: int, wrapped: bool) -> Iterator[Label]:
    matches = list(_LETTER.finditer(text, first))
    has_stops = any(match["name"] == "Q" and _is_stopped(match) for match in matches)  # "Q.  ", as courts print it
    for match in matches:
        is_q = match["name"] == "Q"
        is_set_off = ":" in match["sign"] or (is_q and len(match["gap"]) > 1) or (has_stops and _is_stopped(match))
        if is_set_off or (is_q and opens_paragraph(text, match.start(), wrapped)):
            yield Label(match.start("label"), match.end(), match["name"], is_q)


def _is_stopped(match: re.Match[str]) -> bool:
    return "." in match["sign"] and len(match["gap"]) > 1


def _foreign(matches: list[re.Match[str]]) -> Iterator[Label]:
    """Yield the words for question and answer of other languages where they open a line, before a colon or a full stop."""
    for match in matches:
        words = match["name"].split()
        key = word_key(words[0]) if len(words) == 1 or (len(words) == 2 and _NUMBER.fullmatch(words[1])) else ""
        if key in FOREIGN_ROLES and words[0][0] == words[0][0].title():
            yield Label(match.start("label"), match.end(), " ".join(words), True)


def _small(matches: list[re.Match[str]], wrapped: bool) -> Iterator[Label]:
    """Yield what may be a name in small letters, or an office, that opens a paragraph and has words after it."""
    for match in matches:
        name = " ".join(match["name"].split())
        has_time = bool(match["before"] or match["after"] or re.search(_CLOCK, match["asides"]))
        has_words = has_time or match["words"] is not None
        if has_words and _may_be_person(name, has_time) and opens_paragraph(match.string, match.start(), wrapped):
            yield Label(match.start("label"), match.end(), name, has_time or _is_member(match))


def _is_member(match: re.Match[str]) -> bool:
    """Return whether a constituency and a party follow the name, as in records of parliaments: "(Ceredigion) (PC)"."""
    return match["asides"].count("(") > 1


def _may_be_person(name: str, has_time: bool) -> bool:
    words = name.split()
    if words and _NUMBER.fullmatch(words[-1]):  # "Speaker 2"
        return has_time and len(words) == 2
    if len(words) == 1 and "." not in name.strip("."):
        return word_key(name) in FOREIGN_OFFICES or has_time
    is_name = all(word in PARTICLES or word[0] == word[0].title() for word in words)
    letters = name.replace(" ", "").replace(".", "")
    return (
        len(words) <= 6
        and is_name
        and not letters.isupper()
        and not bare_words(name) & IN_HEADINGS
        and not any(character.isdecimal() for character in name)
    )


def _in_dialogue(candidates: list[Label], has_others: bool, has_members: bool) -> list[Label]:
    """Return those of the candidates in small letters that are labels.

    What is sure by itself is one. The others are where most of them come again, as speakers do and headings do not: two
    names at least that take turns, or one beside labels of another kind. In a record of a parliament all are.
    """
    times = Counter(label.speaker for label in candidates)
    repeated = sum(count for count in times.values() if count > 1)
    changes = sum(label.speaker != follows.speaker for label, follows in pairwise(candidates))
    takes_turns = has_others or (len(times) > 1 and changes * 2 >= len(candidates) - 1)
    if has_members or (len(candidates) > 2 and repeated * 2 > len(candidates) and takes_turns):
        return candidates
    return [
        label for label in candidates if label.is_sure or (has_others and word_key(label.speaker) in FOREIGN_OFFICES)
    ]


def _misprinted(text: str, first: int, names: set[str]) -> Iterator[Label]:
    for pattern in (_GLUED, _STOPPED):
        for match in pattern.finditer(text, first):
            name = " ".join(match["name"].split())
            if name in names:
                yield Label(match.start("name"), match.end("name") + 1, name, True)


def _name(printed: str) -> str:
    """Return what is before a colon, single-spaced, if names in labels are written so; "" if not."""
    words = printed.split()
    name = " ".join(words)
    if name.istitle() and name.upper() in ROLES:  # "Moderator:"
        return name
    is_name = (
        len(name) > 1
        and _is_capital(words[0])
        and all(_is_capital(word) or word in PARTICLES or _NUMBER.fullmatch(word) for word in words[1:])
        and not bare_words(name) & IN_HEADINGS
    )
    return name if is_name else ""


def _is_capital(word: str) -> bool:
    if any(character.isdecimal() for character in word) or word.endswith(("’S", "'S")):
        return False  # "COVID-19:", "PRESIDENT’S SCHEDULE:"
    prefix = _PREFIX.match(word)
    return word[prefix.end() if prefix else 0 :].isupper()


def _is_sure(name: str) -> bool:
    return bool(bare_words(name) & (ROLES | OFFICES))


def _is_one_name(upper: str, lower: str) -> bool:
    """Return whether two lines are one label ("SENIOR ADMINISTRATION", "OFFICIAL"), not heading and label."""
    if not (upper and lower and _is_sure(f"{upper} {lower}")):
        return False
    is_unfinished = bare_words(upper.split()[-1]) & BEFORE_OFFICE or bare_words(lower.split()[0]) & AFTER_OFFICE
    return bool(is_unfinished) or (_is_sure(upper) and not _is_sure(lower))
