import datetime as dt

import pytest

from timeline.imports.briefings.document import Document, Refused
from timeline.models.source_day import SourceDate

from .read_documents import read_document

SEED = "Briefing by Jalina Porter\n\nMarch 25, 2022\n\nQUESTION: Yes.\n\nMS PORTER: No."


def test_text_keeps_its_title_and_day():
    assert read_document(SEED.encode(), "f.txt") == Document(
        where="f.txt", title="Briefing by Jalina Porter", text=SEED, published=SourceDate(dt.date(2022, 3, 25))
    )


def test_day_that_is_not_stated_is_not_known():
    document = read_document(b"Title\n\nMS PORTER: We met on March 25, 2022.", "f.txt")

    assert (document.published.day, document.notes) == (None, ("day of publication not known",))


def test_page_breaks_and_next_line_marks_are_white_space_and_said():
    document = read_document("Title\n\nMarch 25, 2022\n\nWe welcome it,\n\fall\x85of us.".encode(), "f.txt")

    assert document.text.endswith("We welcome it,\nall\nof us.")
    assert document.notes == ("1 page break and 1 next-line mark read as white space",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "It has fewer than two lines. Write the title, the day, then the words."),
        ("Title\n\n", "It has fewer than two lines. Write the title, the day, then the words."),
        (
            "w" * 301 + "\nmore",
            "The first line has 301 characters and is no title. Write the title, the day, then the words.",
        ),
    ],
)
def test_what_is_refused(text, words):
    with pytest.raises(Refused) as caught:
        read_document(text.encode(), "f.txt")

    assert str(caught.value) == words


def test_title_of_300_characters_is_one():
    assert read_document(("w" * 300 + "\nmore").encode(), "f.txt").title == "w" * 300
