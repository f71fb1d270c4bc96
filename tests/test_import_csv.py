import csv
import datetime as dt
from pathlib import Path

import pytest

from timeline.imports.briefings.document import Document, Received, Refused
from timeline.imports.briefings.from_csv import row_of, rows

HEADER = "speaker,date,title,text,url\n"


def file(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "talks.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        list(rows(path))
    return str(caught.value)


def test_row_becomes_a_document_and_the_day_of_the_copy_no_publication(tmp_path):
    copy = "https://web.archive.org/web/20030501010101/https://2001-2009.state.gov/20665.htm"
    path = file(
        tmp_path,
        f'{HEADER}Colin Powell,20030501,Interview,"INTERVIEWER: Welcome.\nSECRETARY POWELL: I\x92m glad.",{copy}\n',
    )

    assert list(rows(path)) == [
        Document(
            where=f"{path}, row 2",
            title="Interview",
            text="INTERVIEWER: Welcome.\nSECRETARY POWELL: I’m glad.",
            captured_on=dt.date(2003, 5, 1),
            url="https://2001-2009.state.gov/20665.htm",
            archive_url=copy,
            speakers="Colin Powell",
            notes=(
                "1 character of Windows-1252 corrected, like ’ and “",
                "its date, 2003-05-01, is that of the archived copy",
                "day of publication not known",
            ),
            received=Received(path.read_bytes(), "csv", "talks.csv"),
        )
    ]


def test_original_of_a_row_is_the_row_below_its_header(tmp_path):
    path = file(tmp_path, 'sep=;\ntitle;text\nOne;"Words\nof one"\n;\nTwo;Words\r\n')

    originals = [document.received.content for document in rows(path)]

    assert originals == [b'sep=;\ntitle;text\nOne;"Words\nof one"\n', b"sep=;\ntitle;text\nTwo;Words\r\n"]
    assert [row_of(Received(content, "csv")).text for content in originals] == ["Words\nof one", "Words"]


def test_day_is_found_in_the_text_of_an_archived_copy(tmp_path):
    copy = "https://web.archive.org/web/20030501010101/https://state.gov/1.htm"
    path = file(tmp_path, f'{HEADER}X,20030501,T,"April 30, 2003\nWords",{copy}\n')

    document = next(iter(rows(path)))

    assert (document.published.day, document.captured_on) == (dt.date(2003, 4, 30), dt.date(2003, 5, 1))


@pytest.mark.parametrize(
    ("date", "published"), [("2003-04-30", dt.date(2003, 4, 30)), ("NA", None), ("", None), ("2003-05-02", None)]
)
def test_date_before_that_of_the_copy_is_the_publication(tmp_path, date, published):
    path = file(tmp_path, f"{HEADER}X,{date},T,Words,https://web.archive.org/web/20030501/https://state.gov/1.htm\n")

    assert next(iter(rows(path))).published.day == published


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_that_of_the_first_row(tmp_path, delimiter):
    path = file(
        tmp_path, "\ufeff" + f"title{delimiter}text{delimiter}published\nT{delimiter}Words{delimiter}2022-03-25\n"
    )

    assert [(document.title, document.text, document.published.day) for document in rows(path)] == [
        ("T", "Words", dt.date(2022, 3, 25))
    ]


@pytest.mark.parametrize("words", ["1 June 2023", '"June 1, 2023"', "1 juin 2023", "1 июня 2023 года", "20230601"])
def test_day_of_a_row_may_stand_in_words(tmp_path, words):
    path = file(tmp_path, f"title,text,date\nT,Words,{words}\n")

    assert [document.published.day for document in rows(path)] == [dt.date(2023, 6, 1)]


def test_row_that_is_wrong_leaves_the_others(tmp_path):
    path = file(tmp_path, "title,text,date\nA,Words,\nB,Words\n\nC,,\nD,Words,soon\nF,Words,\n")

    outcomes = list(rows(path))

    assert [outcome.title for outcome in outcomes if isinstance(outcome, Document)] == ["A", "F"]
    assert [
        (outcome.where.rpartition(", ")[2], str(outcome)) for outcome in outcomes if isinstance(outcome, Refused)
    ] == [
        ("row 3", "It has 2 cells, the first row has 3. Is a comma outside quotation marks?"),
        ("row 5", "There is no text in it. A source needs its words."),
        ("row 6", "date: “soon” is not a known day. Write one, for example 24 March 2022 or 2022-03-24."),
    ]


def test_nul_far_down_leaves_the_other_rows(tmp_path):
    path = file(tmp_path, f"title,text\nA,{'w' * 5_000}\nB,W\0rds\nC,Words\n")

    assert [str(outcome) for outcome in rows(path) if isinstance(outcome, Refused)] == [
        "The column “text” contains a NUL: this is not text."
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("title,text,Title\n", "The column “title” occurs twice in the first row. Rename one."),
        (
            "title,words\n",
            "The first row has no column “text”; it has title, words. One document a row needs title and text.",
        ),
        ("", "The first row has no column “title”; it has nothing. One document a row needs title and text."),
        ("title,text\nT,W\0rds\n", "Byte 15 is NUL: this is not text, or UTF-16 without its mark. Save it as UTF-8."),
        ("title,text\n".encode("utf-16"), "It is UTF-16. Save it as UTF-8."),
        (
            b"title,text\nT," + "Ереван\n".encode("cp1251"),
            "Byte 14, in line 2, is 0xc5, which is not UTF-8. Save it as UTF-8; it may be Windows-1251 (Cyrillic) or "
            "Windows-1252 (western Europe).",
        ),
        (
            'title,text\nT,"open\nmore\n',
            "Row 2, which ends in line 3, cannot be read: unexpected end of data. Is a quotation mark left open? "
            "A cell holds at most 1,000,000 characters.",
        ),
        (
            "title,text\nT," + "w" * 1_000_001 + "\n",
            "Row 2, which ends in line 2, cannot be read: field larger than field limit (1000000). "
            "Is a quotation mark left open? A cell holds at most 1,000,000 characters.",
        ),
    ],
)
def test_file_that_is_wrong_is_refused(tmp_path, content, words):
    before = csv.field_size_limit()

    assert refusal(file(tmp_path, content)) == words
    assert csv.field_size_limit() == before


def test_table_of_a_spreadsheet_says_how_it_is_separated_and_has_empty_rows(tmp_path):
    path = tmp_path / "talks.csv"
    path.write_text("sep=;\ntitle;text;;\nT;Words, and more;;\n;;;\n", encoding="utf-8")

    assert [(document.title, document.text, document.where) for document in rows(path)] == [
        ("T", "Words, and more", f"{path}, row 3")
    ]
