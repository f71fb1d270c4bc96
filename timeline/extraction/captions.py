"""The words of captions: WebVTT and SubRip (SRT), joined into paragraphs.

Sources: W3C WebVTT, Candidate Recommendation of 4 April 2019; SubRip has no standard, and is read as players read it.
"""

import html
import re
from collections.abc import Iterator
from itertools import accumulate, groupby, takewhile
from pathlib import PurePath
from typing import NamedTuple

from timeline.extraction.decoding import decode
from timeline.extraction.extracted import Extracted, Refused, one_line
from timeline.text import source_text
from timeline.text.track import TIME, Track

_CLOCK = r"(?:\d{1,4}:)?[0-5]\d:[0-5]\d[.,]\d{3}"
_TIMES = re.compile(rf"\s*(?P<start>{_CLOCK})\s+-->\s+(?P<end>{_CLOCK})(?:\s.*)?")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_HEAD = re.compile(r"\ufeff?WEBVTT(?:[ \t]+(?:-[ \t]*)?(?P<title>.*))?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,80})?\s+(?P<name>[^<>]{1,100})>")
_WORD_TIME = re.compile(rf"<{_CLOCK}>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v|font)(?:[.\s][^<>]{0,200})?>|\{\\an?\d{1,2}\}", re.IGNORECASE)
_BEGINS_ANEW = re.compile(r">>|[-–—]\s|[A-Z][\w.'’() -]{0,60}:\s")  # another speaker, as captions mark it
_LABEL_BEHIND_MARK = re.compile(r"(?<!>)>>+\s?(?=[A-Z][\w.'’() -]{0,60}:\s)")
MOST_LINES = 200_000  # some 50 hours of captions
_BEHIND_HEAD, _LAST_OF_HEAD = 2, 20  # lines of a WebVTT file
_PAUSE = 3.0  # seconds without a caption that end a paragraph


class Cue(NamedTuple):
    start: float  # seconds
    end: float
    lines: tuple[str, ...]
    number: int  # of the line with its times, from 1


class Line(NamedTuple):
    words: str
    clock: str  # when its caption begins: "0:01:33"


def read_vtt(data: bytes, name: str) -> Extracted:
    """Return the words of a WebVTT file and their times; its title is behind WEBVTT, or else the name of the file. Raises Refused."""
    text, notes = decode(data)
    lines = text.split("\n")
    head = _HEAD.fullmatch(lines[0])
    if not head:
        raise Refused("Line 1 is not WEBVTT, so this is not a WebVTT file. SubRip files end in .srt.")
    said = takewhile(str.strip, lines[1:_LAST_OF_HEAD])
    language = next((line.partition(":")[2].strip() for line in said if line.lower().startswith("language:")), "")
    fields = {"title": head["title"] or "", "language": language}
    return _extracted(lines, _BEHIND_HEAD, name, fields, notes)


def read_srt(data: bytes, name: str) -> Extracted:
    """Return the words of a SubRip file and their times; its title is the name of the file. Raises Refused."""
    text, notes = decode(data)
    return _extracted(text.split("\n"), 1, name, {}, notes)


def _extracted(lines: list[str], first: int, name: str, fields: dict[str, str], notes: list[str]) -> Extracted:
    cues = list(_cues(lines, first))
    if not cues:
        raise Refused("It has no captions. Each begins with a line like 00:00:01.000 --> 00:00:04.000.")
    if not fields.get("title"):
        fields["title"] = one_line(re.sub(r"[_-]+", " ", PurePath(name).stem))
        notes.append("title taken from the name of the file")
    notes.append(f"{len(cues):,} caption{'' if len(cues) == 1 else 's'} joined, with their time codes")
    text, track = _joined(list(paragraphs(cues)))
    return Extracted(text, fields, tuple(notes), track)


def _joined(joined: list[list[Line]]) -> tuple[str, Track]:
    """Return the text of paragraphs, and the time at which each of its lines was said."""
    text = source_text.normalise("\n\n".join("\n".join(line.words for line in lines) for lines in joined))
    starts = accumulate((len(words) + 1 for words in text.split("\n")), initial=0)
    lines_and_gaps = (line for lines in joined for line in (*lines, None))
    marks: list[tuple[int, str]] = []
    for start, line in zip(starts, lines_and_gaps, strict=False):
        if line and (not marks or marks[-1][1] != line.clock):
            marks.append((start, line.clock))
    return text, Track(TIME, tuple(marks))


def _cues(lines: list[str], first: int) -> Iterator[Cue]:
    """Yield the captions. Raises Refused for a block that is none, with its line, and for too many lines."""
    if len(lines) > MOST_LINES:
        raise Refused(f"It has {len(lines):,} lines; at most {MOST_LINES:,} are read. Split it.")
    for is_blank, group in groupby(enumerate(lines[first - 1 :], first), key=lambda pair: not pair[1].strip()):
        numbers, block = zip(*group, strict=True)
        if not is_blank and not _NO_CUE.fullmatch(block[0]):
            yield from _cue(block, numbers[0], is_head=numbers[0] == first == _BEHIND_HEAD)


def _cue(block: tuple[str, ...], number: int, is_head: bool) -> Iterator[Cue]:
    """Yield the caption of a block whose first line has this number: its times are in its first or second line."""
    at = next((at for at, line in enumerate(block[:2]) if "-->" in line), None)
    if at is None and is_head:
        return
    times = _TIMES.fullmatch(block[at]) if at is not None else None
    if at is None or times is None:
        wrong = block[at or 0].strip()[:60]
        raise Refused(
            f"Line {number + (at or 0):,}, “{wrong}”: write times like 00:00:01.000 --> 00:00:04.000 before words."
        )
    start, end = _seconds(times["start"]), _seconds(times["end"])
    if end < start:
        raise Refused(f"Line {number + at:,}: the caption ends before it begins.")
    yield Cue(start, end, block[at + 1 :], number + at)


def _seconds(clock: str) -> float:
    *hours, minutes, seconds = clock.replace(",", ".").split(":")
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


def paragraphs(cues: list[Cue]) -> list[list[Line]]:
    """Return the lines of captions in paragraphs: a new one where another speaker is marked, and after a pause.

    Captions that roll, in which each word has its time, print every line again: it is read once.
    """
    rolls = any(_WORD_TIME.search(line) for cue in cues for line in cue.lines)
    joined: list[list[Line]] = []
    voice, last_line, last_end = "", "", 0.0
    for cue in cues:
        is_new = cue.start - last_end >= _PAUSE
        last_end = max(last_end, cue.end)
        for line in cue.lines:
            if (match := _VOICE.search(line)) and one_line(match["name"]) != voice:
                voice, is_new = one_line(match["name"]), True
                line = _VOICE.sub(f"{voice}: ", line, count=1)  # noqa: PLW2901 (the label that it stands for)
            words = _words(line)
            if not words or (rolls and words == last_line):
                continue
            if is_new or not joined or _BEGINS_ANEW.match(words):
                joined.append([])
            joined[-1].append(Line(_LABEL_BEHIND_MARK.sub("", words), _clock(cue.start)))
            last_line, is_new = words, False
    return joined


def _clock(start: float) -> str:
    minutes, seconds = divmod(int(start), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _words(line: str) -> str:
    return one_line(html.unescape(_TAG.sub("", _WORD_TIME.sub("", _VOICE.sub("", line)))))
