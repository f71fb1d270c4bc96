"""A facet beside the list as HTML: its values with their counts, each a link that takes it in or out. A page has some twenty facets
with two hundred values, which take a template ten times as long."""

from html import escape

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from timeline.absolute_urls import page_path
from timeline.filters.first_page import with_query
from timeline.text.written_html import glyph_svg, written_html

from .facet import Value
from .facet_panels import Mode, Panel

_MOVES = {"None of": "Exclude", "All of": "Require all of"}  # legend of a way -> what its link says
NONE = '<li class="facet__help">None in these results.</li>\n'


def panel_html(panel: Panel, path: str, view_query: str, query: str) -> SafeString:
    """Return the facet. `path`: of the page; `view_query`: of the view, kept by each link; `query`: of the filter."""
    facet, name, label = panel.facet, panel.facet.name, escape(panel.facet.label)
    opened = " open" if panel.is_open else ""
    count = f' <span class="count">{panel.set_count} set</span>' if panel.set_count else ""
    modes = "".join(_mode(mode, f"{path}?{view_query}") for mode in panel.modes)
    values = "".join(_item(name, value, path, view_query) for value in facet.values) or NONE
    return written_html(f"""<details class="facet" id="facet-{name}" data-facet="{name}" data-label="{label}"{opened}>
<summary id="title-{name}"><h2 class="facet__name">{label}</h2>{count}<svg class="icon" aria-hidden="true"><use href="#i-down"/></svg></summary>
{modes}<ul class="values">
{values}</ul>
{_more(panel, query)}
</details>
""")


def _mode(mode: Mode, address: str) -> str:
    is_one = len(mode.values) == 1
    enough = "If you add another value, one of them is enough." if is_one else "One of them is enough."
    links = "".join(
        f' <a href="{escape(address + query)}" rel="nofollow">{_MOVES.get(legend, legend)} {"it" if is_one else "them"}</a>'
        for legend, query in mode.others
    )
    said = f"<span>{enough}</span>" if mode.legend == "Any of" else ""
    return f'<p class="facet__mode"><b>{mode.legend}</b> {escape(", ".join(mode.values))}{said}{links}</p>\n'


def _more(panel: Panel, query: str) -> str:
    """Return the link to the facet's own page; "" where that offers nothing more."""
    facet, offers = panel.facet, panel.offers
    if not offers:
        return ""
    words = f"Show all {panel.value_count:,}, {offers}" if facet.more else capfirst(offers)
    page = page_path("facet", facet.name)
    address = escape(f"{page}?{query}" if query else page)
    link = f'<a id="all-{facet.name}" href="{address}" rel="nofollow"{" data-all" if facet.more else ""}>'
    return f'<p class="facet__more">{link}{words}…<span class="hide"> ({escape(facet.label)})</span></a></p>'


def _item(name: str, value: Value, path: str, view_query: str) -> str:
    address = escape(f"{path}?{view_query}{value.query}" if view_query else with_query(path, value.query))
    link = f' href="{address}" rel="nofollow"' if value.count or value.selected else ""
    kinds = f"value{'' if value.count else ' is-none'}{f' level-{value.level}' if value.level else ''}"
    current = ' aria-current="true"' if value.selected else ""
    glyph = glyph_svg(value.category) if value.category else ""
    label = f'<span class="value__name">{escape(value.label)}</span> <span class="count">{value.count:,}</span>'
    return f'<li><a{link} class="{kinds}" id="{name}-{escape(value.value)}"{current}>{glyph}{label}</a></li>\n'
