"""What is answered to a form whose row has changed since the form was opened."""

import datetime as dt
import hashlib
import re
import uuid

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from timeline import history
from timeline.admin.edit_conflicts.bound_form import (
    BoundForm,
    Conflict,
    Line,
    Row,
    changed_by,
    related_keys,
    unsaved_page,
)
from timeline.admin.edit_conflicts.three_way_merge import ThreeWayMerge
from timeline.admin.lists.lookup_whitelist import ROW_ID
from timeline.history.changes_since import Edit, edit_from, usernames
from timeline.history.value_labels import ValueLabels, field_label
from timeline.models import Submission


class StaleRow(Exception):  # noqa: N818 (it is no error: it ends a transaction in which nothing is to be written)
    """The row has changed since the form was opened, or it is gone."""


def is_stale(table, request: HttpRequest, object_id: str) -> bool:
    """Return whether the row has changed since the form was opened; it is locked from here on. Two queries."""
    if not ROW_ID.fullmatch(key := unquote(object_id)):
        return False
    row = table.get_object(request, key)
    if row is None:
        return _last_written(table, key) is not None
    seen = request.POST.get("version", "")
    # A version that is not known is no stale one: the form says what is wrong with it
    is_known = history.seen_history_ids(seen, table.history_parts) is not None
    return is_known and seen != history.version(row, table.history_parts)


def answer_to_stale(table, request: HttpRequest, object_id: str) -> HttpResponse | None:
    """Return what to show in place of the form; None: the form, which refuses to save as `request.conflict` is set."""
    row = table.get_object(request, key := unquote(object_id))
    if row is None:
        return _answer_to_deleted(table, request, key)
    last = history.seen_history_ids(request.POST.get("version", ""), table.history_parts)
    if table.has_change_permission(request, row):
        return _merge_into_request(table, request, row, last)
    if table.has_view_permission(request, row) and request.user.has_perm(_change_permission(table)):
        merge = _three_way_merge(table, request, row, last, change=False)
        message = _message(table, merge.edits)
        return unsaved_page(table, request, row, message, merge.conflict(message).rows, status=403)
    return None


def _merge_into_request(table, request: HttpRequest, row: models.Model, last: list[int]) -> None:
    """Put a form into the request that can be gone on from, and what it is to show beside it."""
    now = history.version(row, table.history_parts)  # before the rows are read: what comes between is stale again
    merge = _three_way_merge(table, request, row, last, change=True)
    request.conflict = merge.conflict(_message(table, merge.edits))
    merge.data["version"] = now
    request.POST = merge.data


def _three_way_merge(table, request: HttpRequest, row: models.Model, last: list[int], *, change: bool) -> ThreeWayMerge:
    """Return the form merged with the row; `change` false: with the fields of a new row, where this one may not be changed."""
    form = table.get_form(request, row if change else None, change=change)(request.POST, instance=row)
    formsets, _ = table._create_formsets(request, row, change=True)
    return ThreeWayMerge(BoundForm(form, table.model), formsets, row, table.history_parts, last, request.POST)


def _change_permission(table) -> str:
    return f"{table.opts.app_label}.change_{table.opts.model_name}"


def _message(table, writings: list[Edit], did: str = "changed") -> str:
    return f"Nothing was saved: {changed_by(writings, table.opts.verbose_name, did)}, while you were editing."


def _last_written(table, key: str) -> models.Model | None:
    """Return the last row of the history of a row that is gone; None: there never was one."""
    return table.model.history.filter(id=int(key)).order_by("history_id").last()


def _answer_to_deleted(table, request: HttpRequest, key: str) -> HttpResponse | None:
    """Return what was typed for a row that was deleted meanwhile: as a form for a new one, where one may be added."""
    last = _last_written(table, key)
    if last is None or not request.user.has_perm(_change_permission(table)):
        return None
    message = _message(table, [edit := edit_from(last, usernames([last]))], "deleted")
    if table.has_add_permission(request):
        again = f"{message} What you typed is below. Saving it now enters it as a new {table.opts.verbose_name}."
        request.POST, request.conflict = _as_new(table, request), Conflict(again, [edit], [])
        return table.begin_again(request)
    typed = BoundForm(table.get_form(request, None, change=False)(request.POST), table.model)
    names = ValueLabels((), related_keys([typed]))
    lines = [Line(field_label(field), "", "", typed.words(field, names), False, True, None) for field in typed.fields]
    return unsaved_page(table, request, None, message, [Row("", "", "", "changed", None, lines)], status=409)


def _as_new(table, request: HttpRequest) -> QueryDict:
    """Return the form that was sent in as that of a new row, with new rows inside it."""
    data = request.POST.copy()
    for formset, _ in table.get_formsets_with_inlines(request):
        prefix, fk, pk = formset.get_default_prefix(), formset.fk.name, formset.model._meta.pk.name
        key = re.compile(rf"{re.escape(prefix)}-\d+-({fk}|{pk})")
        for name in list(filter(key.fullmatch, data)):
            del data[name]
        data[f"{prefix}-INITIAL_FORMS"] = "0"
    data["submission"], data["version"] = str(uuid.uuid4()), ""
    return data


# A form for a new row that is sent in twice makes one row: by a double click, the back button, a retry after a
# timeout.

REMEMBERED = dt.timedelta(days=7)  # longer than a form stays open, or a browser goes back
_NO_WORDS = ("csrfmiddlewaretoken", "submission", "version", "unsaved")  # what a form sends beside what was typed


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
        f"Nothing was saved: this form has already created “{row}”, and is different now. "
        "Open it and make your changes there."
    )
    return unsaved_page(table, request, row, message, merge.conflict(message).rows, status=409)
