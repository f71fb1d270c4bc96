"""Redactions as a file that has none of the words, and the same redactions again after a backup was restored."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.models import Briefing, EarlierText, RedactedField, Redaction
from timeline.models.preset import Preset
from timeline.models.unsaved_form import UnsavedForm
from timeline.text import source_text

from .apply import write_plan
from .redaction_plan import FieldChange, Plan, plan_quotes
from .wordings import Span, replaced

FORMAT = "conflict-event-timeline redactions 1"
OF_REDACTION = ("act", "reason", "reason_withheld", "counts")
OF_FIELD = ("table", "row", "column", "spans", "digest", "after_sha256")


@dataclass
class Replay:
    """What became of the values that the redactions of a file had changed."""

    applied: int = 0
    done: int = 0  # redacted already
    absent: int = 0  # of rows that are not in the database
    differing: list[str] | None = None  # other values than those that were redacted: to be looked at by hand


def export_redactions(since: dt.datetime | None = None) -> dict[str, Any]:
    """Return the redactions made at that moment (UTC) or later, all for None: places, lengths and digests, and never the words.
    Who may read it learns where words were. Two queries."""
    redactions = Redaction.objects.order_by("pk").prefetch_related("fields")
    if since:
        redactions = redactions.filter(at__gte=since)
    listed = [
        {"at": redaction.at.isoformat(), **{name: getattr(redaction, name) for name in OF_REDACTION}}
        | {"fields": [{name: getattr(row, name) for name in OF_FIELD} for row in redaction.fields.all()]}
        for redaction in redactions
    ]
    return {"format": FORMAT, "redactions": listed}


@transaction.atomic
def apply_redactions(exported: dict[str, Any]) -> Replay:
    """Take out again what these redactions took out, where a value is the one that they changed: what they make of it has the
    digest that is known. Raises ValidationError where this is no such file; then nothing is written."""
    if exported.get("format") != FORMAT:
        raise ValidationError("This is not a file of redactions that this version can read.")
    take_write_lock()
    replay = Replay(differing=[])
    for made in exported["redactions"]:
        plan = Plan()
        for row in made["fields"]:
            _plan_field(plan, replay, row)
        if plan.changes:
            _apply(made, plan)
            for table in (UnsavedForm, Preset):
                table.objects.all().delete()  # of before the restore: which of them have the words is not known
    return replay


def _plan_field(plan: Plan, replay: Replay, row: dict[str, Any]) -> None:
    model = apps.get_model(row["table"])
    stored = models.QuerySet(model).filter(pk=row["row"]).values_list(row["column"], flat=True).first()
    if stored is None:
        replay.absent += 1
        return
    value = stored if isinstance(stored, str) else json.dumps(stored, ensure_ascii=False)
    spans = tuple(Span(*span) for span in row["spans"])
    if source_text.sha256(value) == row["after_sha256"]:
        replay.done += 1
    elif source_text.sha256(replaced(value, spans)) == row["after_sha256"]:
        plan.add(FieldChange(model, row["row"], row["column"], value, spans))
        replay.applied += 1
    elif replay.differing is not None:
        replay.differing.append(f"{row['table']} {row['row']}, {row['column']}")


def _apply(made: dict[str, Any], plan: Plan) -> None:
    at = dt.datetime.fromisoformat(made["at"])
    known = Redaction.objects.filter(at=at).first()
    redaction = known or Redaction(at=at, **{name: made[name] for name in OF_REDACTION})
    redaction.is_applying = True
    redaction.save()
    for change in list(plan.changes.values()):
        if change.column == "text" and change.model in (Briefing, EarlierText):
            plan_quotes(plan, change)
    if not known:
        RedactedField.objects.bulk_create(RedactedField(redaction=redaction, **row) for row in made["fields"])
    write_plan(plan, redaction)
    Redaction.objects.filter(pk=redaction.pk).update(is_applying=False)
