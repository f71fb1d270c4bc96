"""Addresses in full, as they appear in files and on other sites."""

import ipaddress
from functools import cache
from html import escape
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@cache
def _parts(name: str, site: str) -> tuple[str, str]:
    before, after = f"{site}{reverse(name, args=['-'])}".rsplit("/-/", 1)
    return f"{before}/", f"/{after}"


def absolute_page_url(name: str, key: str) -> str:
    """Return the address of a page that has one argument, in full."""
    before, after = url_around_key(name)
    return f"{before}{key}{after}"


def page_path(name: str, key: str) -> str:
    """Return the address on this site of a page that has one argument: for very many of them."""
    before, after = _parts(name, "")
    return f"{before}{key}{after}"


def url_around_key(name: str) -> tuple[str, str]:
    """Return what is before and after the argument in such an address: for very many of them."""
    return _parts(name, settings.SITE_URL)


# The frame that shows a filter or an event on another site, and the address that describes it (oEmbed 1.0).

WIDTH, HEIGHT = 800, 600  # CSS pixels; what a site gets that asks for nothing else
EVENT_HEIGHT = 320  # of one event


def iframe(address: str, title: str, width: int | str = "100%", height: int = HEIGHT) -> str:
    """Return the HTML of a frame with the page at `address`, as text to be copied. It needs no script."""
    place = f'src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}"'
    return f'<iframe {place} loading="lazy" style="border: 0"></iframe>'


def embed_list_url(query: str) -> str:
    """Return the address of the list in a frame; `query` is canonical."""
    path = reverse("embed")
    return absolute_url(f"{path}?{query}" if query else path)


def embed_event_url(public_id: str) -> str:
    return absolute_url(reverse("embed-event", args=[public_id]))


def oembed_url(url: str) -> str:
    return absolute_url(f"{reverse('oembed')}?{urlencode({'url': url, 'format': 'json'})}")


# Who asks, as far as limits are concerned.


def client_address(request: HttpRequest) -> str:
    """Return who sent the request: an address, of IPv6 its network of 64 bits, which one household has. Behind a proxy it is the
    address that the proxy itself has met, the last of its header."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
