"""Files that try to take the time, the memory or the reader of whoever opens them. Made when a test asks for them."""

import zlib
from collections.abc import Callable

from .pdf_files import page_words, pdf, pdf_of, stream

PAGES = b"<</Type/Pages /Count 1 /Kids[3 0 R] /MediaBox[0 0 595 842]>>"
PAGE = b"<</Type/Page /Parent 2 0 R /Contents 4 0 R /Resources<</Font<</F1 5 0 R>>/XObject<</X 4 0 R>>>>>>"
FONT = b"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>"
CATALOGUE = b"<</Type/Catalog /Pages 2 0 R>>"


def one_page(contents: bytes, font: bytes = FONT, *further: bytes, page: bytes = PAGE) -> bytes:
    return pdf_of([CATALOGUE, PAGES, page, contents, font, *further])


def flate(words: bytes, times: int) -> bytes:
    """Return a compressed stream that unpacks to the words, so many times."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(words * 1_000) for _ in range(times // 1_000)) + packer.flush()
    return stream(packed, b"/Filter/FlateDecode")


def packed_twice(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    return stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")


QUICK: dict[str, Callable[[], bytes]] = {
    "arrays-in-arrays.pdf": lambda: pdf("Words", catalogue=b"/X " + b"[" * 100_000),
    "tables-in-tables.pdf": lambda: pdf("Words", catalogue=b"/X " + b"<</A" * 5_000),
    "operands-in-operands.pdf": lambda: one_page(stream(b"BT " + b"[" * 100_000)),
    "pages-in-a-circle.pdf": lambda: pdf_of(
        [CATALOGUE, b"<</Type/Pages /Count 2 /Kids[2 0 R 3 0 R]>>", b"<</Type/Pages /Kids[2 0 R]>>"]
    ),
    "parent-in-a-circle.pdf": lambda: pdf_of(
        [CATALOGUE, PAGES.replace(b"/MediaBox", b"/Parent 2 0 R /X"), PAGE, stream(page_words("Words")), FONT]
    ),
    "labels-in-a-circle.pdf": lambda: pdf("Words", catalogue=b"/PageLabels 4 0 R", info=b"/Kids[4 0 R]"),
    "tables-before-in-a-circle.pdf": lambda: pdf("Words").replace(b"/Info 4 0 R", b"/Prev 430 "),
    "table-of-billions.pdf": lambda: pdf("Words").replace(b"xref\n0 7", b"xref\n0 4294967295"),
    "count-of-billions.pdf": lambda: pdf("Words").replace(b"/Count 1 ", b"/Count 4294967295 "),
    "form-that-draws-itself.pdf": lambda: one_page(
        stream(b"/X Do", b"/Type/XObject /Subtype/Form /Resources<</XObject<</X 4 0 R>>>>")
    ),
    "encrypted.pdf": lambda: (
        pdf("Words")
        .replace(b"/Info 4 0 R", b"/Encrypt 4 0 R /ID[(a)(a)]")
        .replace(b"<<>>", b"<</Filter/Standard /V 1 /R 2 /P -1 /O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>")
    ),
    "no-pdf.pdf": lambda: bytes(range(256)) * 40,
    "cut-off.pdf": lambda: pdf("Words")[:400],
    "binary.vtt": lambda: b"WEBVTT\n\n" + bytes(range(256)) * 40,
    "binary.srt": lambda: bytes(range(1, 256)) * 40,
    "nonsense-times.srt": lambda: b"1\n99:99:99,999 --> 00:00:00,000\nWords\n",
    "times-back.vtt": lambda: b"WEBVTT\n\n00:00:09.000 --> 00:00:01.000\nWords\n",
    "billions-of-hours.srt": lambda: b"1\n" + b"9" * 1_000_000 + b":00:00,000 --> 00:00:01,000\nWords\n",
}
HEAVY: dict[str, Callable[[], bytes]] = {
    "unpacks-to-a-gigabyte.pdf": lambda: one_page(packed_twice(1_000)),
    "unpacks-to-operators.pdf": lambda: one_page(flate(b"BT /F1 1 Tf (x) Tj ET ", 3_000_000)),
    "one-page-a-million-times.pdf": lambda: pdf_of(
        [
            CATALOGUE,
            b"<</Type/Pages /Count 1000000 /Kids[" + b"3 0 R " * 1_000_000 + b"]>>",
            PAGE,
            stream(page_words("Words")),
            FONT,
        ]
    ),
    "one-stream-a-million-times.pdf": lambda: pdf_of(
        [
            CATALOGUE,
            PAGES,
            PAGE.replace(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 1_000_000 + b"]"),
            stream(page_words("Words " * 100)),
            FONT,
        ]
    ),
    "characters-without-end.pdf": lambda: one_page(
        stream(page_words("Words")),
        FONT.removesuffix(b">>") + b"/ToUnicode 6 0 R>>",
        stream(
            b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"
        ),
    ),
    "a-million-objects.pdf": lambda: pdf_of(
        [CATALOGUE, PAGES, PAGE, stream(page_words("Words")), FONT, *[b"<<>>"] * 500_000]
    ),
    "no-table-and-much-to-look-through.pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj <</Type/Catalog>> endobj " * 900_000,
    "widths-without-end.pdf": lambda: one_page(
        stream(page_words("Words")),
        FONT.removesuffix(b">>") + b"/FirstChar 0 /LastChar 4294967295 /Widths[" + b"1 " * 1_000_000 + b"]>>",
    ),
    "captions-without-end.vtt": lambda: b"WEBVTT\n" + b"\n00:00:01.000 --> 00:00:02.000\nx" * 66_000,
    "captions-without-end.srt": lambda: b"\n1\n00:00:01,000 --> 00:00:02,000\nx\n" * 200_000,
    "one-line-of-marks.vtt": lambda: b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + b"<c" * 3_900_000,
    "one-line-of-names.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<v a" * 1_900_000,
    "one-line-of-capitals.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + b">>" * 2_000_000 + b"A" * 3_000_000,
    "elements.html": lambda: b"<title>T</title>" + b"<p>" * 2_600_000,
    "marks.md": lambda: b"# T\n\n" + b"> " * 3_900_000,
}
