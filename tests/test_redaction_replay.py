"""Redactions as files: made again in a restored database, and by the command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make
from timeline.models import Event, Redaction
from timeline.redaction.replay import apply_redactions, export_redactions

from .test_redaction import NAME, erase, places_with_name, world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_redactions_are_made_again_in_a_restored_database():
    event = world()
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
