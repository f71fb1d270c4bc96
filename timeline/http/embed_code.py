"""The frame that shows a filter or an event on another site, and the address that describes it (oEmbed 1.0)."""

from html import escape
from urllib.parse import urlencode

from django.urls import reverse

from .absolute_urls import absolute

WIDTH, HEIGHT = 800, 600  # CSS pixels; what a site gets that asks for nothing else
EVENT_HEIGHT = 320  # of one event


def frame(address: str, title: str, width: int | str = "100%", height: int = HEIGHT) -> str:
    """Return the HTML of a frame with the page at `address`, as text to be copied. It needs no script."""
    place = f'src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}"'
    return f'<iframe {place} loading="lazy" style="border: 0"></iframe>'


def list_address(query: str) -> str:
    """Return the address of the list in a frame; `query` is canonical."""
    path = reverse("embed")
    return absolute(f"{path}?{query}" if query else path)


def event_address(public_id: str) -> str:
    return absolute(reverse("embed-event", args=[public_id]))


def oembed_address(url: str) -> str:
    return absolute(f"{reverse('oembed')}?{urlencode({'url': url, 'format': 'json'})}")
