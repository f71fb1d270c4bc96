import datetime as dt

import pytest

from timeline.extraction.markdown_text import words_of
from timeline.imports.briefings.document import Document, Refused
from timeline.models.source_day import SourceDate

from .read_documents import read_document

FILE = """---
date: '2023-09-30'
source_url: https://www.whitehouse.gov/briefing-room/2023/09/30/call/#top
tags: press-briefings
title: "Background Press\\_Call"
---

Via Teleconference

(September 29, 2023)

MODERATOR:  Hello.  We will
talk \\[on background\\].

Q    Why?
"""
TEXT = """Via Teleconference

(September 29, 2023)

MODERATOR:  Hello.  We will
talk [on background].

Q    Why?"""


def test_file_becomes_a_document():
    assert read_document(FILE.encode(), "call.md") == Document(
        where="call.md",
        title="Background Press Call",
        text=TEXT,
        published=SourceDate(dt.date(2023, 9, 30)),
        url="https://www.whitehouse.gov/briefing-room/2023/09/30/call/",
        about="press-briefings",
        notes=("posted on 2023-09-30; the text itself is dated 2023-09-29",),
    )


def test_heading_is_the_title_of_a_file_without_front_matter():
    document = read_document(b"# The *title*\n\nMarch 25, 2022\n\nMS PORTER: Yes.", "f.md")

    assert (document.title, document.text, document.published.day) == (
        "The title",
        "March 25, 2022\n\nMS PORTER: Yes.",
        dt.date(2022, 3, 25),
    )


@pytest.mark.parametrize("words", ["June 1, 2023", "1 June 2023", "1 juin 2023", "1 июня 2023 г.", "20230601"])
def test_day_of_the_front_matter_may_stand_in_words(words):
    assert read_document(f"---\ntitle: T\ndate: {words}\n---\nWords".encode(), "f.md").published.day == dt.date(
        2023, 6, 1
    )


def test_front_matter_of_another_kind_is_understood():
    text = "---\nheadline: T\npublished: 25 March 2022\npublisher: MFA\nlang: ru\nkind: statement\narchived_on: 2022-04-01\n---\nWords"

    assert read_document(text.encode(), "f.md") == Document(
        where="f.md",
        title="T",
        text="Words",
        published=SourceDate(dt.date(2022, 3, 25)),
        captured_on=dt.date(2022, 4, 1),
        publisher="MFA",
        language="ru",
        kind="statement",
    )


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("Words only", "There is no title. Give it one: title: in the front matter, or a column “title”."),
        ("---\ntitle: T\n---\n\n<!-- -->\n", "There is no text in it. A source needs its words."),
        (
            "---\ntitle: T\ndate: soon\n---\nWords",
            "date: “soon” is not a known day. Write one, for example 24 March 2022 or 2022-03-24.",
        ),
        (
            "---\ntitle: T\ndate: 2022-02-30\n---\nWords",
            'date: "2022-02-30" does not exist: February 2022 has 28 days. '
            "Write a day from 2022-02-01 to 2022-02-28, or 2022-02 if the day is not known.",
        ),
        (
            "---\ntitle: T\n---\n" + "a " * 500_001,
            "The text has 1,000,002 characters; at most 1,000,000 are kept. Split it.",
        ),
    ],
)
def test_what_is_refused(file, words):
    with pytest.raises(Refused) as caught:
        read_document(file.encode(), "f.md")

    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("the <s>Strom</s> \\[Stream\\] 1", "the [struck: Strom] [Stream] 1"),
        ("**bold** *thin* [link](https://x.example) `code`", "bold thin link code"),
        ("# Head\n\nText", "Head\n\nText"),
        ("-   one\n-   two", "- one\n\n- two"),
        ("3.  three\n4.  four", "3. three\n\n4. four"),
        ("Aboard  \nEn route", "Aboard\nEn route"),
        ("     MS. X:  Indented.\n\n     Q    Why?", "MS. X:  Indented.\n\nQ    Why?"),
        ('<figure>\n<img src="x">\n</figure>\n\nWords ![alt](x.png)', "Words"),
        ("<script>alert(1)</script>\n\nWords", "Words"),
        ("a<br>b &amp; <u>c</u>", "a\nb & c"),
        ("Thanks.\n\n# # #", "Thanks.\n\n#"),
    ],
)
def test_markup_is_left_out(markdown, words):
    assert words_of(markdown) == words


def test_markup_without_end_is_refused():
    assert words_of("Words\n\n" + "[" * 5_000) == "Words\n\n" + "[" * 5_000
    with pytest.raises(Refused) as caught:
        words_of("Words\n\n" + "[" * 5_001)

    assert str(caught.value) == "The paragraph in line 3 has over 5,000 marks like [ and *. Is it Markdown?"
