"""What is answered while the database is not there, or another writer holds it: nothing was saved, try again."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

RETRY_AFTER = 5  # seconds
IN_JSON = ("/api/", "/events.", "/marks.")  # beginnings of the addresses that programs ask
WORDS = f"The database is busy or out of reach. Nothing was saved. Try again in {RETRY_AFTER} seconds."


class DatabaseBusy:
    """Middleware: answer 503 where a view ends in OperationalError."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError):
            return None
        if request.path.startswith(IN_JSON):
            answer = JsonResponse({"errors": {"database": [WORDS]}, "status": 503}, status=503)
        else:
            answer = render(request, "503.html", {"words": WORDS}, status=503)
        answer.headers["Retry-After"], answer.headers["Cache-Control"] = str(RETRY_AFTER), "no-store"
        return answer
