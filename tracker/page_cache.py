"""Public pages as a whole: read from the cache before any view runs, and not sent where the reader has them already."""

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from timeline.versions.shown_state import PublicState, keep, key_of, read_kept, showing, state_for_readers

OTHERS = (
    "/admin/",
    "/healthz",
    "/oembed/",
    "/static/",
    "/verify/",
)  # not the public's, or with a form of this reader alone
# With headers of their own: the API's mark of the bytes, which other sites may read, and pages that they may frame
OWN_HEADERS = ("/api/", "/embed/")
FRAMES = ("_csp_replace", "xframe_options_exempt")  # by which a response has middleware outside of this allow frames
LONGEST = 1 << 20  # bytes of a page that is kept
SECRET = ("KEY", "PASSWORD", "DSN", "TOKEN")  # in names of settings
PROXIES = "public, no-cache"  # may keep it, and ask whether it still holds: by its ETag, which costs next to nothing


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
            state = state_for_readers()
        except DatabaseError:  # what is inside says what is wrong with the database
            return self.get_response(request)
        with showing(state):
            return self._answer(request, state)

    def _answer(self, request: HttpRequest, state: PublicState) -> HttpResponse:
        is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        today = timezone.now().date().isoformat()  # pages say when they were read
        address = (request.scheme or "", request.META.get("HTTP_HOST", ""), request.get_full_path())
        key = key_of(self.release, state.key, today, *address, str(is_zipped))
        etag, changed = f'W/"{key[:32]}"', self._changed(state)
        has_own = request.path.startswith(OWN_HEADERS)
        if not has_own and (unchanged := get_conditional_response(request, etag=etag, last_modified=changed)):
            return with_headers(unchanged, etag, changed)
        if entry := settings.PAGE_CACHE_SECONDS and read_kept(key):
            return unless_unchanged(request, response_of(entry)) if has_own else response_of(entry)
        response = self.get_response(request)
        if not is_whole(response):
            return response
        if is_without_validators(response):
            with_headers(response, etag, changed)
        elif not has_own:
            return response
        if settings.PAGE_CACHE_SECONDS and request.method == "GET" and len(response.content) <= LONGEST:
            keep(key, entry_of(response), settings.PAGE_CACHE_SECONDS)
        return unless_unchanged(request, response) if has_own else response

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


def entry_of(response: HttpResponse) -> tuple[bytes, dict[str, str], dict[str, object]]:
    """Return what is kept of a response: what `response_of` makes it of again."""
    frames = {name: getattr(response, name) for name in FRAMES if hasattr(response, name)}
    return response.content, dict(response.headers), frames


def response_of(entry: tuple[bytes, dict[str, str], dict[str, object]]) -> HttpResponse:
    content, headers, frames = entry
    response = HttpResponse(content)
    response.headers = ResponseHeaders(headers)
    vars(response).update(frames)
    return response


def unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, or 304 to a reader who has it: by its ETag, since a second is too coarse to tell two changes apart. Who may
    read it and frame it is said with either."""
    answer = get_conditional_response(request, response.headers.get("ETag"), None, response)
    if answer is not response:
        vars(answer).update(entry_of(response)[2])
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
