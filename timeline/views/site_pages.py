"""Who is behind the site and how its record is made, and the files that crawlers and finders of faults look for."""

import datetime as dt
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from timeline.absolute_urls import absolute_url
from timeline.evidence.codebook import CODEBOOK_VERSION
from timeline.exports.package.codebook_table import codebook_csv
from timeline.models import DataSet
from timeline.pages.code_list import codes
from timeline.pages.codebook_text import method_lines, type_lines
from timeline.site_identity import site_identity
from timeline.text.markdown_html import headings, parse_markdown, titled_html, to_html

SECURITY_DAYS = 180  # that security.txt holds. Source: RFC 9116, less than a year
# Addresses that crawlers are to leave: lists under every filter, and what is made of them
UNCRAWLED = (
    "/*?",
    "/admin/",
    "/api/v1/",
    "/compare/",
    "/embed/",
    "/events.",
    "/events/*/report/",
    "/export/",
    "/facets/",
    "/marks",
    "/oembed/",
    "/search/",
)


def about(request: HttpRequest) -> HttpResponse:
    """Show who publishes the site, in the owner's words where there is a file of them. One query."""
    text = Path(settings.ABOUT_FILE).read_text("utf-8") if settings.ABOUT_FILE else ""
    title, html = titled_html(text, f"About {settings.SITE_NAME}")
    context = {"title": title, "html": html, "data_sets": DataSet.objects.public(), "publisher": settings.PUBLISHER}
    return render(request, "timeline/about.html", context)


def method(request: HttpRequest) -> HttpResponse:
    tokens = parse_markdown("\n".join(method_lines()))
    context = {"html": to_html(tokens), "headings": headings(tokens, "h2"), "version": CODEBOOK_VERSION}
    return render(request, "timeline/method.html", context)


def codebook(request: HttpRequest) -> HttpResponse:
    """Show every type of event, and every code of the other columns."""
    tables = [(column, list(rows)) for column, rows in groupby(codes(), lambda code: code.column)]
    tokens = parse_markdown("\n".join(type_lines()))
    context = {"html": to_html(tokens), "categories": headings(tokens, "h3"), "version": CODEBOOK_VERSION}
    context |= {"tables": tables[1:]}  # the types are described in full
    return render(request, "timeline/codebook.html", context)


def codebook_file(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="codebook.csv"'}
    return HttpResponse(codebook_csv(), content_type="text/csv; charset=utf-8", headers=headers)


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in UNCRAWLED), ""]
    lines.append(f"Sitemap: {absolute_url(reverse('sitemap'))}\n")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """Say to whom faults of the site are reported. Source: RFC 9116. Without a contact there is no such file."""
    if not (contact := site_identity().contact_url):
        raise Http404("The owner of this site has named no contact.")
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=SECURITY_DAYS)
    fields = {
        "Contact": contact,
        "Expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "en",
        "Canonical": absolute_url(reverse("security")),
    }
    text = "".join(f"{name}: {words}\n" for name, words in fields.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
