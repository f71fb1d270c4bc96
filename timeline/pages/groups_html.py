"""A page of events under year and month as HTML. A page may have fifty of each, which take a template ten times as long."""

from collections.abc import Iterable
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline.text.written_html import written_html

from .event_groups import Gap, Month, Year
from .list_entry import ListEntry


def years_html(years: Iterable[Year], *, is_whole: bool, has_loose: bool) -> SafeString:
    """Return the events under their headings, with the gaps before them. `is_whole`: the page has the whole list, so that headings
    say how many they are; `has_loose`: whether some event could fall into a gap. A year has one anchor, wherever it comes."""
    written, before = [], None
    for year in years:
        anchor = f' id="y-{year.number}"' if year.number and year.number != before else ""
        before = year.number
        months = "".join(_month(month, year, is_whole, has_loose) for month in year.months)
        counted = _counted(f"{year.count:,}", year.count) if is_whole else ""
        first = gap_html(year.months[0].gap, has_loose=has_loose)
        written.append(f'{first}<section>\n<h2 class="year"{anchor}>{year.heading}{counted}</h2>\n{months}</section>\n')
    return written_html("".join(written))


def _month(month: Month, year: Year, is_whole: bool, has_loose: bool) -> str:
    gap = "" if month is year.months[0] else gap_html(month.gap, has_loose=has_loose)
    count = len(month.events)
    counted = _counted(str(count), count) if is_whole and len(year.months) > 1 else ""
    hidden = "" if month.heading else " hide"
    heading = f'<h3 class="month{hidden}">{month.heading or year.heading}{counted}</h3>'
    return f"{gap}{heading}\n{_entries(month.events)}\n"


def _entries(entries: Iterable[ListEntry]) -> str:
    items = "".join(f"<li>{entry.html}</li>" for entry in entries)
    return f"<ol>{items}</ol>"


def gap_html(gap: Gap | None, *, has_loose: bool) -> str:
    """Return a long silence between two events in words; "" where there is none."""
    return render_to_string("timeline/_gap.html", {"gap": gap, "has_loose": has_loose}) if gap else ""


def _counted(number: str, count: int) -> str:
    return f' <span class="count">{number} event{"" if count == 1 else "s"}</span>'


def year_links_html(years: Iterable[tuple[int, int, str]]) -> SafeString:
    """Return the items of a list of links to years: year, how many events, address."""
    return written_html(
        "".join(
            f'<li><a href="{escape(url)}">{year}</a> <span class="count">{count:,}</span></li>'
            for year, count, url in years
        )
    )
