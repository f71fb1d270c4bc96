"""What templates say of numbers, dates and quotes.

Words of the import pages.
"""

import datetime as dt
import json
import re
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.charts.drawing.facts_html import facts_html
from timeline.charts.overview.columns_svg import columns_svg
from timeline.charts.overview.overview_bars import Column
from timeline.facets.facet_panels import matched_quotes
from timeline.facets.panel_html import panel_html
from timeline.filters.first_page import with_query
from timeline.filters.parameters import BY_NAME
from timeline.models import Event
from timeline.pages.event_groups import Year
from timeline.pages.groups_html import year_links_html, years_html
from timeline.site_identity import site_identity
from timeline.text.written_html import unseen_shown, written_html

register = template.Library()
register.filter(unseen_shown)
register.filter("facts", facts_html)
register.filter("year_links", year_links_html)
register.filter(with_query)
register.simple_tag(panel_html, name="facet_panel")
register.simple_tag(site_identity)

COUNT = re.compile(r"[\d,]+ events?", re.ASCII)  # with which a sentence begins

DAYS_ALONE = re.compile(r"(?:\d{4}-\d{2}-\d{2}|[^\dX])+", re.ASCII)  # no date less precise than a day among them


@register.simple_tag(takes_context=True)
def overview_columns(
    context: template.Context, columns: list[Column], path: str, *, is_strip: bool = False
) -> SafeString:
    """Return the buckets of an overview, see `columns_svg`."""
    address = f"{path}?{context.get('view_query', '')}"
    return columns_svg(columns, address, embedded=bool(context.get("embedded")), is_strip=is_strip)


@register.simple_tag
def list_years(years: list[Year], is_whole: bool, has_loose: bool) -> SafeString:
    """Return a page of events under its headings, see `years_html`."""
    return years_html(years, is_whole=is_whole, has_loose=has_loose)


@register.filter
def parameter_label(name: str) -> str:
    """Return "Words in events and quotes" for `q`, "B, From" for "B, from" of a comparison; an unknown name unchanged."""
    side, comma, parameter = name.rpartition(", ")
    known = BY_NAME.get(parameter)
    return f"{side}{comma}{known.label}" if known else name


@register.filter
def grouped(number) -> str:
    """Return "1,427"; what is no whole number as it is written."""
    return f"{number:,}" if isinstance(number, int) else str(number)


@register.filter
def recent_day(moment: dt.datetime) -> str:
    """Return "today", "yesterday" or the day of a moment in UTC. Pages are cached for a day at most."""
    ago = (timezone.localdate() - timezone.localdate(moment)).days
    return {0: "today", 1: "yesterday"}.get(ago) or date_format(timezone.localdate(moment))


@register.filter
def bold_count(sentence: str) -> SafeString:
    """Return the filter's sentence with the count it begins with in bold."""
    count = COUNT.match(sentence)
    return format_html("<b>{}</b>{}", count[0], sentence[count.end() :])


@register.filter
def bounds(event: Event) -> str:
    """Return the earliest start and the latest end in words; empty where they are one day, or where the date names
    months or years alone, or is approximate: its first day is nobody's statement."""
    is_stated = DAYS_ALONE.fullmatch(event.edtf) and not {"~", "%"} & set(event.edtf)
    if event.start_earliest == event.end_latest or not is_stated:
        return ""
    start = f"earliest start {date_format(event.start_earliest)}" if event.has_known_start else "no known start"
    open_end = event.end_latest == dt.date.max
    return f"{start}, {'no known end' if open_end else f'latest end {date_format(event.end_latest)}'}"


@register.filter
def without_cut_start(prefix: str) -> str:
    """Return the words before a quote without a first one that may be cut off."""
    return prefix.partition(" ")[2] if " " in prefix.rstrip() else prefix


@register.filter
def without_cut_end(suffix: str) -> str:
    """Return the words after a quote without a last one that may be cut off."""
    return suffix.rpartition(" ")[0] if " " in suffix.lstrip() else suffix


@register.filter
def punycode(address: str) -> str:
    """Return the host of an address in punycode where some of its letters are not ASCII; else ""."""
    return "" if (urlsplit(address).hostname or "").isascii() else host(address)


@register.filter
def host(address: str) -> str:
    """Return the host of an address as ASCII, so that look-alike letters show; as it is where it is no valid name."""
    name = urlsplit(address).hostname or ""
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


@register.simple_tag(takes_context=True)
def what_rests_on_quotes(context: template.Context) -> str:
    """Return how many public events rest on a matched quote; empty where no address was found and on the page of a fault,
    which ask no database."""
    request = context.get("request")
    return matched_quotes() if request and request.resolver_match else ""


HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # no text can end the element


@register.filter
def json_ld(data: dict) -> SafeString:
    """Return the element with this structured data. The browser runs nothing of it, so the content policy allows it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).translate(HARMLESS)
    return written_html(f'<script type="application/ld+json">{text}</script>')


@register.filter
def near(offers: list) -> list:
    """Return those that something known is called nearly like."""
    return [offer for offer in offers if offer.near]


@register.filter
def unlike(offers: list) -> list:
    """Return those that nothing known is called like."""
    return [offer for offer in offers if not offer.near]
