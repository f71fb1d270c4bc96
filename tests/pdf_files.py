"""PDFs as tests need them, written out: whole ones, and what is left of one where something is wrong."""

from collections.abc import Iterable


def pdf_of(objects: Iterable[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a table of where each begins."""
    content, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(content) + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, table)


def stream(words: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(words), entries, words)


def page_words(page: str) -> bytes:
    """Return the operators that print lines of Latin letters, one below the other."""
    lines = [line.translate({ord(mark): f"\\{mark}" for mark in "\\()"}) for line in page.split("\n")]
    return b"BT /F1 12 Tf 72 760 Td 14 TL " + b" ".join(f"({line}) Tj T*".encode("cp1252") for line in lines) + b" ET"


def pdf(*pages: str, catalogue: bytes = b"", info: bytes = b"") -> bytes:
    """Return a PDF of pages with these lines. `catalogue`: further entries of its root; `info`: of its properties."""
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog /Pages 2 0 R %s>>" % catalogue,
        b"<</Type/Pages /Count %d /Kids[%s] /MediaBox[0 0 595 842] /Resources<</Font<</F1 3 0 R>>>>>>"
        % (len(pages), kids),
        b"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica /Encoding/WinAnsiEncoding>>",
        b"<<%s>>" % info,
    ]
    for number, page in enumerate(pages):
        objects += [
            b"<</Type/Page /Parent 2 0 R /Contents %d 0 R>>" % (first + 2 * number + 1),
            stream(page_words(page)),
        ]
    return pdf_of(objects, b"/Root 1 0 R /Info 4 0 R")
