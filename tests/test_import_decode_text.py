import pytest

from timeline.extraction.decoding import decode
from timeline.extraction.extracted import Refused


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


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Hello".encode("utf-16"), "It is UTF-16. Save it as UTF-8."),
        ("Hello".encode("utf-32"), "It is UTF-32. Save it as UTF-8."),
        (b"ab\0c", "Byte 3 is NUL: this is no text, or UTF-16 without its mark. Save it as UTF-8."),
        ("Hello".encode("utf-16-le"), "Byte 2 is NUL: this is no text, or UTF-16 without its mark. Save it as UTF-8."),
        (b"\x89PNG\r\n\x1a\n\0\0", "Byte 9 is NUL: this is no text, or UTF-16 without its mark. Save it as UTF-8."),
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
