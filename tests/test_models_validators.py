import pytest
from django.core.exceptions import ValidationError

from timeline.models.validators import (
    ID_ALPHABET,
    country_code,
    http_url,
    new_public_id,
    one_line,
    plain_text,
    with_derived,
    words_of_source,
)

NOT_A_WEB_ADDRESS = "“{}” is not a web address. Write it in full, like https://www.state.gov/briefings/."


def refusal(validator, value: str) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        validator(value)
    return refused.value.messages


def test_public_id_is_ten_characters_of_its_alphabet():
    made = new_public_id()

    assert (len(made), set(made) <= set(ID_ALPHABET)) == (10, True)


def test_public_id_is_new_each_time():
    assert len({new_public_id() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("text", ["", "Line one\nline two\r\n\tline three", "שלום", "می‌خواهم", "“quoted” – é"])
def test_plain_text_accepts(text):
    assert plain_text(text) is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a\x00b", "Character 2 is U+0000"),
        ("\x0b", "Character 1 is U+000B"),
        ("abc\u202edef", "Character 4 is U+202E"),
        ("\u2066", "Character 1 is U+2066"),
        ("a\U000e0041", "Character 2 is U+E0041"),
        ("a\ud800", "Character 2 is U+D800"),
        ("a\rb", "Character 2 is U+000D"),
        ("a\u200bb", "Character 2 is U+200B"),
        ("👩\u200d💻", "Character 2 is U+200D"),
    ],
)
def test_plain_text_refuses_what_cannot_be_seen(text, where):
    assert refusal(plain_text, text) == [f"{where}, which cannot be seen. Delete it and type the text again."]


@pytest.mark.parametrize("text", ["a\u200bb", "👩\u200d💻", "שלום\u200f", "one\ntwo"])
def test_words_of_a_source_may_have_what_has_no_width(text):
    assert words_of_source(text) is None


def test_words_of_a_source_have_no_overrides():
    assert "Character 2 is U+202E" in refusal(words_of_source, "a\u202eb")[0]


@pytest.mark.parametrize(("text", "name"), [("a\tb", "U+0009"), ("a\nb", "U+000A"), ("a\r\nb", "U+000D")])
def test_one_line_refuses_tabs_and_line_ends(text, name):
    assert refusal(one_line, text) == [
        f"Character 2 is {name}, which cannot be seen. Delete it and type the text again."
    ]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "https://www.state.gov/briefings/?page=2#part",
        "https://example.org:8443/a%20b",
        "https://[2001:db8::1]/",
        "https://пример.example/путь",
        "https://example.org/user@host",
    ],
)
def test_http_url_accepts(address):
    assert http_url(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://example.org/file",
        "file:///etc/passwd",
        "//example.org",
        "/briefings/",
        "example.org",
        "http:example.org",
        "http://",
        "https:///path",
        "https://?query",
        "http://user:password@example.org",
        "http://user@example.org",
        "http://@example.org",
        "http://example.org\\@evil.example",
        "http://[::1",
        " https://example.org",
        "https://example.org ",
        "https://exa mple.org",
        "https://example.org/a\u00a0b",
    ],
)
def test_http_url_refuses(address):
    assert refusal(http_url, address) == [NOT_A_WEB_ADDRESS.format(address)]


@pytest.mark.parametrize("address", ["https://exa\nmple.org", "https://example.org/\t", "https://example.org/\u202e"])
def test_http_url_refuses_what_cannot_be_seen(address):
    assert "which cannot be seen" in refusal(http_url, address)[0]


def test_country_code_accepts_iso_3166():
    assert country_code("AM") is None


@pytest.mark.parametrize("code", ["am", "ARM", "XX", "A", "051", " "])
def test_country_code_refuses(code):
    assert refusal(country_code, code) == [
        f"“{code}” is not a country code. Use two capital letters of ISO 3166-1, like AM or AZ."
    ]


def test_with_derived_adds_to_the_columns_named():
    assert with_derived({"update_fields": ["edtf"], "force_update": True}, "sort_on") == {
        "update_fields": {"edtf", "sort_on"},
        "force_update": True,
    }


@pytest.mark.parametrize("arguments", [{}, {"update_fields": None}, {"update_fields": []}])
def test_with_derived_leaves_all_or_nothing_alone(arguments):
    assert with_derived(arguments, "sort_on") == arguments
