"""Cut the text of a briefing into turns: who speaks, from where to where, and whether it asks or answers.

What is a label is found by `speaker_labels`. Front matter, the lines before the first label and the marks after the last words ("END", a time, "###") are
in no turn. Stage directions ("(Laughter.)") stay in the turn in which they are printed. Every step takes time
in proportion to the length of the text, whatever the text is.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from .label_words import ASKING, FOREIGN_ASKING, GREETING, PROCEDURE, word_key
from .running_heads import Span, without_line_numbers
from .speaker_labels import Label, bare_words, labels_of, looks_like_dialogue, opens_paragraph

QUESTION = "question"
ANSWER = "answer"
STATEMENT = "statement"

WRAPPED_WIDTH = 120  # characters; lines wrapped by hand or by a program are shorter


_W = r"[^\S\n]"  # white space inside a line
_FRONT_MATTER = re.compile(r"\A\ufeff?---[^\S\n]*\n(?=[\w-]+:).*?\n---[^\S\n]*(?:\n|\Z)", re.DOTALL)
_TIME = r"[(\[]?\d{1,2}:\d\d\s?[AaPp]\.?[Mm]\.?(?:\s+\(?[A-Z]{1,5}\)?)?[)\]]?"
_END_MARK = re.compile(
    rf"{_TIME}|\(?END(?: OF [A-Z ]+)?\)?(?:\s+{_TIME})?|(?:\\?#\s*)+|-30-"
    r"|[(\[][^()\[\]]{1,120}\b(?:concluded|adjourned)\b[^()\[\]]{0,60}[)\]]"
)
# May follow an end mark: the time zone on a line of its own, a file number, a pointer to another page.
_AFTER_END = re.compile(r"[A-Z]{2,4}|\d{4}/\d{1,5}|DPB\s?#?\s?\d+|To view\b.*|(?:visit:?\s*)?<?https?://\S+")
# A stage direction may follow. Armenian has its mark on the word that asks, anywhere in the sentence.
_ASKS = re.compile(r"(?:[?؟]|՞[^։\n]{0,200}[։:]?)[\"”’')\]*_»]*\s*(?:\([^()]*\)\s*)*\Z")
_QUESTION_MARK = re.compile("[?؟՞]")
_FEW_WORDS = 3  # with so many beside greetings a turn asks, also where no question mark is printed


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
    is_uncut: bool = (
        False  # it looks like a dialogue of which no label is known: who says what, and who asks, is not told
    )

    @property
    def paragraphs(self) -> tuple[Span, ...]:
        return tuple(span for turn in self.turns for span in turn.paragraphs)

    def turn_at(self, position: int) -> Turn | None:
        """Return the turn whose words hold this position; None in a label and outside what was spoken."""
        index = bisect_right(self.turns, position, key=lambda turn: turn.start) - 1
        return self.turns[index] if index >= 0 and position < self.turns[index].end else None


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
    `_questioners`), an answer is what others say after it, a statement is what is said before any question. A
    questioner who greets, thanks or asks for the floor has asked nothing yet.
    An end mark starts afresh. A label without words makes no turn. Blank lines part paragraphs; in a text of
    mostly long lines each line is a paragraph.
    """
    text = without_line_numbers(text)  # "12   MR. SMITH:", as courts print it
    front_matter = _FRONT_MATTER.match(text)
    first = front_matter.end() if front_matter else 0
    wrapped = _is_wrapped(text)
    labels = labels_of(text, first, wrapped)
    stretches = _segments(text, labels or [Label(first, first, "", True)])
    questioners = _questioners(text, stretches)
    turns, question_open = [], False
    for segment in stretches:
        kind = QUESTION if segment.speaker in questioners else ANSWER if question_open else STATEMENT
        if kind == QUESTION and not question_open:
            question_open = _asks_something(text[segment.start : segment.end])
        question_open = question_open and not segment.ends_session
        if paragraphs := _paragraphs(text, segment.start, segment.end, wrapped):
            turns.append(Turn(segment.speaker, kind, segment.label_start, segment.start, segment.end, paragraphs))
    return Transcript(tuple(turns), not labels and looks_like_dialogue(text[first:]))


def _asks_something(words: str) -> bool:
    """Return whether a turn of a questioner is more than a greeting. One whose words are not printed is taken for a question."""
    spoken = [word for word in map(_stripped, words.split()) if word]
    beside_greeting = [word for word in spoken if word_key(word) not in GREETING]
    if _QUESTION_MARK.search(words) or not spoken:
        return bool(beside_greeting) or not spoken
    return sum(not word.istitle() for word in beside_greeting) >= _FEW_WORDS


def _stripped(word: str) -> str:
    return word.strip('.,;:?!()[]*_—–-…“”"՞؟،։').replace("’", "'")


def _is_wrapped(text: str) -> bool:
    long_lines = [line for line in text.split("\n") if len(line) > WRAPPED_WIDTH]
    # Long words are addresses and image data, which no program wraps.
    return sum(len(line) for line in long_lines if line.count(" ") * 16 > len(line)) * 2 < len(text)


def _segments(text: str, labels: list[Label]) -> list[_Segment]:
    ends = [*(label.start for label in labels[1:]), len(text)]
    return [_segment(text, label, end) for label, end in zip(labels, ends, strict=True)]


def _segment(text: str, label: Label, end: int) -> _Segment:
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
        if _END_MARK.fullmatch(line) and opens_paragraph(text, line_start, wrapped=True):
            cut = line_start
        elif line and not _AFTER_END.fullmatch(line):
            break
        line_end = line_start - 1
    return cut


def _questioners(text: str, stretches: list[_Segment]) -> frozenset[str]:
    """Return the speakers who ask.

    Where labels say so ("Q", "QUESTION", "Вопрос"), only those ask. Where none does, interviewers are named
    ("MR. SCHWEID") and their words must tell: who ends at least half of his turns with a question mark asks,
    unless everybody does. A moderator or an interpreter never does.
    """
    turns = Counter(stretch.speaker for stretch in stretches)
    by_label = frozenset(speaker for speaker in turns if _is_asking(speaker))
    questions = Counter(turn.speaker for turn in stretches if _ASKS.search(text, turn.start, turn.end))
    by_words = frozenset(speaker for speaker in turns if questions[speaker] * 2 >= turns[speaker])
    by_words -= {speaker for speaker in turns if bare_words(speaker) & PROCEDURE}
    return by_label or (by_words if len(by_words) < len(turns) else frozenset())


def _is_asking(speaker: str) -> bool:
    return speaker == "Q" or bool(bare_words(speaker) & ASKING) or word_key(speaker.partition(" ")[0]) in FOREIGN_ASKING


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
