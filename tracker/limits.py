"""Middleware: how often one address may ask for what costs time to make, exports and pages, and how long the database may take for it.
The API counts for itself; the desk has no limit."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from timeline.database.statement_limit import statements_within
from timeline.request_limits import FILES, PAGES, seconds_to_wait, words_of_limit

from .errors import refuse

FREE = ("/admin/", "/api/", "/static/", "/healthz")  # beginnings of the addresses that are not counted here
FILE = "/events."  # beginning of those of exports and their manifests


def request_limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(FREE):
            return get_response(request)
        seconds = seconds_to_wait(request, FILES if request.path.startswith(FILE) else PAGES)
        if not seconds:
            return get_response(request)
        return refuse(request, 429, "Too many requests", words_of_limit(seconds), seconds)

    return respond


def statement_limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End each statement of a public address after STATEMENT_SECONDS. What streams is read in short statements, without it."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") or not settings.STATEMENT_SECONDS:
            return get_response(request)
        with statements_within(settings.STATEMENT_SECONDS):
            return get_response(request)

    return respond
