"""The addresses that crawlers are to read, for programs. Source: sitemaps.org, protocol 0.9."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from timeline.models import Actor, Briefing, Conflict, Event, Place

PAGES = ("event-list", "briefing-list", "actor-list", "place-list", "conflict-list")
PAGES += ("about", "method", "codebook", "changes", "release-list", "redactions", "api-docs")


class SiteSitemap(Sitemap):
    limit = 10_000  # addresses in a file

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class FixedPages(SiteSitemap):
    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, name: str) -> str:
        return reverse(name)


class Rows(SiteSitemap):
    """The pages of a table's public rows that may leave the site."""

    def __init__(self, model: type[Model]):
        super().__init__()
        self.model = model

    def items(self) -> QuerySet:
        return self.model.objects.public().redistributable().order_by("pk")


class Events(Rows):
    def lastmod(self, event: Event) -> dt.datetime | None:
        return event.revised_at


SITEMAPS = {
    "pages": FixedPages(),
    "events": Events(Event),
    "sources": Rows(Briefing),
    "actors": Rows(Actor),
    "places": Rows(Place),
    "conflicts": Rows(Conflict),
}
