"""Public pages as a whole: read from the cache before any view runs, and not sent where the reader has them already. When the record
has changed, one request makes a new page; the others have the page before as long as that is true enough, or wait for the new one."""

import datetime as dt
import hashlib
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from timeline.versions.shown_state import (
    PublicState,
    ShownState,
    drop,
    keep,
    keep_first,
    key_of,
    read_kept,
    showing,
    state_for_readers,
)

# Not public, of what is stored now, or with a form of this reader alone
OTHERS = ("/admin/", "/events.", "/healthz", "/oembed/", "/static/", "/verify/")
# With headers of their own: the API's mark of the bytes, which other sites may read, and pages that they may frame
OWN_HEADERS = ("/api/", "/embed/")
FRAMES = ("_csp_replace", "xframe_options_exempt")  # by which a response has middleware outside of this allow frames
LONGEST = 1 << 20  # bytes of a page that is kept
MAKING = 10  # seconds after which who makes a page is taken for dead; so long others wait where the one before is not true enough
POLL = 0.02  # seconds between two looks whether it is made
SECRET = ("KEY", "PASSWORD", "DSN", "TOKEN")  # in names of settings
PROXIES = "public, no-cache"  # may keep it, and ask whether it still holds: by its ETag, which costs next to nothing


class KeptPage(NamedTuple):
    state: PublicState
    current_at: float  # see ShownState
    content: bytes
    headers: dict[str, str]
    frames: dict[str, object]  # attributes of FRAMES


@cache
def release() -> str:
    """Return what pages depend on beside the record: the files of this version, and the settings."""
    root = Path(__file__).resolve().parents[1]
    files = [file for folder in ("timeline", "tracker") for file in (root / folder).rglob("*") if file.is_file()]
    changed = [f"{file} {file.stat().st_mtime_ns}" for file in sorted(files) if file.suffix != ".pyc"]
    simple = [
        f"{name}={getattr(settings, name)}"
        for name in sorted(dir(settings))
        if name.isupper()
        and not any(word in name for word in SECRET)
        and isinstance(getattr(settings, name), str | int | bool | list)
    ]
    return hashlib.sha256("\n".join([*changed, *simple]).encode()).hexdigest()


class PageCache:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.release, self.released = release(), timezone.now()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_of_public(request):
            response = self.get_response(request)
            if request.COOKIES and not response.has_header("Cache-Control"):
                response.headers["Cache-Control"] = "private, no-cache"  # shows what no other reader may see yet
            return response
        try:
            shown = state_for_readers()
        except DatabaseError:  # what is inside says what is wrong with the database
            return self.get_response(request)
        with showing(shown.state):
            return self._answer(request, shown)

    def _answer(self, request: HttpRequest, shown: ShownState) -> HttpResponse:
        is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        today = timezone.now().date().isoformat()  # pages say when they were read
        address = (request.scheme or "", request.META.get("HTTP_HOST", ""), request.get_full_path())
        key = key_of(self.release, today, *address, str(is_zipped))
        etag, changed = f'W/"{key_of(key, shown.state.key)[:32]}"', self._changed(shown.state)
        has_own = request.path.startswith(OWN_HEADERS)
        if not has_own and (unchanged := get_conditional_response(request, etag=etag, last_modified=changed)):
            return with_headers(unchanged, etag, changed)
        make = partial(self._made, request, shown, key, etag)
        return unless_unchanged(request, kept_or_made(key, shown, make) if settings.PAGE_CACHE_SECONDS else make())

    def _made(self, request: HttpRequest, shown: ShownState, key: str, etag: str) -> HttpResponse:
        response = self.get_response(request)
        if not is_whole(response):
            return response
        if is_without_validators(response):
            with_headers(response, etag, self._changed(shown.state))
        elif not request.path.startswith(OWN_HEADERS):
            return response
        if settings.PAGE_CACHE_SECONDS and request.method == "GET" and len(response.content) <= LONGEST:
            keep(key, page_of(response, shown), settings.PAGE_CACHE_SECONDS)
        return response

    def _changed(self, state: PublicState) -> int | None:
        """Return the moment of the last change in whole seconds; None where another may follow within the same second."""
        moment = max(state.at or self.released, self.released)
        return int(moment.timestamp()) if timezone.now() - moment > dt.timedelta(seconds=2) else None


def is_of_public(request: HttpRequest) -> bool:
    """Return whether it is read by somebody who has no session, and no form, of this site."""
    cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name)
    return (
        request.method in ("GET", "HEAD")
        and not settings.DEBUG
        and not request.path.startswith(OTHERS)
        and request.COOKIES.keys().isdisjoint(cookies)
    )


def is_whole(response: HttpResponse) -> bool:
    """Return whether it is complete, and the same for everybody."""
    is_sent_once = response.streaming or response.cookies or response.has_header("Set-Cookie")
    return response.status_code == 200 and not is_sent_once


def is_without_validators(response: HttpResponse) -> bool:
    return not (response.has_header("ETag") or response.has_header("Cache-Control"))


def kept_or_made(key: str, shown: ShownState, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the page that is kept, or what `make` returns: one request at a time makes a page that was kept before."""
    page: KeptPage | None = read_kept(key)
    if page and page.state != shown.state:
        if keep_first(being_made(key), True, MAKING):
            try:
                return make()
            finally:
                drop(being_made(key))
        if not shown.allows(page.state, page.current_at):
            page = made_elsewhere(key, shown)
    return response_of(page) if page else make()


def being_made(key: str) -> str:
    return f"made-{key}"


def made_elsewhere(key: str, shown: ShownState) -> KeptPage | None:
    """Return the page that another request makes now; None where that takes too long, or where what it makes is not kept."""
    until = time.monotonic() + MAKING
    while read_kept(being_made(key)) and time.monotonic() < until:
        time.sleep(POLL)
    page: KeptPage | None = read_kept(key)
    return page if page and (page.state == shown.state or shown.allows(page.state, page.current_at)) else None


def page_of(response: HttpResponse, shown: ShownState) -> KeptPage:
    """Return what is kept of a response: what `response_of` makes it of again."""
    return KeptPage(shown.state, shown.current_at, response.content, dict(response.headers), frames_of(response))


def frames_of(response: HttpResponse) -> dict[str, object]:
    return {name: getattr(response, name) for name in FRAMES if hasattr(response, name)}


def response_of(page: KeptPage) -> HttpResponse:
    response = HttpResponse(page.content)
    response.headers = ResponseHeaders(page.headers)
    vars(response).update(page.frames)
    return response


def unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, or 304 to a reader who has it: by its ETag, since a second is too coarse to tell two changes apart. Who may
    read it and frame it is said with either."""
    if not (is_whole(response) and response.has_header("ETag")):
        return response
    answer = get_conditional_response(request, response.headers["ETag"], None, response)
    if answer is not response:
        vars(answer).update(frames_of(response))
        for name, text in response.headers.items():
            if name.startswith("Access-Control-"):
                answer.headers[name] = text
    return answer


def with_headers(response: HttpResponse, etag: str, changed: int | None) -> HttpResponse:
    response.headers["ETag"], response.headers["Cache-Control"] = etag, PROXIES
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
