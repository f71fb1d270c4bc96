"""How tests read what the site sends: by the addresses, as the public would."""

import csv
import io
import json
import re
from unittest import mock
from weakref import WeakSet

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

ENTRY = re.compile(r'<article class="entry" id="e-([0-9a-z]{10})"')
NEXT = re.compile(r'<a [^>]*rel="next"[^>]*href="([^"]+)"|<a [^>]*href="([^"]+)"[^>]*rel="next"')

TAGS = re.compile(r"<[^>]+>")
NEXT_PAGE = re.compile(r'(?:<link href=|"next_url":)"http://testserver([^"]+)"(?: rel="next"|,"desc)')  # of a feed


class Reader(Client):
    """Remembers the files it was sent, which count as being read until they are closed."""

    def __init__(self):
        super().__init__()
        self.files = WeakSet()  # what nobody holds any more is closed

    def request(self, **request):
        answer = super().request(**request)
        if answer.streaming:
            self.files.add(answer)
        return answer


def let_go(answer) -> None:
    """Close an answer, read or not, and keep the connection, which holds what the test made."""
    with mock.patch.object(BaseDatabaseWrapper, "close_if_unusable_or_obsolete"):
        answer.close()


def page_ids(client: Client, query: str = "", path: str = "/") -> list[str]:
    """Return the public ids on all pages of a list, in order, by following "next"."""
    ids, address = [], f"{path}?{query}" if query else path
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        html = response.content.decode()
        ids += ENTRY.findall(html)
        following = NEXT.search(html)
        address = (following[1] or following[2]).replace("&amp;", "&") if following else ""
    return ids


def feed_pages(client: Client, extension: str, query: str = "") -> list[bytes]:
    """Return all pages of a feed, by following "next"."""
    pages, address = [], f"/events.{extension}?{query}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        pages.append(body(response))
        following = NEXT_PAGE.search(pages[-1].decode())
        address = following[1].replace("&amp;", "&") if following else ""
    return pages


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(client: Client, query: str = "") -> list[dict]:
    text = body(client.get(f"/events.csv?{query}")).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_file(client: Client, query: str = "") -> dict:
    return json.loads(body(client.get(f"/events.json?{query}")))


def words(page) -> str:
    """Return what a reader reads of an answer, or of a part of its HTML, white space folded."""
    html = page if isinstance(page, str) else page.content.decode()
    return " ".join(TAGS.sub(" ", html).split())
