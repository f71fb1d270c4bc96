"""Parts of pages that are written in Python, since they are many on a page: what is escaped, and what is left out."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from timeline.charts.bars import Mark
from timeline.charts.drawing.facts_html import facts_html
from timeline.charts.overview.columns_svg import columns_svg
from timeline.charts.overview.overview_bars import Column
from timeline.facets import Facet, Value
from timeline.facets.facet_panels import Mode, Panel
from timeline.facets.panel_html import panel_html
from timeline.pages.event_groups import Month, Year
from timeline.pages.groups_html import year_links_html, years_html
from timeline.pages.match_reasons import MatchReason, reasons_html
from timeline.text.word_marks import MarkedPiece

MARK = Mark("b-solid", "1", "2", "3", "4")
COLUMN = Column(SimpleNamespace(query="from=2022&to=2022"), "0", "50", "A & B", [MARK])  # type: ignore[arg-type]


def test_columns_of_an_overview():
    shown = columns_svg(
        [COLUMN, Column(COLUMN.bar, "50", "50", "None", [])], "/?lanes=type&", embedded=False, is_strip=False
    )

    link = 'href="/?lanes=type&amp;from=2022&amp;to=2022"'
    assert shown.splitlines() == [
        f'<a class="bucket" {link}><title>A &amp; B</title><rect class="m-hit" x="0%" width="50%" y="2.4em" height="6.2em"/>'
        '<rect class="b-solid" x="1%" width="2%" y="3em" height="4em"/></a>',
        f'<a class="bucket" {link} tabindex="-1"><title>None</title>'
        '<rect class="m-hit" x="50%" width="50%" y="2.4em" height="6.2em"/></a>',
    ]


def test_columns_of_the_strip_in_a_frame():
    assert columns_svg([COLUMN], "/?", embedded=True, is_strip=True) == (
        '<a class="bucket" target="_self" href="/?from=2022&amp;to=2022" tabindex="-1"><title>A &amp; B</title>'
        '<rect class="m-hit" x="0%" width="50%" y="0" height="1.9em"/>'
        '<rect class="b-solid" x="1%" width="2%" y="3em" height="4em"/></a>\n'
    )


@pytest.mark.parametrize(
    ("path", "view_query", "hrefs"),
    [
        ("/", "", ["/?category=call&amp;order=date", "/"]),
        ("/", "lanes=type&", ["/?lanes=type&amp;category=call&amp;order=date", "/?lanes=type&amp;order=-date"]),
        ("/actors/x/", "", ["/actors/x/?category=call&amp;order=date", "/actors/x/?order=-date"]),
    ],
)
@override_settings(FIRST_PAGE_ORDER="-date")
def test_values_of_a_facet(path, view_query, hrefs):
    values = (
        Value("call", "Call & more", 1427, False, "category=call&order=date", "call"),
        Value("x", "Chosen", 0, True, "order=-date", level=2),
        Value("y", "None", 0, False, ""),
    )

    panel = Panel(Facet("category", "Category", values, 0), {}, [])

    shown = panel_html(panel, path, view_query, "")

    assert shown.splitlines() == [
        '<details class="facet" id="facet-category" data-facet="category" data-label="Category" open>',
        '<summary id="title-category"><h2 class="facet__name">Category</h2> <span class="count">1 set</span>'
        '<svg class="icon" aria-hidden="true"><use href="#i-down"/></svg></summary>',
        '<ul class="values">',
        f'<li><a href="{hrefs[0]}" rel="nofollow" class="value" id="category-call"><svg class="glyph cat-call" viewBox="0 0 20 20" '
        'aria-hidden="true"><use href="#g-call" width="20" height="20"/></svg><span class="value__name">Call &amp; more</span> '
        '<span class="count">1,427</span></a></li>',
        f'<li><a href="{hrefs[1]}" rel="nofollow" class="value is-none level-2" id="category-x" aria-current="true">'
        '<span class="value__name">Chosen</span> <span class="count">0</span></a></li>',
        '<li><a class="value is-none" id="category-y"><span class="value__name">None</span> <span class="count">0</span></a></li>',
        "</ul>",
        "",
        "</details>",
    ]


def test_facet_without_values_that_are_combined_on_its_own_page():
    modes = [
        Mode("Any of", ["A & B"], [("None of", "actor__not=a")]),
        Mode("None of", ["C", "D"], [("Any of", "actor=c&actor=d"), ("All of", "actor__all=c")]),
    ]
    parameters = {"actor": "Any of", "actor__all": "All of", "actor__not": "None of"}

    shown = panel_html(
        Panel(Facet("actor", "Actor", (), 1427), parameters, modes), "/", "lanes=type&", "actor=a&order=date"
    )

    assert shown.splitlines()[2:] == [
        '<p class="facet__mode"><b>Any of</b> A &amp; B<span>If you add another value, one of them is enough.</span>'
        ' <a href="/?lanes=type&amp;actor__not=a" rel="nofollow">Exclude it</a></p>',
        '<p class="facet__mode"><b>None of</b> C, D <a href="/?lanes=type&amp;actor=c&amp;actor=d" rel="nofollow">Any of them</a>'
        ' <a href="/?lanes=type&amp;actor__all=c" rel="nofollow">Require all of them</a></p>',
        '<ul class="values">',
        '<li class="facet__help">None in these results.</li>',
        "</ul>",
        '<p class="facet__more"><a id="all-actor" href="/facets/actor/?actor=a&amp;order=date" rel="nofollow" data-all>'
        'Show all 1,427, choose several, require all, exclude…<span class="hide"> (Actor)</span></a></p>',
        "</details>",
    ]


def entry(html: str) -> SimpleNamespace:
    return SimpleNamespace(html=html)


def test_years_with_their_numbers_where_the_page_has_all_of_the_list():
    months = [Month("March", [entry("1"), entry("2")]), Month("", [entry("3")])]  # type: ignore[list-item]
    years = [Year("2022", 2022, months), Year("2022 or 2023", 2022, months[1:])]

    assert years_html(years, is_whole=True, has_loose=False).splitlines() == [
        "<section>",
        '<h2 class="year" id="y-2022">2022 <span class="count">3 events</span></h2>',
        '<h3 class="month">March <span class="count">2 events</span></h3>',
        "<ol><li>1</li><li>2</li></ol>",
        '<h3 class="month hide">2022 <span class="count">1 event</span></h3>',
        "<ol><li>3</li></ol>",
        "</section>",
        "<section>",
        '<h2 class="year">2022 or 2023 <span class="count">1 event</span></h2>',
        '<h3 class="month hide">2022 or 2023</h3>',
        "<ol><li>3</li></ol>",
        "</section>",
    ]
    assert "count" not in years_html(years, is_whole=False, has_loose=False)


def test_events_of_a_group():
    fact = SimpleNamespace(public_id="abc", title="A & B", date="about 2022", category="call")

    assert facts_html([fact]) == (  # type: ignore[list-item]
        '<li><svg class="glyph cat-call" viewBox="0 0 20 20" aria-hidden="true"><use href="#g-call" width="20" height="20"/></svg>'
        '<a href="/events/abc/" data-event="abc">A &amp; B</a> <span>About 2022</span></li>\n'
    )


def test_links_to_years():
    assert year_links_html([(2022, 1427, "/?a=1&page=2#y-2022")]) == (
        '<li><a href="/?a=1&amp;page=2#y-2022">2022</a> <span class="count">1,427</span></li>'
    )


def test_reasons_mark_what_is_searched():
    reason = MatchReason("Title", [MarkedPiece("<b> ", False), MarkedPiece("R&D", True)])

    assert reasons_html([reason]).strip() == (
        '<p class="entry__reasons"><span><b>Title:</b> &lt;b&gt; <mark>R&amp;D</mark></span></p>'
    )
    assert reasons_html([]) == ""
