"""What an archive holds comes back, and what is no whole backup of this version is refused with the reason.

Within one process; what the commands do with a site of their own is in test_backups. Which backups are kept, and which is the newest that was tried."""

import datetime as dt
import json
import os
import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from tests import make
from tests.backup_site import rewritten, with_manifest
from timeline.backups.archive import BackupRefused, check_archive, check_schema, opened_archive, write_archive
from timeline.backups.restoring import different_tables, holds_rows, load_all, restore_files
from timeline.backups.store import StoredBackup, last_verified, make_backup, read_rule, stored_backups, superfluous
from timeline.models import Actor, Event

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def backup(tmp_path_factory, stage, django_db_blocker) -> Path:
    """Return the archive of a site with the demo, one account and one upload; its rows are gone again."""
    folder = tmp_path_factory.mktemp("backups")
    (folder / "imports").mkdir()
    (folder / "imports" / "1.csv").write_bytes(b"title\r\nCall\r\n")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("timeline.backups.archive.one_state", nullcontext)
        patch.setattr("django.conf.settings.IMPORT_DIR", str(folder / "imports"))
        stage.set_for(())
        with transaction.atomic():
            call_command("load_demo", verbosity=0)
            get_user_model().objects.create_user("ada")
            write_archive(folder / "backup.zip", NOW)
            transaction.set_rollback(True)
    return folder / "backup.zip"


def test_rows_and_files_come_back_as_they_were(backup, tmp_path, settings):
    settings.IMPORT_DIR = str(tmp_path / "imports")
    said = []

    with opened_archive(backup) as archive:
        manifest = check_archive(archive)
        load_all(archive, manifest, "default", said.append)
        restore_files(archive, manifest)

    assert (different_tables(manifest, "default"), holds_rows()) == ([], True)
    assert re.fullmatch(r"[\d,]+ rows of \d+ tables are as in the backup of 2026-11-30T12:00:00\+00:00\.", said[0])
    assert (Event.objects.count(), manifest["tables"]["auth.User"]["rows"]) == (11, 1)
    assert (tmp_path / "imports" / "1.csv").read_bytes() == b"title\r\nCall\r\n"
    assert make.actor().pk > max(Actor.objects.exclude(name__startswith="Actor ").values_list("pk", flat=True))


def test_file_that_is_there_stays_and_one_outside_of_its_folder_is_refused(backup, tmp_path, settings):
    settings.IMPORT_DIR = str(tmp_path / "imports")
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "1.csv").write_bytes(b"of this site")

    with opened_archive(backup) as archive:
        restore_files(archive, check_archive(archive))
        with pytest.raises(BackupRefused, match="names a file outside of its folder: files/imports/../1.csv"):
            restore_files(archive, {"files": {"files/imports/../1.csv": "a digest"}})

    assert [path.name for path in tmp_path.iterdir()] == ["imports"]
    assert (tmp_path / "imports" / "1.csv").read_bytes() == b"of this site"


def row_fewer(name: str, content: bytes) -> bytes:
    return (
        content.rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n" if name == "tables/timeline.Event.ndjson" else content
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda name, content: None if name == "manifest.json" else content,
            "not a backup of a conflict event timeline",
        ),
        (with_manifest(kind="another"), "says that it is: another."),
        (with_manifest(layout=2), "The backup has layout 2; this version reads 1."),
        (
            with_manifest(migrations=lambda known: [*known, "timeline.9999_later"]),
            "of a newer version: timeline.9999_later",
        ),
        (with_manifest(migrations=lambda known: known[:-1]), "The backup is of an older version, before "),
        (row_fewer, "The backup is damaged: timeline.Event differs (10 rows, promised were 11)."),
        (
            lambda name, content: content.replace(b"Porter", b"Poster"),
            "timeline.Actor differs (a row is not as it was)",
        ),
        (
            lambda name, content: b"" if name == "tables/auth.User.ndjson" else content,
            "auth.User differs (0 rows, promised were 1)",
        ),
        (
            lambda name, content: b"x" if name == "files/imports/1.csv" else content,
            "the file files/imports/1.csv is not as it was",
        ),
        (
            lambda name, content: None if name == "tables/auth.User.ndjson" else content,
            "damaged in the table auth.User",
        ),
    ],
)
def test_what_is_no_whole_backup_of_this_version_is_refused(backup, tmp_path, change, reason):
    changed = rewritten(backup, tmp_path / "changed.zip", change)

    with opened_archive(changed) as archive, pytest.raises(BackupRefused, match=re.escape(reason)):
        check_archive(archive)


def test_cut_off_file_is_refused(backup, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-1000])

    with pytest.raises(BackupRefused, match="cannot be read as a backup"), opened_archive(cut):
        pass


def test_bit_that_flipped_since_is_found(backup, tmp_path):
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "flipped.zip").write_bytes(content)
    (tmp_path / "flipped.zip.json").write_text('{"sha256": "that of another file"}')

    with pytest.raises(CommandError, match="is damaged: it is not the file that was written."):
        call_command("verify_backup", os.fspath(tmp_path / "flipped.zip"))


def test_database_without_the_newest_migrations_is_not_backed_up():
    newest = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "timeline")
    MigrationRecorder(connection).record_unapplied("timeline", newest)

    with pytest.raises(BackupRefused, match="Make the backup with the version that the site runs on"):
        check_schema("default")


def test_what_is_no_public_key_is_refused_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline.backups.archive.one_state", nullcontext)

    with pytest.raises(BackupRefused, match="public key of age"):
        make_backup(tmp_path / "encrypted", NOW, "secret")
    assert list((tmp_path / "encrypted").iterdir()) == []


def test_no_verified_backup_is_a_fault(tmp_path, settings):
    settings.BACKUP_DIR = tmp_path

    with pytest.raises(CommandError, match=f"No backup in {tmp_path} was verified. Run backup --verify"):
        call_command("backup_status")


NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def backups(*days_ago: float) -> list[StoredBackup]:
    moments = [NOON - dt.timedelta(days=days) for days in days_ago]
    return [StoredBackup(Path(f"tracker-{at:%Y%m%dT%H%M%SZ}.zip"), at) for at in moments]


def days_kept(rule: str, *days_ago: float) -> list[float]:
    stored = backups(*days_ago)
    going = superfluous(stored, read_rule(rule))
    return [days for days, backup in zip(days_ago, stored, strict=True) if backup not in going]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("3d", [0, 1, 2]),
        ("2w", [0, 1]),  # 30 November 2026 is a Monday
        ("2m", [0, 30]),
        ("1d2w2m", [0, 1, 30]),
        ("0d", [0]),
        ("400d", [0, 0.2, 1, 2, 8, 30, 400]),
    ],
)
def test_newest_of_each_day_week_and_month_is_kept(rule, days):
    expected = [day for day in days if day != 0.2]

    assert days_kept(rule, 0, 0.2, 1, 2, 8, 30, 400) == expected


@pytest.mark.parametrize("rule", ["", "7", "d7", "7y", "7d,4w", "-1d"])
def test_rule_that_cannot_be_read_is_refused(rule):
    with pytest.raises(ValueError, match="7d4w12m"):
        read_rule(rule)


def test_year_of_nights_leaves_some_of_each_age():
    assert (
        len(days_kept("7d4w12m", *range(400))) == 7 + 3 + 10
    )  # the newest of a week and of a month may be that of a day


def test_newest_verified_backup_is_found(tmp_path):
    for backup in backups(0, 1, 2):
        (tmp_path / backup.path.name).write_bytes(b"")
    (tmp_path / "notes.txt").write_text("not one of them")
    newest, middle, oldest = stored_backups(tmp_path)
    middle.write_manifest({"verified_at": NOON.isoformat()})
    oldest.write_manifest({"verified_at": NOON.isoformat()})
    newest.manifest_path.write_text("[broken")

    assert last_verified(tmp_path) == middle
    assert json.loads(middle.manifest_path.read_text()) == {"verified_at": NOON.isoformat()}
    assert last_verified(tmp_path / "nowhere") is None
