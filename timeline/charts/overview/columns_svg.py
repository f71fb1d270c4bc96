"""The buckets of an overview as SVG: each a link with its marks. There may be hundreds, which take a template ten times as long."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from timeline.text.written_html import written_html

from .overview_bars import Column

BUCKET, STRIP = ("2.4em", "6.2em"), ("0", "1.9em")  # where the whole slot of a column lies: y and height


def columns_svg(columns: Iterable[Column], address: str, *, embedded: bool, is_strip: bool) -> SafeString:
    """Return the columns, one a line. `address`: to which the query of each is added; `is_strip`: those of the whole record, to
    which the tab key does not go."""
    target = ' target="_self"' if embedded else ""
    y, height = STRIP if is_strip else BUCKET
    lines = []
    for column in columns:
        skipped = ' tabindex="-1"' if is_strip or not column.marks else ""
        marks = "".join(
            f'<rect class="{mark.kind}" x="{mark.x}%" width="{mark.width}%" y="{mark.y}em" height="{mark.height}em"/>'
            for mark in column.marks
        )
        lines.append(
            f'<a class="bucket"{target} href="{escape(address + column.bar.query)}"{skipped}><title>{escape(column.title)}</title>'
            f'<rect class="m-hit" x="{column.x}%" width="{column.width}%" y="{y}" height="{height}"/>{marks}</a>\n'
        )
    return written_html("".join(lines))
