"""When a session ends: so many hours after the last form that was sent in it (SESSION_HOURS)."""

import time

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from timeline.database.faults import classify_error, log_fault

RENEWED = "renewed"  # key in the session: seconds since the epoch
AT_MOST_EVERY = 10 * 60  # seconds


class IdleSessions(SessionMiddleware):
    """Renews a session with each form that is taken, some minutes apart. Not with each page read: that would write to the
    database, so that a large import would keep those who are signed in from reading."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        is_taken = request.method == "POST" and response.status_code < 400
        if not is_taken or not session.session_key or session.modified or not _is_due(session):
            return super().process_response(request, response)
        session[RENEWED] = int(time.time())
        try:
            return super().process_response(request, response)
        except DatabaseError as error:  # what was sent is answered all the same
            log_fault(classify_error(error), error, request.path)
            return response
        except SessionInterrupted:  # ended elsewhere
            return response


def _is_due(session) -> bool:
    return time.time() - session.get(RENEWED, 0) >= AT_MOST_EVERY
