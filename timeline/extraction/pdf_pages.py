"""The words of a PDF, page after page, each with the label that the file gives it ("iv", "12")."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import accumulate

from pypdf import PdfReader
from pypdf.errors import DependencyError

from timeline.extraction.extracted import LONGEST_TEXT, Extracted, Refused, one_line
from timeline.text import source_text
from timeline.text.track import PAGE, Track

logger = logging.getLogger(__name__)  # told where reading is

MOST_PAGES = 2_000
LONGEST_LABEL, LONGEST_TITLE = 20, 300  # characters
_NO_TITLE = re.compile(
    r"microsoft |untitled|unbenannt|(?:document|slide|layout) ?\d*$|.*\.(?:docx?|odt|rtf|pptx?|indd|pdf|tex|pages)$",
    re.IGNORECASE,
)
_BETWEEN = "\n\n"  # pages: running heads are parted from words by blank lines, see `timeline.text.running_heads`
_LETTER = re.compile(r"[^\W\d_]")


def read(data: bytes, name: str) -> Extracted:
    """Return the words of the pages, which end as lines do. The day in a PDF's properties is that of the file, and is not read.
    Raises Refused, with the page where it is one of them."""
    if b"%PDF-" not in data[:1_024]:
        raise Refused("It does not begin with %PDF-, so this is not a PDF.")
    with _warnings() as warnings:
        with _refused_where_broken("It"):
            reader = _opened(data)
            labels = _labels(reader)
            title, language = _properties(reader)
        pages = list(_pages(reader, labels))
    text, track = _joined(pages, labels)
    notes = [*_notes_on_pages(pages, labels), *_notes_on_warnings(warnings)]
    if not title:
        title = _first_line(pages)[:LONGEST_TITLE]
        notes.append("title taken from the first line")
    return Extracted(text, {"title": title, "language": language}, tuple(notes), track)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Yield the list that the warnings of pypdf will be in: what it could not read, it leaves out and warns."""
    words: list[str] = []
    handler, logger = logging.Handler(logging.WARNING), logging.getLogger("pypdf")
    handler.emit = lambda record: words.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield words
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


@contextmanager
def _refused_where_broken(what: str) -> Iterator[None]:
    """Refuse whatever goes wrong inside: a broken file makes its reader fail in any way. Not where memory ends: that says the process."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        reason = one_line(str(error))[:120].rstrip(".") or type(error).__name__
        raise Refused(f"{what} cannot be read as PDF: {reason}. Print it to a new PDF, or save its text.") from None


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise Refused("It is encrypted. Save it without a password or protection.")
    if len(reader.pages) > MOST_PAGES:
        raise Refused(f"It has {len(reader.pages):,} pages; at most {MOST_PAGES:,} are read. Split it.")
    return reader


def _opens_without_password(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except DependencyError:  # AES, for which no library is here
        return False


def _labels(reader: PdfReader) -> list[str]:
    """Return the name of each page: its label, else its number from 1."""
    labels = [one_line(source_text.normalise(label))[:LONGEST_LABEL] for label in reader.page_labels]
    return [label or str(number) for number, label in enumerate(labels, 1)]


def _properties(reader: PdfReader) -> tuple[str, str]:
    """Return title and language as the file gives them; "" for a title that a program made up."""
    title = one_line(str((reader.metadata and reader.metadata.title) or ""))[:LONGEST_TITLE]
    language = str(reader.root_object.get("/Lang") or "").strip()[:20]
    return "" if _NO_TITLE.match(title) or not _LETTER.search(title) else title, language


def _pages(reader: PdfReader, labels: list[str]) -> Iterator[str]:
    """Yield the words of each page, normalised, without white space at the ends of lines."""
    characters = 0
    for page, label in zip(reader.pages, labels, strict=True):
        logger.info("page %s", label)
        with _refused_where_broken(f"Page {label}"):
            words = page.extract_text()
        characters += len(words)
        if characters > LONGEST_TEXT:
            raise Refused(
                f"The text up to page {label} has more than {LONGEST_TEXT:,} characters; no more are kept. Split it."
            )
        words = source_text.normalise(f"{words}\nx")[:-2]  # a soft hyphen at the end of a page is one before a line
        yield "\n".join(line.rstrip() for line in words.split("\n")).strip("\n")


def _first_line(pages: list[str]) -> str:
    """Return the first line with letters that no other page has: what pages share is a running head."""
    shared = Counter(line for page in pages for line in set(page.split("\n")))
    lines = [line for page in pages for line in page.split("\n") if _LETTER.search(line)]
    return next((line for line in lines if shared[line] == 1), lines[0] if lines else "")


def _joined(pages: list[str], labels: list[str]) -> tuple[str, Track]:
    """Return one text of the pages that have words, and where each begins."""
    with_words = [(page, label) for page, label in zip(pages, labels, strict=True) if page.strip()]
    starts = accumulate((len(page) + len(_BETWEEN) for page, _ in with_words), initial=0)
    marks = tuple((start, label) for start, (_, label) in zip(starts, with_words, strict=False))
    return _BETWEEN.join(page for page, _ in with_words), Track(PAGE, marks)


def _notes_on_pages(pages: list[str], labels: list[str]) -> list[str]:
    """Return how many pages there are, and which have no text. Raises Refused where none has."""
    empty = [label for page, label in zip(pages, labels, strict=True) if not page.strip()]
    if len(empty) == len(pages):
        counted = f"{len(pages):,} page{'' if len(pages) == 1 else 's'}"
        raise Refused(
            f"It has {counted} and no text: it may be scanned. Run text recognition (OCR) first, and check the result."
        )
    notes = [f"{len(pages):,} page{'' if len(pages) == 1 else 's'}, with their labels"]
    if empty:
        shown = ", ".join(empty[:5]) + (f" and {len(empty) - 5:,} more" if len(empty) > 5 else "")
        notes.append(f"no text on page{'' if len(empty) == 1 else 's'} {shown}: perhaps pictures")
    return notes


def _notes_on_warnings(warnings: list[str]) -> list[str]:
    if not warnings:
        return []
    return [
        f"the file is damaged, so compare the words with it: {one_line(warnings[0])[:120]} (warnings: {len(warnings):,})"
    ]
