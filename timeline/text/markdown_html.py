"""Markdown as HTML: CommonMark and tables, every tag of it the library's own and all that is written escaped."""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .written_html import written_html

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# A table that is wider than the page scrolls by itself, by keyboard too
MARKDOWN.add_render_rule(
    "table_open", lambda *_: '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>\n'
)
MARKDOWN.add_render_rule("table_close", lambda *_: "</table></div>\n")


def parse_markdown(text: str) -> list[Token]:
    """Return the tokens of a text, headings with an id that can be linked to. Tags in the text are words of it."""
    tokens = MARKDOWN.parse(text)
    for heading, words in zip(tokens, tokens[1:], strict=False):
        if heading.type == "heading_open":
            heading.attrSet("id", slugify(words.content))
    return tokens


def headings(tokens: list[Token], tag: str) -> list[tuple[str, str]]:
    """Return the id and the words of each heading of this rank."""
    pairs = zip(tokens, tokens[1:], strict=False)
    return [
        (str(opening.attrGet("id")), words.content)
        for opening, words in pairs
        if opening.tag == tag and opening.nesting == 1
    ]


def to_html(tokens: Iterable[Token]) -> SafeString:
    return written_html(MARKDOWN.renderer.render(list(tokens), MARKDOWN.options, {}))


def titled_html(text: str, title: str) -> tuple[str, SafeString]:
    """Return the heading with which a text begins, `title` where it begins with none, and the rest as HTML. Pictures are
    left out: none is served with the text."""
    tokens = parse_markdown(text)
    if [token.tag for token in tokens[:3:2]] == ["h1", "h1"]:
        title, tokens = tokens[1].content, tokens[3:]
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
        if token.children:
            token.children = [child for child in token.children if child.type != "image"]
    return title, to_html(tokens)
