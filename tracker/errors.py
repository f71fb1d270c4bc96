"""The page for a fault of the site, with what finds it in the log."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .database_faults import response_to
from .request_ids import request_id


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page without a look at the session or the database, which may be what does not work."""
    if response := response_to(request, sys.exception()):  # outside of a view, as where a session is saved
        return response
    return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
