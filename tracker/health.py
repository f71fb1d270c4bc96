from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
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
