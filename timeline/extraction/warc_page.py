"""The page in a WARC file: the last answer in it, read as the kind of document that it says it is."""

from email.message import Message
from io import BytesIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from timeline.extraction import captions, html_page, pdf_pages, plain_text
from timeline.extraction.extracted import Extracted, Refused

LARGEST = 32_000_000  # bytes of a page, unpacked


def read(data: bytes, name: str) -> Extracted:
    """Return the words of the page, with its address and the day it was captured. Raises Refused."""
    try:
        page = _page(data)
    except ArchiveLoadFailed as error:
        raise Refused(f"It cannot be read as WARC: {error}.") from None
    if page is None:
        raise Refused("It has no answer of a web server in it.")
    record, content = page
    url, day = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")[:10]
    extracted = _extracted(content, record.http_headers.get_header("Content-Type", ""), url)
    fields = extracted.fields | {"url": url, "captured": day}
    return Extracted(extracted.text, fields, extracted.notes, extracted.track)


def _page(data: bytes) -> tuple[ArcWarcRecord, bytes] | None:
    page = None
    for record in ArchiveIterator(BytesIO(data)):
        if record.rec_type == "response" and record.http_headers is not None:
            page = record, record.content_stream().read(LARGEST + 1)
    if page is not None and len(page[1]) > LARGEST:
        raise Refused(f"The page has more than {LARGEST:,} bytes.")
    return page


def _extracted(content: bytes, content_type: str, url: str) -> Extracted:
    header = Message()
    header["Content-Type"] = content_type or "text/html"
    kind, charset = header.get_content_type(), header.get_content_charset("") or ""
    if kind in ("text/html", "application/xhtml+xml"):
        return html_page.read(content, url, charset)
    if kind == "text/plain":
        return plain_text.read(content, url, charset)
    readers = {
        "application/pdf": pdf_pages.read,
        "text/vtt": captions.read_vtt,
        "application/x-subrip": captions.read_srt,
    }
    if kind not in readers:
        raise Refused(f"It is {kind[:80]}. Web pages, PDF, plain text and captions can be read.")
    return readers[kind](content, urlsplit(url).path)
