"""The one place where text is declared to be HTML that a template writes as it is.

Templates escape everything else. Whoever calls this has escaped each word that somebody entered, or wrote all of it.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .unseen import code_point, split_at_unseen


def written_html(html: str) -> SafeString:
    """Return HTML that is complete: its text is escaped, its tags and attributes are the program's."""
    return mark_safe(html)  # noqa: S308  # nosec B308 B703 (escaped by the caller, see above)


def glyph_svg(category: str) -> str:
    """Return the sign of a category of events, as the template _glyph.html has it: for very many of them."""
    shape = f'<use href="#g-{category}" width="20" height="20"/>'
    return f'<svg class="glyph cat-{category}" viewBox="0 0 20 20" aria-hidden="true">{shape}</svg>'


def unseen_shown(words: str) -> str:
    """Return words of a source with an empty element before each character without width, which the style fills with its
    name: shown, and yet not copied with the words."""
    pieces = split_at_unseen(words)
    if len(pieces) == 1:
        return words
    shown = [
        format_html('<span class="unseen" data-code="{}"></span>{}', code_point(piece), piece) if number % 2 else piece
        for number, piece in enumerate(pieces)
    ]
    return format_html_join("", "{}", ((piece,) for piece in shown))
