"""Every public address with rows behind its arguments, under many filters: what the public can ask."""

import datetime as dt
import re
from unittest import mock
from urllib.parse import quote

from django.core.cache import cache
from django.test import Client
from django.test.client import ClientHandler
from django.urls import resolve
from django.utils import timezone

from timeline.api.counts import FACET_NAMES
from timeline.exports import FORMATS
from timeline.index import event_index, masks
from timeline.index.current_columns import current_columns
from timeline.models import Actor, Briefing, Citation, Conflict, EarlierText, Event, Place
from timeline.request_limits import clear_buckets
from timeline.views import list_entries

from .authorization_matrix import addresses

FILTERS = (
    "",
    "q=ceasefire",
    "evidence=verified",
    "evidence=disputed",
    "known_by=2022-03-25",
    "known_by=2022-03-25&order=-published",
    "from=2022-03-01&to=2022-03-31&when=certain",
    "order=-recorded",
    "role=initiator",
    "act=denies",
    "q=hidden",
    "actor=hidden",
    "speaker=hidden",
    "briefing=hidden",
)
FEW = FILTERS[:2]
LISTS = ("/", "/marks.html", "/embed/", "/api/v1/events/", "/api/v1/histogram/")
SINGLE = ("/actors/", "/places/", "/conflicts/", "/briefings/", "/briefings/?q=ceasefire", "/briefings/?q=hidden")
SINGLE += ("/?measure=deaths", "/search/", "/search/?q=ceasefire", "/search/?q=hidden")
SINGLE += (
    "/compare/?a=&b=q%3Dceasefire",
    "/verify/",
    "/redactions/",
    "/releases/",
    "/releases/1/",
    "/releases/1/package.zip",
    "/releases/1/manifest.json",
    "/about/",
    "/method/",
    "/codebook/",
    "/codebook.csv",
    "/changes/",
    "/changes/?q=ceasefire",
    "/changes/?kind=withdrawal",
    "/changes.atom",
    "/robots.txt",
    "/.well-known/security.txt",
    "/sitemap.xml",
    "/sitemap-events.xml",
    "/sitemap-actors.xml",
    "/export/",
    "/api/v1/",
    "/api/v1/removed/",
    "/api/v1/events/?updated_since=2020-01-01",
    "/api/docs/",
)
SINGLE += tuple(f"/api/v1/{name}/" for name in ("citations", "briefings", "actors", "places", "conflicts", "facets"))
MOMENT_OF_MANIFEST = re.compile(rb'"(generated_at|signature)": "[^"]*"')  # each manifest says when it was made
LEFT_OUT = {"healthz", "api-schema", "marks-json", ""}  # say nothing of the data


def all_of_them() -> list[str]:
    """Return the addresses: each list under each filter, each row's own pages, each export."""
    paths = [f"{path}?{query}" if query else path for path in LISTS for query in FILTERS] + list(SINGLE)
    days = "first=2022-03-01&last=2022-03-31"
    paths += [f"/marks/cell/?{query}&number=5&lanes=category&{days}".replace("?&", "?") for query in FEW]
    paths += [f"/events.{extension}{tail}" for extension in FORMATS for tail in ("", ".manifest", "?q=ceasefire")]
    paths += [
        f"{start}/facets/{facet_name}/?{query}"
        for start in ("", "/api/v1")
        for facet_name in FACET_NAMES
        for query in FEW
    ]
    for public_id in Event.objects.order_by("pk").values_list("public_id", flat=True):
        event_path = f"/events/{public_id}/"
        paths += [
            event_path,
            f"{event_path}cite/",
            f"{event_path}report/",
            f"{event_path}card/",
            f"/embed{event_path}",
            f"/api/v1{event_path}",
        ]
        paths.append(f"/oembed/?url={quote(f'http://testserver{event_path}', safe='')}")
    for model, name in ((Actor, "actors"), (Place, "places"), (Conflict, "conflicts"), (Briefing, "briefings")):
        for slug in model.objects.order_by("pk").values_list("slug", flat=True):
            paths += [f"/{name}/{slug}/", f"/api/v1/{name}/{slug}/"]
    rows = Citation.objects.order_by("pk").values_list("briefing__slug", "public_id")
    paths += [f"/briefings/{slug}/?quote={public_id}" for slug, public_id in rows]
    versions = set(EarlierText.objects.values_list("briefing__slug", "text_sha256"))
    of_now = set(Briefing.objects.filter(earlier_texts__isnull=False).values_list("slug", "text_sha256"))
    for slug, sha in sorted(versions):
        paths += [f"/briefings/{slug}/texts/", f"/briefings/{slug}/texts/{sha}/"]
        paths += [f"/briefings/{slug}/texts/{sha}/to/{other}/" for of, other in sorted(versions | of_now) if of == slug]
    return paths


def kinds(paths: list[str]) -> set[str]:
    """Return the names of these addresses."""
    return {resolve(path.partition("?")[0]).view_name for path in paths}


def public_kinds() -> set[str]:
    return {address.name for address in addresses() if not address.route.startswith("admin/")} - LEFT_OUT


def old_server() -> ClientHandler:
    """Return what answers as a server that began an hour ago: pages have changed since, or later than just now."""
    handler = ClientHandler(enforce_csrf_checks=False)
    with mock.patch.object(timezone, "now", return_value=timezone.now() - dt.timedelta(hours=1)):
        handler.load_middleware()
    return handler


def answers(paths: list[str]) -> dict[str, tuple]:
    """Return what an anonymous reader gets: status, headers and bytes."""
    answers_by_path, server = {}, old_server()
    for path in paths:
        client = Client()
        client.handler = server
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if path.partition("?")[0].endswith(".manifest"):
            body = MOMENT_OF_MANIFEST.sub(b"", body)
        del answer.headers["X-Request-ID"]  # each answer has another
        cookies = [("Set-Cookie", name) for name in answer.cookies]
        answers_by_path[path] = (answer.status_code, sorted([*answer.headers.items(), *cookies]), body)
    return answers_by_path


def differing(first: dict[str, tuple], other: dict[str, tuple]) -> dict[str, list]:
    """Return the addresses that do not answer the same, with what differs."""
    return {path: _differing(first[path], other[path]) for path in first if first[path] != other[path]}


def _differing(first: tuple, other: tuple) -> list:
    lines = set(first[2].split(b"\n")) ^ set(other[2].split(b"\n"))
    return [first[0], other[0], set(map(str, first[1])) ^ set(map(str, other[1])), sorted(lines)[:6]]


def forget_all() -> None:
    """Make this process as one that has just begun."""
    current_columns.forget()
    masks.forget()
    for store in (event_index._ancestry, list_entries._entries):
        store.entries.clear()
    cache.clear()
    clear_buckets()
