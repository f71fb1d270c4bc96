"""The values of a facet as HTML: each a link that takes it in or out. A page has some two hundred, which take a template ten times as
long."""

from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString

from timeline.filters.first_page import address_query
from timeline.text.written_html import written_html

from .facet import Facet, Value


def values_html(facet: Facet, path: str, view_query: str) -> SafeString:
    """Return the items of the list, one a line; none where there is no value. `view_query`: of the view, kept by each link."""
    is_first_page = path == reverse("event-list") and not view_query
    return written_html("".join(_item(facet.name, value, path, view_query, is_first_page) for value in facet.values))


def _item(name: str, value: Value, path: str, view_query: str, is_first_page: bool) -> str:
    query = address_query(value.query) if is_first_page else f"{view_query}{value.query}"
    address = escape(f"{path}?{query}" if query or view_query else path)
    link = f' href="{address}" rel="nofollow"' if value.count or value.selected else ""
    kinds = f"value{'' if value.count else ' is-none'}{f' level-{value.level}' if value.level else ''}"
    current = ' aria-current="true"' if value.selected else ""
    glyph = ""
    if value.category:
        shape = f'<use href="#g-{value.category}" width="20" height="20"/>'
        glyph = f'<svg class="glyph cat-{value.category}" viewBox="0 0 20 20" aria-hidden="true">{shape}</svg>'
    label = f'<span class="value__name">{escape(value.label)}</span> <span class="count">{value.count:,}</span>'
    return f'<li><a{link} class="{kinds}" id="{name}-{escape(value.value)}"{current}>{glyph}{label}</a></li>\n'
