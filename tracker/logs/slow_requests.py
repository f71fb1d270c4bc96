"""Middleware: a line for each request that kept a thread for more than a second."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

SLOW = 1.0  # seconds until the answer begins


def slow_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Its query is not logged: it may hold what an editor searches for."""

    def respond(request: HttpRequest) -> HttpResponse:
        since = time.monotonic()
        response = get_response(request)
        seconds = time.monotonic() - since
        if seconds > SLOW:
            fields = {"method": request.method, "path": ascii(request.path)[1:-1], "status": response.status_code}
            words = "slow: %(method)s %(path)s answered %(status)d after %(seconds).1f s"
            logger.warning(
                words, fields | {"seconds": seconds}, extra={"fields": fields | {"seconds": round(seconds, 1)}}
            )
        return response

    return respond
