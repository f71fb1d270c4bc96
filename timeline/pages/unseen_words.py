"""Words of a source with what has no width in them shown."""

from django.utils.html import format_html, format_html_join

from timeline.text.unseen import code_point, split_at_unseen


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
