"""The page for a fault of the site, with what finds it in the log."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .request_ids import request_id


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page without a look at the session or the database, which may be what does not work."""
    return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
