"""Pages of a PDF become a text, and what has none is refused."""

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfWriter

from timeline.extraction import pdf_pages
from timeline.extraction.extracted import Extracted, Refused
from timeline.text.running_heads import running_heads
from timeline.text.track import Track

from .pdf_files import pdf, pdf_of
from .read_documents import read_document

LABELS = b"/PageLabels<</Nums[0<</S/r/St 4>> 1<</S/D /P(A-) /St 12>>]>>"


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        pdf_pages.read(content, "f.pdf")
    return str(caught.value)


def test_pages_become_one_text_with_the_labels_of_the_file():
    content = pdf("Press Conference\nMarch 25, 2022", "MS PORTER: It holds.", catalogue=LABELS + b"/Lang(en-GB)")

    assert pdf_pages.read(content, "f.pdf") == Extracted(
        "Press Conference\nMarch 25, 2022\n\nMS PORTER: It holds.",
        {"title": "Press Conference", "language": "en-GB"},
        ("2 pages, with their labels", "title taken from the first line"),
        Track("page", ((0, "iv"), (33, "A-12"))),
    )


def test_document_has_day_and_title_and_pages_without_labels_are_numbered():
    document = read_document(pdf("Page one\nMarch 25, 2022", "Words", info=b"/Title(The talks)"), "f.pdf")

    assert (document.title, document.published.day) == ("The talks", dt.date(2022, 3, 25))
    assert document.track == Track("page", ((0, "1"), (25, "2")))


@pytest.mark.parametrize("title", ["Microsoft Word - call.docx", "untitled", "call.indd", "- 7 -", ""])
def test_title_that_a_program_made_is_none(title):
    content = pdf("12\nThe call\nWords", info=b"/Title(%s)" % title.encode())

    assert pdf_pages.read(content, "f.pdf").fields["title"] == "The call"


def test_title_is_no_running_head_unless_there_is_nothing_else():
    assert pdf_pages.read(pdf("Record\nThe call", "Record\nWords"), "f.pdf").fields["title"] == "The call"
    assert pdf_pages.read(pdf("Record", "Record"), "f.pdf").fields["title"] == "Record"


def encrypted(content: bytes, password: str) -> bytes:
    """Return the PDF as it is with this password for readers, and another for its owner."""
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.encrypt(password, "of its owner", algorithm="RC4-128")
    writer.write(packed := BytesIO())
    return packed.getvalue()


def test_file_that_opens_without_a_password_is_read_and_any_other_refused():
    assert pdf_pages.read(encrypted(pdf("Words"), ""), "f.pdf").text == "Words"
    assert refusal(encrypted(pdf("Words"), "x")) == "It is encrypted. Save it without a password or protection."


def test_page_without_text_is_named_and_has_no_mark():
    extracted = pdf_pages.read(pdf("One", "", "Three"), "f.pdf")

    assert (extracted.text, extracted.track.marks) == ("One\n\nThree", ((0, "1"), (5, "3")))
    assert extracted.notes[1] == "no text on page 2: perhaps pictures"


def test_soft_hyphen_at_the_end_of_a_page_is_printed():
    assert pdf_pages.read(pdf("The agree\xad", "ment holds"), "f.pdf").text == "The agree-\n\nment holds"


def test_running_heads_and_page_numbers_of_pages_are_recognised():
    words = (
        "They met in the morning and",
        "agreed on the text, which",
        "both sides will sign before",
        "the end of May.",
    )
    pages = [f"Official Record 2022\n{line}\n{number}" for number, line in enumerate(words, 1)]
    text = pdf_pages.read(pdf(*pages), "f.pdf").text

    heads = [" ".join(text[start:end].split()) for start, end in running_heads(text)]
    assert heads == ["Official Record 2022", *(f"{number} Official Record 2022" for number in (1, 2, 3)), "4"]


def test_furniture_left_out_moves_the_pages_with_their_words():
    document = read_document(pdf("Skip to content\nThe call", "Words", "Back to top"), "f.pdf")

    assert (document.text, document.track.marks) == ("The call\n\nWords", ((0, "1"), (10, "2")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Title\n\nwords", "It does not begin with %PDF-, so this is not a PDF."),
        (b"%PDF-1.7\n", "It cannot be read as PDF: "),
        (pdf("Words")[:300], "It cannot be read as PDF: "),
        (
            pdf("", ""),
            "It has 2 pages and no text: it may be scanned. Run text recognition (OCR) first, and check the result.",
        ),
        (pdf_of([b"<</Type/Catalog>>"]), "It cannot be read as PDF: "),
        (
            pdf("Words").replace(b"/Info", b"/Encrypt<</Filter/Standard /V 5 /R 6 /Length 256>> /ID[(a)(a)] /Info"),
            "It cannot be read as PDF: ",
        ),
    ],
    ids=range(6),
)
def test_what_is_no_text_is_refused(content, words):
    assert refusal(content).startswith(words)


def test_broken_page_is_named():
    content = pdf("One", "Two", catalogue=b"/PageLabels<</Nums[0<</S/r>>]>>").replace(b"(Two) Tj", b"[ (Two  ")

    assert refusal(content).startswith("Page ii cannot be read as PDF: ")


def test_damage_that_the_reader_works_around_is_said():
    content = pdf("One", "Two").replace(b"<</Length ", b"<</Filter/RunLengthDecode /Length ", 1)

    assert pdf_pages.read(content, "f.pdf").notes[1] == (
        "the file is damaged, so compare the words with it: incorrect startxref pointer(3) (warnings: 3)"
    )


def test_more_pages_than_are_read_are_refused(monkeypatch):
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)

    assert pdf_pages.read(pdf("One", "Two"), "f.pdf").text == "One\n\nTwo"
    assert refusal(pdf("One", "Two", "Three")) == "It has 3 pages; at most 2 are read. Split it."


def test_text_that_is_too_long_is_refused_with_its_page(monkeypatch):
    monkeypatch.setattr(pdf_pages, "LONGEST_TEXT", 8)  # each page ends with a line end

    assert pdf_pages.read(pdf("One", "Two"), "f.pdf").text == "One\n\nTwo"
    assert (
        refusal(pdf("One", "Four")) == "The text up to page 2 has more than 8 characters; no more are kept. Split it."
    )
