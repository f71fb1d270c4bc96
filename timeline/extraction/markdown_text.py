"""Markdown into the words a reader sees. Lines stay unchanged: the turns of a transcript are found by them."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from timeline.extraction import front_values
from timeline.extraction.decoding import decode
from timeline.extraction.extracted import Extracted, Refused, checked_text
from timeline.text import source_text

# Transcripts are indented for looks, and "# # #" closes one: neither is code or a heading to keep apart.
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 40}).disable("code")
_STRUCK = re.compile(r"<(?P<ends>/?)(?:s|del|strike)\b[^>]*>", re.IGNORECASE)
_MARK = re.compile(r"[\[\]*_`<!&\\]")
MOST_MARKS = 5_000  # in one paragraph; a page of links has some hundred
_LINE_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)


def words_of(markdown: str) -> str:
    """Return the text without markup, pictures and comments; paragraphs are separated by a blank line.

    Words that the source struck out are kept and said to be: "[struck: forty] [fourteen]".
    """
    _refuse_endless(markdown)
    blocks = (block.rstrip() for block in _blocks(_MARKDOWN.parse(markdown)))
    return "\n\n".join(block for block in blocks if block.strip())


def _refuse_endless(markdown: str) -> None:
    """Raise Refused for a paragraph of marks: each may open something, and is looked for an end to the last word."""
    line = 1
    for paragraph in markdown.split("\n\n"):
        if len(_MARK.findall(paragraph)) > MOST_MARKS:
            raise Refused(f"The paragraph in line {line:,} has over {MOST_MARKS:,} marks like [ and *. Is it Markdown?")
        line += paragraph.count("\n") + 2


def _blocks(tokens: list[Token]) -> Iterator[str]:
    mark = ""
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline":
            yield mark + "".join(map(_piece, token.children or ()))
            mark = ""
        elif token.type == "fence":
            yield token.content


def _piece(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type in ("text", "code_inline"):
        return token.content
    if token.type == "html_inline":
        return _html(token.content)
    return ""


def _html(tag: str) -> str:
    if struck := _STRUCK.fullmatch(tag):
        return "]" if struck["ends"] else "[struck: "
    return "\n" if _LINE_BREAK.fullmatch(tag) else ""


def read(data: bytes, name: str) -> Extracted:
    """Return the words of a Markdown file, and its front matter. Without a title there, the first heading is one.
    Raises Refused."""
    text, notes = decode(data)
    notes += source_text.white_space_notes(text)
    values, body = front_values.split_front_matter(text)
    checked_text(body)  # before the parser sees it
    fields = front_values.group_by_meaning(values)
    if not fields["title"]:
        first, _, rest = body.lstrip().partition("\n")
        if first.startswith("# "):
            fields["title"], body = words_of(first), rest
    return Extracted(words_of(body), fields, tuple(notes))
