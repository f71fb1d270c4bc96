"""Redact words: in every table at once, with what follows from them, or not at all."""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import unquote_plus

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from timeline.database.statements import statement
from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, Citation, EarlierText, Event, Original, PublicRevision, RedactedField, Redaction
from timeline.models.login_attempt import Submission
from timeline.models.preset import Preset
from timeline.models.redaction import RedactionAct
from timeline.models.unsaved_form import UnsavedForm
from timeline.text import source_text

from .frozen_packages import withdraw_releases
from .redaction_plan import AROUND, SOURCE_TEXTS, FieldChange, Plan, plan_redaction
from .wordings import Wordings

INDEXES = ("timeline_briefingwords_index", "timeline_citation_index", "timeline_event_index")  # of SQLite
EMPTY = dict.fromkeys(AROUND, "")  # 32 characters beside a quote may have a part of the words


class StalePlan(ValueError):
    """The words are in other places than those that were confirmed."""


def fingerprint(plan: Plan) -> str:
    """Return a digest that changes with each place and its value."""
    places = [[model._meta.label, row, column, change.before] for (model, row, column), change in plan.changes.items()]
    return hashlib.sha256(json.dumps(sorted(places)).encode()).hexdigest()


@transaction.atomic
def redact(
    wordings: Iterable[str],
    act: str,
    *,
    reason: str,
    withheld: bool = True,
    by: User | None = None,
    custodians: Iterable[User] = (),
    seen: str | None = None,
) -> Redaction:
    """Take the words out of every place. `seen`: the fingerprint of what was confirmed; None: whatever there is.

    Raises ValidationError where a text cannot do without them, the reason has them, nobody is named to keep what is restricted,
    or they are nowhere; StalePlan where the places have changed; ValueError for wordings that are too short. Then nothing
    is written.
    """
    take_write_lock()
    at, keepers = timezone.now(), list(custodians)
    searched = Wordings(wordings, timezone.localdate(at))
    if searched.in_text(reason):
        raise ValidationError("The reason contains words to redact. Write it without them.")
    if (act == RedactionAct.RESTRICT) != bool(keepers):
        raise ValidationError("Select custodians for a restriction, and none for an erasure.")
    plan = plan_redaction(searched)
    if seen is not None and fingerprint(plan) != seen:
        raise StalePlan("The words are in other places than before.")
    if not plan.changes:
        raise ValidationError("These words were not found.")
    redaction = Redaction(act=act, reason=reason, reason_withheld=withheld, by=by, at=at, counts=plan.counts())
    redaction.is_applying = True
    redaction.save()
    redaction.custodians.set(keepers)
    RedactedField.objects.bulk_create(_record(redaction, change) for change in plan.changes.values())
    write_plan(plan, redaction, by)
    _discard_forms(searched)
    Redaction.objects.filter(pk=redaction.pk).update(is_applying=False)
    redaction.is_applying = False
    return redaction


def _record(redaction: Redaction, change: FieldChange) -> RedactedField:
    """Return what is kept of a change. Of what is erased the salt goes with the value: with it a list of names could be tried."""
    salt, is_kept = secrets.token_hex(32), redaction.act == RedactionAct.RESTRICT
    return RedactedField(
        redaction=redaction,
        table=change.model._meta.label_lower,
        row=change.row,
        column=change.column,
        spans=[list(span) for span in change.spans],
        digest=source_text.sha256(salt + change.before),
        after_sha256=source_text.sha256(change.after),
        salt=salt if is_kept else "",
        sealed=change.before if is_kept else "",
    )


def write_plan(plan: Plan, redaction: Redaction, by: User | None = None) -> None:
    """Write what is planned, derive what follows from it, and let no cache and no index keep the words. The row of the
    redaction says that it is being applied, without which the database refuses to change an earlier text."""
    values: dict[type[models.Model], dict[int, dict]] = defaultdict(lambda: defaultdict(dict))
    for (model, row, column), change in plan.changes.items():
        is_json = isinstance(model._meta.get_field(column), models.JSONField)
        values[model][row][column] = json.loads(change.after) if is_json else change.after
        if column == "text" and model in SOURCE_TEXTS:
            values[model][row]["text_sha256"] = source_text.sha256(change.after)
    for (model, row), place in plan.positions.items():
        values[model][row] |= place | EMPTY
    for model, rows in values.items():
        for row, columns in rows.items():
            models.QuerySet(model).filter(pk=row).update(**columns)
    _blank_surroundings(plan)
    _withdraw_originals(plan, redaction)
    withdraw_releases(plan, redaction)
    with reason_for_change(str(redaction), by):
        _save_again(values)
    _forget(values)


def _withdraw_originals(plan: Plan, redaction: Redaction) -> None:
    """Seal for the custodians, or delete, the bytes of every source of which something is taken out: they have the words too."""
    rows = {
        model: {row for changed, row, _ in plan.changes if changed is model}
        for model in (Briefing, EarlierText, Original)
    }
    earlier = EarlierText.objects.filter(pk__in=rows[EarlierText]).values_list("briefing", flat=True)
    holds = models.Q(briefing__in=rows[Briefing] | set(earlier)) | models.Q(pk__in=rows[Original])
    originals = Original.objects.filter(holds)
    if redaction.act == RedactionAct.ERASE:
        originals.delete()
    else:
        originals.filter(sealed_in=None).update(sealed_in=redaction)


def _blank_surroundings(plan: Plan) -> None:
    """Forget what is beside quotes in the history of citations of the texts, or with the quotes, that change."""
    changed = {(model, row) for model, row, column in plan.changes if column == "text"}
    texts = {row for model, row in changed if model is Briefing}
    earlier = EarlierText.objects.filter(pk__in=[row for model, row in changed if model is EarlierText])
    texts |= set(earlier.values_list("briefing", flat=True))
    quoted = {row for model, row in plan.positions if model is Citation}
    history = models.QuerySet(Citation.history.model)
    history.filter(models.Q(briefing__in=texts) | models.Q(id__in=quoted)).update(**EMPTY)


def _save_again(values: dict[type[models.Model], dict[int, dict]]) -> None:
    """Save each row that has a history: what follows from it is derived, and who has its form open is stopped."""
    tracked = [model for model in values if hasattr(model, "history")]
    for model in sorted(tracked, key=lambda model: model in (Event, Citation)):
        for row in model._base_manager.filter(pk__in=values[model]).order_by("pk"):
            row.save()


def _discard_forms(wordings: Wordings) -> None:
    """Delete what accounts have typed with the words, and not saved; and the filters and templates that have them."""
    for form in UnsavedForm.objects.exclude(typed=""):
        if wordings.in_text(unquote_plus(f"{form.title} {form.path} {form.typed}")):
            form.delete()
    for preset in Preset.objects.all():
        if wordings.in_text(unquote_plus(f"{preset.name} {preset.values}")):
            preset.delete()


def _forget(values: dict[type[models.Model], dict[int, dict]]) -> None:
    Submission.objects.all().delete()  # digests of forms, by which words could be tried
    events = set(values.get(Event, ())) | set(
        Citation.objects.filter(pk__in=values.get(Citation, ())).values_list("event", flat=True)
    )
    PublicRevision.objects.bump(events)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for index in INDEXES:  # it marks what is gone, and keeps it until then
                cursor.execute(statement("INSERT INTO {index} ({index}) VALUES ('rebuild')", index=index))
    transaction.on_commit(cache.clear)
