"""A form for a new row that is sent in twice makes one row: by a double click, the back button, a retry after a timeout."""

import datetime as dt
import hashlib
import uuid

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from timeline.models import Submission

from .bound_form import BoundForm
from .conflict_lines import unsaved_page
from .three_way_merge import ThreeWayMerge

REMEMBERED = dt.timedelta(days=7)  # longer than a form stays open, or a browser goes back
_NO_WORDS = ("csrfmiddlewaretoken", "submission", "version")  # what a form sends beside what was typed


def submission_key(request: HttpRequest) -> uuid.UUID | None:
    """Return the key that was drawn when the empty form was shown; None: this form has none."""
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


def record_submission(table, request: HttpRequest, row: models.Model) -> None:
    """Record which row the form made, and delete old records. Raises IntegrityError where the form has made a row already."""
    if key := submission_key(request):
        Submission.objects.sent_before(timezone.now() - REMEMBERED).delete()
        submission = {
            "table": table.opts.label_lower,
            "row": row.pk,
            "sent_by": request.user,
            "digest": _digest(request),
        }
        Submission.objects.create(key=key, **submission)


def answer_to_repeat(table, request: HttpRequest) -> HttpResponse | None:
    """Return the response that leads to the row this form has made; None: it has made no row yet. One query."""
    key = submission_key(request)
    submission = key and Submission.objects.filter(key=key, table=table.opts.label_lower, sent_by=request.user).first()
    if not submission:
        return None
    row = table.model._base_manager.filter(pk=submission.row).first()
    if row is None:
        messages.warning(request, "This form was saved before, and what it made has been deleted since.")
        return redirect(f"admin:timeline_{table.opts.model_name}_changelist")
    if IS_POPUP_VAR in request.POST:
        return table.response_add(request, row)
    if submission.digest != _digest(request):
        return _answer_to_changed_repeat(table, request, row)
    messages.info(request, f"“{row}” was saved already; it is not entered twice.")
    return table.after_second_sending(request, row)


def _digest(request: HttpRequest) -> str:
    """Return the digest that identifies this submission of the form, whichever button was pressed."""
    typed = sorted(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NO_WORDS and not name.startswith("_")
    )
    return hashlib.sha256(repr(typed).encode()).hexdigest()


def _answer_to_changed_repeat(table, request: HttpRequest, row: models.Model) -> HttpResponse:
    """Show what is typed now beside what the same form has made before."""
    form = table.get_form(request, None, change=False)(request.POST, instance=row)
    formsets, _ = table._create_formsets(request, row, change=True)
    last = row.history.order_by("history_id").values_list("history_id", flat=True).last() or 0
    merge = ThreeWayMerge(BoundForm(form, table.model), formsets, row, [], [last], request.POST)
    message = (
        f"Nothing was saved: this form has made “{row}” already, and now says something else. "
        "Open it, and enter there what is to be different."
    )
    return unsaved_page(table, request, row, message, merge.conflict(message).rows, status=409)
