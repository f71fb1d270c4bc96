"""Which reader has which kind of file. A reader is loaded where it is first used: the site itself loads none."""

import importlib
from typing import Protocol

from timeline.extraction.extracted import Extracted, checked_text

READERS = {  # by the ending of the file: module of this package, and its function
    **dict.fromkeys(("md", "markdown"), ("markdown_text", "read")),
    **dict.fromkeys(("html", "htm"), ("html_page", "read")),
    "txt": ("plain_text", "read"),
    "pdf": ("pdf_pages", "read"),
    "vtt": ("captions", "read_vtt"),
    "srt": ("captions", "read_srt"),
}


FILE_ENDINGS = tuple(READERS)
READERS["warc"] = ("warc_page", "read")  # of captured pages, which are no files that somebody has


class Extract(Protocol):
    """Whatever gives the words of bytes: `extract` below, here and now, or `ReadingProcess.extract`, in its process."""

    def __call__(self, content: bytes, format: str, name: str) -> Extracted: ...


def extract(content: bytes, format: str, name: str) -> Extracted:
    """Return the words of bytes in the format of READERS. `name`: of the file, without folders. Raises Refused."""
    module, function = READERS[format]
    extracted: Extracted = getattr(importlib.import_module(f"{__package__}.{module}"), function)(content, name)
    checked_text(extracted.text)
    return extracted
