"""Real transcripts, printed as PDF and timed as captions: no turn is lost, and no page begins where it did not."""

import pytest

from timeline.extraction.readers import extract
from timeline.imports.briefings.document_files import documents, find_files
from timeline.text.running_heads import running_heads
from timeline.text.source_text import normalise
from timeline.text.transcripts import parse

from .beside import SHARED
from .pdf_files import pdf

FOLDER = "data/whitehouse-briefings"
EVERY = 24  # documents
ON_A_PAGE = 45  # lines
HEAD = "The White House Official Record"

pytestmark = [pytest.mark.long, pytest.mark.beside(FOLDER)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Return real texts in letters that a PDF without a font of its own has."""
    paths = find_files([str(SHARED / FOLDER)]).files[::EVERY]
    stored = [normalise(document.text) for path in paths for document in documents(path, extract)]
    return [text.encode("cp1252", "replace").decode("cp1252") for text in stored]


def speakers(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.kind) for turn in parse(text).turns]


def words(text: str) -> list[str]:
    """Return the words without running heads."""
    for start, end in reversed(running_heads(text)):
        text = f"{text[:start]} {text[end:]}"
    return text.split()


def timed(text: str, mark: str) -> str:
    cues = [line for line in text.split("\n") if line.strip()]
    stamp = "00:{:02}:{:02}" + mark
    times = [stamp.format(number // 60 % 60, number % 60) for number in range(len(cues) + 1)]
    return "\n".join(f"{number}\n{times[0]}000 --> {times[0]}000\n{line}\n" for number, line in enumerate(cues, 1))


def test_printed_transcripts_lose_no_turn_and_no_word(texts):
    assert len(texts) >= 12
    for text in texts:
        lines = [line for line in text.split("\n") if line.strip()]
        printed = [lines[at : at + ON_A_PAGE] for at in range(0, len(lines), ON_A_PAGE)]
        pages = ["\n".join([HEAD, *page, str(number)]) for number, page in enumerate(printed, 1)]
        extracted = extract(pdf(*pages), "pdf", "f.pdf")

        assert speakers(extracted.text) == speakers(text)
        assert len(extracted.track.marks) == len(pages)
        for (start, _), page in zip(extracted.track.marks, pages, strict=True):
            assert extracted.text[start:].split(maxsplit=12)[:12] == page.split(maxsplit=12)[:12]
        if len(pages) > 2:
            assert words(extracted.text) == [*HEAD.split(), *words(text)]  # that of page 1 has no number beside it


@pytest.mark.parametrize(("ending", "head", "mark"), [("vtt", "WEBVTT\n\n", "."), ("srt", "", ",")])
def test_captions_of_transcripts_lose_no_turn(texts, ending, head, mark):
    for text in texts:
        extracted = extract((head + timed(text, mark)).encode(), ending, f"f.{ending}")

        assert speakers(extracted.text) == speakers(text)
        assert extracted.text.split() == text.split()
