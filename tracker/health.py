"""Whether the site works, for whoever watches it from the machine itself."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from timeline.database.faults import RETRY_AFTER, classify_error, log_fault


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers, else 503. One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        fault = classify_error(error)
        log_fault(fault, error, request.path)
        headers = {"Retry-After": RETRY_AFTER} if fault and fault.passes else {}
        words = fault.words if fault else "the database does not answer"
        return JsonResponse({"status": words}, status=503, headers=headers)
    return JsonResponse({"status": "ok"})


def health_at_any_host(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer /healthz by http, and whatever host is asked for: on the machine itself there is no proxy."""

    def respond(request: HttpRequest) -> HttpResponse:
        is_asked = request.path == "/healthz" and request.method in ("GET", "HEAD")
        return healthz(request) if is_asked else get_response(request)

    return respond
