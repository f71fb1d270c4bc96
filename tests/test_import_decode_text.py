import datetime as dt

import pytest

from timeline.extraction.decoding import decode
from timeline.extraction.extracted import Refused
from timeline.imports.briefings.document import Document
from timeline.models.source_day import SourceDate

from .read_documents import read_document


def refusal(data: bytes, declared: str = "") -> str:
    with pytest.raises(Refused) as caught:
        decode(data, declared)
    return str(caught.value)


def test_utf8_comes_with_lf_at_line_ends():
    assert decode("Ереван\r\nБаку\rdone".encode()) == ("Ереван\nБаку\ndone", [])


def test_byte_order_mark_is_left_out_and_told():
    assert decode(b"\xef\xbb\xbfHello") == ("Hello", ["byte-order mark left out"])


def test_windows_1252_taken_for_latin_1_is_mended_and_told():
    assert decode("I\x92m sure, \x93yes\x94".encode()) == (
        "I’m sure, “yes”",
        ["3 characters of Windows-1252 corrected, like ’ and “"],
    )


def test_control_that_means_nothing_there_stays_to_be_written_out():
    assert decode("a\x81b".encode())[0] == "a\x81b"


def test_next_line_mark_is_one_unless_there_are_others():
    assert decode("a\x85b".encode()) == ("a\x85b", [])
    assert decode("a\x85\x92".encode())[0] == "a…’"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Hello".encode("utf-16"), "It is UTF-16. Save it as UTF-8."),
        ("Hello".encode("utf-32"), "It is UTF-32. Save it as UTF-8."),
        (b"ab\0c", "Byte 3 is NUL: this is not text, or UTF-16 without its mark. Save it as UTF-8."),
        ("Hello".encode("utf-16-le"), "Byte 2 is NUL: this is not text, or UTF-16 without its mark. Save it as UTF-8."),
        (b"\x89PNG\r\n\x1a\n\0\0", "Byte 9 is NUL: this is not text, or UTF-16 without its mark. Save it as UTF-8."),
        (
            b"one\n" + "Ереван".encode("cp1251"),
            "Byte 5, in line 2, is 0xc5, which is not UTF-8. Save it as UTF-8; it may be Windows-1251 (Cyrillic) or "
            "Windows-1252 (western Europe).",
        ),
    ],
)
def test_what_is_not_utf8_is_refused_with_what_it_is(data, words):
    assert refusal(data) == words


def test_page_may_say_another_character_set():
    assert decode("Ереван".encode("cp1251"), "windows-1251") == ("Ереван", ["read as windows-1251, as the page says"])
    assert decode("Ереван".encode(), "windows-1251") == ("Ереван", [])


@pytest.mark.parametrize("declared", ["nonsense", "ascii", "utf-8"])
def test_character_set_that_is_wrong_is_refused(declared):
    assert refusal("Ереван".encode("cp1251"), declared) == (
        f"It says that it is “{declared}”, but it is not, nor UTF-8. Save it as UTF-8."
    )


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
            "The first line has 301 characters, too many for a title. Write the title, the day, then the words.",
        ),
    ],
)
def test_what_is_refused(text, words):
    with pytest.raises(Refused) as caught:
        read_document(text.encode(), "f.txt")

    assert str(caught.value) == words


def test_title_of_300_characters_is_one():
    assert read_document(("w" * 300 + "\nmore").encode(), "f.txt").title == "w" * 300
