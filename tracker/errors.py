"""The answers to faults: of the database, with whether to try again, and of the site, with the number that finds it in the log."""

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from timeline.database.faults import RETRY_AFTER, TOO_SLOW, DatabaseFault, classify_error, log_fault
from timeline.index import IndexStarting

from .request_ids import request_id

IN_JSON = ("/api/", "/events.", "/marks.")  # beginnings of the addresses that programs ask


class DatabaseFaults:
    """Middleware: answer where a view ends in an error of the database that is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, IndexStarting):
            words = "The index of all events is being read. Try again in a few seconds."
            response = refuse(request, 503, "Starting", words, RETRY_AFTER)
            response._has_been_logged = True  # or Django would log it as an error
            return response
        return response_to(request, error)


def response_to(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Log the fault and return the page, or JSON for a program; None where it is no fault of the database."""
    fault = classify_error(error)
    if fault is None:
        return None
    log_fault(fault, error, request.path)
    response = _json(fault) if request.path.startswith(IN_JSON) else _page(fault)
    response.headers["Cache-Control"] = "no-store"
    if fault.passes:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    response._has_been_logged = True  # or Django would log it once more, as an error
    return response


def _json(fault: DatabaseFault) -> HttpResponse:
    return JsonResponse({"errors": {"database": [fault.words]}, "status": fault.status}, status=fault.status)


def _page(fault: DatabaseFault) -> HttpResponse:
    if fault is TOO_SLOW:
        refusal = {"title": "This took too long", "words": fault.words}
        return HttpResponse(render_to_string("refused.html", refusal), status=fault.status)
    page = render_to_string("database_fault.html", {"fault": fault, "request_id": request_id.get()})
    return HttpResponse(page, status=fault.status)


def refuse(request: HttpRequest, status: int, title: str, words: str, retry_after: int) -> HttpResponse:
    """Return a page, or JSON for a program, that says when to try again. `retry_after`: seconds."""
    if request.path.startswith(IN_JSON):
        response: HttpResponse = JsonResponse({"errors": {"requests": [words]}, "status": status}, status=status)
    else:
        response = HttpResponse(render_to_string("refused.html", {"title": title, "words": words}), status=status)
    response.headers["Retry-After"], response.headers["Cache-Control"] = str(retry_after), "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page without a look at the session or the database, which may be what does not work."""
    if response := response_to(request, sys.exception()):  # outside of a view, as where a session is saved
        return response
    return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
