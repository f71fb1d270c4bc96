"""The commands: look, ask, write, undo."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from timeline.management.commands.import_events import bar
from timeline.models import DataSet, Event, ImportBatch

from .import_files import ged

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def command(path, text: str, *options: str) -> str:
    file = path / "events.csv"
    file.write_text(text)
    out = StringIO()
    call_command("import_events", str(file), "--format", "ucdp-ged", *options, stdout=out)
    return out.getvalue()


def test_dry_run_says_what_would_be_and_writes_nothing(tmp_path):
    said = command(tmp_path, ged({}), "--dry-run")

    assert said.splitlines()[0] == "1 rows: 1 new, 0 changed, 0 the same, 0 refused."
    assert "  DPR, armed group" in said
    assert said.endswith("Nothing was written.\n")
    assert (Event.objects.count(), DataSet.objects.count()) == (0, 0)


def test_yes_writes_and_says_how_to_undo(tmp_path):
    said = command(tmp_path, ged({}), "--yes", "--publish")

    batch = ImportBatch.objects.get()
    assert said.splitlines()[-1] == (
        f"{batch}: 1 created, 0 updated, 0 unchanged, 0 refused. Undo with: manage.py undo_import {batch.pk}"
    )
    assert Event.objects.public().count() == 1
    call_command("undo_import", str(batch.pk), stdout=StringIO())
    assert not Event.objects.exists()
    with pytest.raises(CommandError, match="undone already"):
        call_command("undo_import", str(batch.pk))


def test_nobody_to_ask_writes_nothing(tmp_path):
    with pytest.raises(CommandError, match="--yes writes without asking"):
        command(tmp_path, ged({}))
    assert not Event.objects.exists()


def test_wrong_file_is_refused_with_a_report(tmp_path):
    with pytest.raises(CommandError, match="Fix what is listed"):
        command(tmp_path, ged({"latitude": "9999"}), "--yes", "--report", str(tmp_path / "report.csv"))

    assert "9999" in (tmp_path / "report.csv").read_text()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--match", "DPR=nobody"], "There is no actor nobody"),
        (["--match", "DPR"], "Write NAME=SLUG"),
        (["--data-set", "mine"], "Refused: There is no data set “mine” yet"),
    ],
)
def test_wrong_option_is_refused(tmp_path, options, message):
    options += [] if "--data-set" not in options else ["--url", "javascript:alert(1)"]
    with pytest.raises(CommandError, match=message):
        command(tmp_path, ged({}), "--dry-run", *options)


def test_missing_file_is_named():
    with pytest.raises(CommandError, match="There is no file nowhere.csv"):
        call_command("import_events", "nowhere.csv", "--format", "ucdp-ged")


def test_interrupted_import_writes_nothing(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("timeline.imports.events.store_events.EventWriter.close", interrupted)
    with pytest.raises(CommandError, match="Stopped. Nothing was written"):
        command(tmp_path, ged({}), "--yes")
    assert (Event.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_bar_has_rate_and_time_left():
    assert bar(1_000, 4_000, 2.0) == "[#####...............] 1,000 of 4,000, 500 a second, 6 s left "
    assert bar(1_000, 0, 2.0) == "1,000 rows, 500 a second "
