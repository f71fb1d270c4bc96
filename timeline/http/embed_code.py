"""The frame that shows a filter or an event on another site, and the address that describes it (oEmbed 1.0)."""

from html import escape
from urllib.parse import urlencode

from django.urls import reverse

from .absolute_urls import absolute_url

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
