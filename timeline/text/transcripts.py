"""Cut the text of a briefing into turns: who speaks, from where to where, and whether it asks or answers.

Labels are words in capitals before a colon at the start of a line ("MS. PSAKI:"), and the letter Q. A name
that holds a role, a title or an office is a label wherever a line begins with it. Any other ("PORTER:") must
open a paragraph, have words after it, and stand among other labels: alone it is a heading ("MOSCOW:").
Front matter, the lines before the first label and the marks after the last words ("END", a time, "###") are
in no turn. Stage directions ("(Laughter.)") stay in the turn in which they are printed. Every step takes time
in proportion to the length of the text, whatever the text is.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]  # start and end in code points of the text that was parsed

QUESTION = "question"
ANSWER = "answer"
STATEMENT = "statement"

WRAPPED_WIDTH = 120  # characters; lines wrapped by hand or by a program are shorter


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ASKING = _words("QUESTION QUESTIONER INTERVIEWER REPORTER REPORTERS JOURNALIST CORRESPONDENT")
_ROLES = _ASKING | _words("ANSWER MODERATOR OPERATOR AIDE AUDIENCE PARTICIPANT INTERPRETER TRANSLATOR")
_AFTER_OFFICE = _words("OFFICIAL MEMBER")  # never the first word of a label
_BEFORE_OFFICE = _words("ACTING AND ASSISTANT DEPUTY FOR FOREIGN OF PRESS PRIME SENIOR THE UNDER VICE")
_OFFICES = _AFTER_OFFICE | _words(
    """MR MRS MS MISS DR PROFESSOR PRESIDENT SECRETARY MINISTER AMBASSADOR ADMINISTRATOR ADMIRAL DIRECTOR
    CHAIR CHAIRMAN CHAIRWOMAN COMMISSIONER REPRESENTATIVE SENATOR CONGRESSMAN CONGRESSWOMAN GOVERNOR MAYOR
    CHANCELLOR ADVISER ADVISOR ENVOY SPOKESPERSON SPOKESMAN SPOKESWOMAN COLONEL LIEUTENANT"""
)
_IN_HEADINGS = _words(
    """A.M AGENDA AT ATTENDEES AUDIO BACKGROUND BRIEFERS BRIEFING BY CONTACT CORRECTION COVID DATE EMBARGOED
    FACT FACTS FROM IN IS LOCATION NATO NOTE NOTES ON OSCE P.M PARTICIPANTS PHOTO PLACE READOUT RELEASE
    REMARKS SENT SHEET SOURCE SOURCES STATEMENT SUBJECT SUMMARY TIME TO TOPIC TOPICS TRANSCRIPT UN UPDATE
    UPDATED VENUE VIDEO WITH"""
)
_PARTICLES = _words("al and bin da de del der di dos el for ibn of the van von")
_PREFIX = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|al-|el-)(?=\w\w)")
_NUMBER = re.compile(r"#?\d{1,2}")

_W = r"[^\S\n]"  # white space inside a line
_MARKUP = r"[*_]{0,3}"
_IN_NAME = r"[^:\n!?;“”\"…—–/&<>=|@%*_()\[\]{}\\]"
_NAME = rf"[^\W\d_]{_IN_NAME}{{0,79}}+"
_NAME_ON_TWO_LINES = rf"[^\W\d_](?:(?![a-z]){_IN_NAME}){{1,59}}+\n{_W}*+{_NAME}"
_ASIDE = rf"(?:\\?[(\[][^()\[\]\n]{{1,60}}[)\]]{_W}*+)?"  # "(As translated)" before a name or after it


def _label_with(name: str) -> re.Pattern[str]:
    label = rf"(?P<label>{_ASIDE}{_MARKUP}(?P<q>Q\.?{_W}+)?(?P<name>{name}){_ASIDE}{_MARKUP}:)"
    return re.compile(rf"^{_W}*+{label}(?![\d/:]){_MARKUP}(?P<words>{_W}*+(?=\S))?", re.MULTILINE)


_NAMED = _label_with(_NAME)
_NAMED_ON_TWO_LINES = _label_with(_NAME_ON_TWO_LINES)
_LETTER = re.compile(
    rf"^{_W}*+(?P<label>{_MARKUP}(?P<name>[QA])(?P<sign>[:.*_\\`]{{0,6}}+))"
    rf"(?P<gap>{_W}++|(?=\n|\Z)|(?<=:))(?!(?:&|and){_W}*A\b)",
    re.MULTILINE,
)
# Misprints, read as labels if the same name is a label elsewhere: glued to the sentence before it
# ("goodbye.SECRETARY POWELL: Look"), and with a full stop for the colon ("DR. MURTHY.  Yeah").
_GLUED = re.compile(rf"[.?!)\]”\"]{_W}*+(?=(?P<name>{_NAME}):{_W})")
_STOPPED = re.compile(rf"^{_W}*+(?P<name>[^\W\d_]{_IN_NAME}{{1,59}}?)[.;](?={_W}{{2}})", re.MULTILINE)

_FRONT_MATTER = re.compile(r"\A\ufeff?---[^\S\n]*\n(?=[\w-]+:).*?\n---[^\S\n]*(?:\n|\Z)", re.DOTALL)
_TIME = r"[(\[]?\d{1,2}:\d\d\s?[AaPp]\.?[Mm]\.?(?:\s+\(?[A-Z]{1,5}\)?)?[)\]]?"
_END_MARK = re.compile(
    rf"{_TIME}|\(?END(?: OF [A-Z ]+)?\)?(?:\s+{_TIME})?|(?:\\?#\s*)+|-30-"
    r"|[(\[][^()\[\]]{1,120}\b(?:concluded|adjourned)\b[^()\[\]]{0,60}[)\]]"
)
# May follow an end mark: the time zone on a line of its own, a file number, a pointer to another page.
_AFTER_END = re.compile(r"[A-Z]{2,4}|\d{4}/\d{1,5}|DPB\s?#?\s?\d+|To view\b.*|(?:visit:?\s*)?<?https?://\S+")
_CLOSES_LINE = tuple('.?!:…—–-"”’)]*')
_ASKS = re.compile(r"\?[\"”’')\]*_]*\s*(?:\([^()]*\)\s*)*\Z")  # a stage direction may follow


@dataclass(frozen=True, slots=True)
class Turn:
    speaker: str  # the label, single-spaced, without colon, markup and asides; "" if the text has no label
    kind: str  # QUESTION, ANSWER or STATEMENT
    label_start: int  # equals start if there is no label
    start: int  # of the words, without white space around them
    end: int
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    turns: tuple[Turn, ...]  # in the order of the text; none is empty, none overlaps another

    @property
    def paragraphs(self) -> tuple[Span, ...]:
        return tuple(span for turn in self.turns for span in turn.paragraphs)

    def turn_at(self, position: int) -> Turn | None:
        """Return the turn whose words hold this position; None in a label and outside what was spoken."""
        index = bisect_right(self.turns, position, key=lambda turn: turn.start) - 1
        return self.turns[index] if index >= 0 and position < self.turns[index].end else None


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    end: int
    speaker: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    speaker: str
    label_start: int
    start: int
    end: int
    ends_session: bool  # an end mark follows: what comes after it answers no question from before


def parse(text: str) -> Transcript:
    """Return the turns of any text; positions are code points of this very text.

    A text without labels is one statement whose speaker is "". A question is what a questioner says (see
    `_questioners`), an answer is what others say after it, a statement is what is said before any question.
    An end mark starts afresh. A label without words makes no turn. Blank lines part paragraphs; in a text of
    mostly long lines each line is a paragraph.
    """
    front_matter = _FRONT_MATTER.match(text)
    first = front_matter.end() if front_matter else 0
    wrapped = _is_wrapped(text)
    labels = _labels(text, first, wrapped) or [_Label(first, first, "", True)]
    stretches = _segments(text, labels)
    questioners = _questioners(text, stretches)
    turns, question_open = [], False
    for segment in stretches:
        kind = QUESTION if segment.speaker in questioners else ANSWER if question_open else STATEMENT
        question_open = (question_open or kind == QUESTION) and not segment.ends_session
        if paragraphs := _paragraphs(text, segment.start, segment.end, wrapped):
            turns.append(Turn(segment.speaker, kind, segment.label_start, segment.start, segment.end, paragraphs))
    return Transcript(tuple(turns))


def _is_wrapped(text: str) -> bool:
    long_lines = [line for line in text.split("\n") if len(line) > WRAPPED_WIDTH]
    # Long words are addresses and image data, which no program wraps.
    return sum(len(line) for line in long_lines if line.count(" ") * 16 > len(line)) * 2 < len(text)


def _labels(text: str, first: int, wrapped: bool) -> list[_Label]:
    candidates = [*_named(text, first, wrapped), *_letters(text, first, wrapped)]
    times = Counter(label.speaker for label in candidates)
    is_dialogue = any(label.is_sure for label in candidates) or len(candidates) > len(times) > 1
    candidates = [label for label in candidates if is_dialogue or label.is_sure]
    candidates += _misprinted(text, first, {label.speaker for label in candidates})
    candidates.sort(key=lambda label: (label.start, -label.end))
    labels: list[_Label] = []
    for label in candidates:
        if not labels or label.start >= labels[-1].end:
            labels.append(label)
    return labels


def _named(text: str, first: int, wrapped: bool) -> Iterator[_Label]:
    for match in _NAMED_ON_TWO_LINES.finditer(text, first):
        upper, lower = map(_name, match["name"].split("\n"))
        if _is_one_name(upper, lower):
            yield _Label(match.start("label"), match.end(), f"{upper} {lower}", True)
    for match in _NAMED.finditer(text, first):
        name = _name(match["name"])
        is_sure = _is_sure(name)
        needs_no_place = is_sure and not name.istitle()
        fits = name and not match["q"] and (is_sure or match["words"] is not None)
        if needs_no_place or (fits and _opens_paragraph(text, match.start(), wrapped)):
            yield _Label(match.start("label"), match.end(), name, is_sure)


def _letters(text: str, first: int, wrapped: bool) -> Iterator[_Label]:
    for match in _LETTER.finditer(text, first):
        is_q = match["name"] == "Q"
        is_set_off = ":" in match["sign"] or (is_q and len(match["gap"]) > 1)
        if is_set_off or (is_q and _opens_paragraph(text, match.start(), wrapped)):
            yield _Label(match.start("label"), match.end(), match["name"], is_q)


def _misprinted(text: str, first: int, names: set[str]) -> Iterator[_Label]:
    for pattern in (_GLUED, _STOPPED):
        for match in pattern.finditer(text, first):
            name = " ".join(match["name"].split())
            if name in names:
                yield _Label(match.start("name"), match.end("name") + 1, name, True)


def _name(printed: str) -> str:
    """Return what stands before a colon, single-spaced, if names in labels are written so; "" if not."""
    words = printed.split()
    name = " ".join(words)
    if name.istitle() and name.upper() in _ROLES:  # "Moderator:"
        return name
    is_name = (
        len(name) > 1
        and _is_capital(words[0])
        and all(_is_capital(word) or word in _PARTICLES or _NUMBER.fullmatch(word) for word in words[1:])
        and not _bare(name) & _IN_HEADINGS
    )
    return name if is_name else ""


def _is_capital(word: str) -> bool:
    if any(character.isdecimal() for character in word) or word.endswith(("’S", "'S")):
        return False  # "COVID-19:", "PRESIDENT’S SCHEDULE:"
    prefix = _PREFIX.match(word)
    return word[prefix.end() if prefix else 0 :].isupper()


def _bare(name: str) -> frozenset[str]:
    return frozenset(word.strip(".,").upper() for word in name.split())


def _is_sure(name: str) -> bool:
    return bool(_bare(name) & (_ROLES | _OFFICES))


def _is_one_name(upper: str, lower: str) -> bool:
    """Return whether two lines are one label ("SENIOR ADMINISTRATION", "OFFICIAL"), not heading and label."""
    if not (upper and lower and _is_sure(f"{upper} {lower}")):
        return False
    is_unfinished = _bare(upper.split()[-1]) & _BEFORE_OFFICE or _bare(lower.split()[0]) & _AFTER_OFFICE
    return bool(is_unfinished) or (_is_sure(upper) and not _is_sure(lower))


def _opens_paragraph(text: str, line_start: int, wrapped: bool) -> bool:
    """Return whether the line before is blank, ends a sentence or, as in Markdown, ends in two spaces."""
    before = text[text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : line_start].rstrip("\r\n")
    has_ended = not before.strip() or before.endswith("  ") or before.rstrip().endswith(_CLOSES_LINE)
    return has_ended or not wrapped


def _segments(text: str, labels: list[_Label]) -> list[_Segment]:
    ends = [*(label.start for label in labels[1:]), len(text)]
    return [_segment(text, label, end) for label, end in zip(labels, ends, strict=True)]


def _segment(text: str, label: _Label, end: int) -> _Segment:
    start = end - len(text[label.end : end].lstrip())
    cut = _before_end_mark(text, start, end)
    label_start = label.start if label.speaker else start
    return _Segment(label.speaker, label_start, start, start + len(text[start:cut].rstrip()), cut < end)


def _before_end_mark(text: str, start: int, end: int) -> int:
    """Return where the closing lines between start and end begin; end if there are none.

    The first line is never one: "Q  12:45 P.M." answers when, it does not close.
    """
    cut = line_end = end
    while (line_start := text.rfind("\n", start, line_end) + 1) > 0:
        line = text[line_start:line_end].strip()
        if _END_MARK.fullmatch(line) and _opens_paragraph(text, line_start, wrapped=True):
            cut = line_start
        elif line and not _AFTER_END.fullmatch(line):
            break
        line_end = line_start - 1
    return cut


def _questioners(text: str, stretches: list[_Segment]) -> frozenset[str]:
    """Return the speakers who ask.

    Where labels say so ("Q", "QUESTION", "INTERVIEWER"), only those ask. Where none does, interviewers are
    named ("MR. SCHWEID") and their words must tell: who ends at least half of his turns with a question mark
    asks, unless everybody does.
    """
    turns = Counter(stretch.speaker for stretch in stretches)
    by_label = frozenset(speaker for speaker in turns if speaker == "Q" or _bare(speaker) & _ASKING)
    questions = Counter(turn.speaker for turn in stretches if _ASKS.search(text, turn.start, turn.end))
    by_words = frozenset(speaker for speaker in turns if questions[speaker] * 2 >= turns[speaker])
    return by_label or (by_words if len(by_words) < len(turns) else frozenset())


def _paragraphs(text: str, start: int, end: int, wrapped: bool) -> tuple[Span, ...]:
    spans: list[Span] = []
    line_start, is_open = start, False
    for line in text[start:end].split("\n"):
        words = line.strip()
        if words:
            first = line_start + len(line) - len(line.lstrip())
            spans.append((spans.pop()[0] if is_open else first, first + len(words)))
        is_open = wrapped and bool(words)
        line_start += len(line) + 1
    return tuple(spans)
