"""Words of discussions, proposals and forms are taken out too, and every column that can have words is searched, or
named here. Redactions as files: made again in a restored database, and by the command."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from tests import make
from timeline.history.pending_changes import CITED, propose, stored_columns
from timeline.models import Citation, Event, PendingChange, Redaction, ReviewNote
from timeline.models.unsaved_form import UnsavedForm
from timeline.redaction.apply import redact
from timeline.redaction.redaction_plan import DERIVED, tables, text_columns
from timeline.redaction.replay import apply_redactions, export_redactions

from .test_redaction import NAME, erase, marker, places_with_name, world  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# File and address fields are subclasses of these
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
NOT_SEARCHED = {
    "auth.Group.name": "a role",
    "auth.Permission.name": "of the software",
    "auth.Permission.codename": "of the software",
    "auth.User.username": "an account, changed on its own page",
    "auth.User.password": "a salted hash",
    "auth.User.first_name": "an account, changed on its own page",
    "auth.User.last_name": "an account, changed on its own page",
    "auth.User.email": "an account, changed on its own page",
    "contenttypes.ContentType.app_label": "of the software",
    "contenttypes.ContentType.model": "of the software",
    "sessions.Session.session_key": "random",
    "sessions.Session.session_data": "messages of a page not opened yet; ends after SESSION_HOURS",
    "timeline.LoginAttempt.account": "a digest",
    "timeline.LoginAttempt.address": "a digest",
    "timeline.Original.content": "sealed or deleted with every text of its source from which words are taken",
    "timeline.Preset.name": "deleted where it has the words",
    "timeline.Preset.values": "deleted where it has the words",
    "timeline.RedactedField.sealed": "what the custodians keep",
    "timeline.RedactedField.salt": "random",
    "timeline.RedactedField.spans": "what is there now",
    "timeline.RedactedField.after_sha256": "of the value without the words",
    "timeline.Redaction.reason": "refused with the words",
    "timeline.Redaction.counts": "numbers",
    "timeline.Release.package": "withdrawn where it has the words",
    "timeline.UnsavedForm.title": "deleted where it has the words",
    "timeline.UnsavedForm.typed": "deleted where it has the words",
}


def unsearched() -> set[str]:
    """Return the columns for words that a redaction does not search: without those that follow from others, and choices."""
    searched = {(model, column.name) for model in tables() for column in text_columns(model)}
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, WORDS) and not field.choices and field.name not in DERIVED
        if (model, field.name) not in searched and not isinstance(field, models.UUIDField)
    }


def test_every_column_that_can_have_words_is_searched_or_named_with_its_reason():
    assert unsearched() == set(NOT_SEARCHED)


def test_words_go_out_of_notes_and_proposals_and_a_proposed_quote_is_where_it_was():
    briefing = make.briefing(f"MS PORTER: Our man {NAME} saw it. Troops moved at dawn.")
    event = make.published(briefing=briefing, cited={"quote": "Troops moved at dawn."})
    changed = type(event).objects.get(pk=event.pk)
    changed.summary = f"{NAME} saw it."
    quotes = ["Troops moved at dawn.", f"man {NAME} saw it.", "Quill saw it."]
    for quote in quotes:
        cited = stored_columns(make.citation(make.event(), briefing, quote=quote, note=f"{NAME}?"), CITED)
        proposed = propose(event, None, "", None, citation=cited, reason=f"Ask {NAME}: {quote}")
    PendingChange.objects.filter(pk=proposed.pk).update(before={"summary": ""}, after={"summary": changed.summary})
    ReviewNote.objects.write(event, "comment", f"ZEBEDIAH QUILL: Who is {NAME}?")

    redaction = redact([NAME], "erase", reason="Law")

    briefing.refresh_from_db()
    first, second, third = (change.citation for change in PendingChange.objects.order_by("pk"))
    assert [briefing.text[cited["start"] : cited["end"]] for cited in (first, second, third)] == [
        cited["quote"] for cited in (first, second, third)
    ]
    assert [cited["quote"] for cited in (first, second, third)] == [
        "Troops moved at dawn.",
        f"man {marker()} saw it.",
        f"{marker()} saw it.",
    ]
    assert {(cited["prefix"], cited["suffix"], cited["note"]) for cited in (first, second, third)} == {
        ("", "", f"{marker()}?")
    }
    assert PendingChange.objects.last().after == {"summary": f"{marker()} saw it."}
    assert PendingChange.objects.first().reason == f"Ask {marker()}: Troops moved at dawn."
    assert ReviewNote.objects.get(kind="comment").text == f"{marker()}: Who is {marker()}?"
    assert (redaction.counts["proposed changes"], redaction.counts["review notes"]) == (3, 1)


def test_citation_proposed_of_a_text_of_before_keeps_its_words_without_what_was_beside_them():
    briefing = make.briefing(f"MS PORTER: Nobody else. {NAME} saw it.")
    cited = {
        "briefing_id": briefing.pk,
        "quote": "Troops moved.",
        "start": 11,
        "end": 24,
        "prefix": "x Quill",
        "suffix": "",
    }
    PendingChange.objects.create(event=make.published(), citation=cited)

    redact([NAME], "erase", reason="Law")

    assert PendingChange.objects.get().citation == cited | {"prefix": ""}


def test_form_whose_address_has_the_words_is_deleted(django_user_model):
    owner = django_user_model.objects.create_user("ada")
    make.event(f"Meeting with {NAME}")
    for number, path in enumerate((f"/admin/?q={NAME.replace(' ', '+')}", "/admin/")):
        UnsavedForm.objects.create(
            key=f"00000000-0000-0000-0000-00000000000{number}",
            owner=owner,
            table="timeline.event",
            path=path,
            typed="title=Talks",
            stored_at=timezone.now(),
        )

    redact([NAME], "erase", reason="Law")

    assert list(UnsavedForm.objects.values_list("path", flat=True)) == ["/admin/"]
    assert not Citation.objects.exists()


def test_redactions_are_made_again_in_a_restored_database(world):  # noqa: F811
    event = world
    title = Event.objects.get(pk=event.pk).history.last().title
    version = Event.history.model.objects.filter(id=event.pk).order_by("history_id").first().history_id
    erase()
    exported = json.loads(json.dumps(export_redactions()))
    assert "quill" not in json.dumps(exported).lower()
    Redaction.objects.all().delete()
    Event.history.filter(history_id=version).update(title=title)  # as the backup has it

    replay = apply_redactions(exported)

    assert (replay.applied, replay.absent, replay.differing) == (1, 0, [])
    assert places_with_name() == []
    assert apply_redactions(exported).applied == 0
    Event.history.filter(history_id=version).update(title="Another")
    assert apply_redactions(exported).differing == [f"timeline.historicalevent {version}, title"]


def test_command_says_where_words_are_and_takes_them_out_only_when_told_to(tmp_path):
    make.event(f"Meeting with {NAME}")
    words = tmp_path / "words.txt"
    words.write_text(NAME)
    out = StringIO()

    call_command("redact", "erase", words=str(words), stdout=out)
    assert (out.getvalue().splitlines()[:2], Redaction.objects.count()) == (
        ["1 events: title", "1 rows of the history: title"],
        0,
    )
    with pytest.raises(CommandError, match="Say why"):
        call_command("redact", "erase", words=str(words), yes=True, stdout=out)
    call_command("redact", "erase", words=str(words), yes=True, reason="Danger", stdout=out)

    assert (Redaction.objects.get().counts, places_with_name()) == ({"events": 1, "rows of the history": 1}, [])
    call_command("redact", export=str(tmp_path / "redactions.json"), stdout=out)
    call_command("redact", apply=str(tmp_path / "redactions.json"), stdout=out)
    assert "0 values were redacted again, 2 were already" in out.getvalue()
