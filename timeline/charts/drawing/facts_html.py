"""Lists of events beneath a chart as HTML: a drawing may have hundreds of items, which take a template ten times as long."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from timeline.absolute_urls import page_path
from timeline.charts.marks.build_marks import Fact
from timeline.text.written_html import glyph_svg, written_html


def facts_html(facts: Iterable[Fact]) -> SafeString:
    """Return the items, one a line: each a link to the page of its event, with its category and its date."""
    return written_html("".join(map(_item, facts)))


def _item(fact: Fact) -> str:
    address = page_path("event-detail", fact.public_id)
    link = f'<a href="{address}" data-event="{fact.public_id}">{escape(fact.title)}</a>'
    return f"<li>{glyph_svg(fact.category)}{link} <span>{escape(capfirst(fact.date))}</span></li>\n"
