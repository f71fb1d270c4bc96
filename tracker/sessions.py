"""When a session ends: so many hours after the last form that was sent in it (SESSION_HOURS)."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse


class IdleSessions(SessionMiddleware):
    """Renews a session with each form sent. Not with each page read: that would write to the database, so that a large import
    would keep those who are signed in from reading."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        if request.method != "POST" or not session.session_key or session.modified:
            return super().process_response(request, response)
        session.modified = True
        try:
            return super().process_response(request, response)
        except (
            OperationalError,
            SessionInterrupted,
        ):  # busy, or ended elsewhere: what was sent is answered all the same
            return response
