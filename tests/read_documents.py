"""How tests read a document from bytes: in this process, by the ending of its name."""

from pathlib import PurePath

from timeline.extraction.readers import extract
from timeline.imports.briefings.document import Document
from timeline.imports.briefings.document_fields import make_document


def read_document(content: bytes, name: str) -> Document:
    """Return the document of these bytes, without the bytes. Raises Refused."""
    path = PurePath(name)
    return make_document(name, extract(content, path.suffix.removeprefix("."), path.name))
