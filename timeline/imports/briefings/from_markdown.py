from timeline.imports.briefings import front_matter
from timeline.imports.briefings.decode_text import decode

from .document import Document, checked_text
from .markdown_text import words_of


def read(data: bytes, where: str) -> Document:
    """Return the document of a Markdown file with front matter. Without a title there, the first heading is one."""
    text, notes = decode(data)
    values, body = front_matter.split_front_matter(text)
    checked_text(body)  # before the parser sees it
    fields = front_matter.group_by_meaning(values)
    if not fields["title"]:
        first, _, rest = body.lstrip().partition("\n")
        if first.startswith("# "):
            fields["title"], body = words_of(first), rest
    return front_matter.make_document(where, fields, words_of(body), notes)
