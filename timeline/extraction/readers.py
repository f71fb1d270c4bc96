"""Which reader has which kind of file."""

from collections.abc import Callable

from timeline.extraction import captions, html_page, markdown_text, pdf_pages, plain_text
from timeline.extraction.extracted import Extracted

READERS: dict[str, Callable[[bytes, str], Extracted]] = {  # by the ending of the file: (bytes, name without folders)
    **dict.fromkeys(("md", "markdown"), markdown_text.read),
    **dict.fromkeys(("html", "htm"), html_page.read),
    "txt": plain_text.read,
    "pdf": pdf_pages.read,
    "vtt": captions.read_vtt,
    "srt": captions.read_srt,
}
