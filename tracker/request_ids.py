"""A number for each request: in the log, in the header `X-Request-ID`, and on the page of a fault."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

NONE = "-"  # outside of a request

request_id: ContextVar[str] = ContextVar("request_id", default=NONE)


def request_ids(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: number the request. The number stays until the next request of the thread: a file is still being sent
    when the response is returned."""

    def respond(request: HttpRequest) -> HttpResponse:
        request_id.set(secrets.token_hex(6))
        response = get_response(request)
        response.headers["X-Request-ID"] = request_id.get()
        return response

    return respond


class WithRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True
