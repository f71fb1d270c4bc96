"""The commands of backups, each in a process of its own; what an archive holds and promises is in test_backup_archive."""

import json
import os
import re
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import psycopg
import pyrage
import pytest

from tests.backup_site import BackupSite
from tests.suite import POSTGRES_URL, has_postgres

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, migrated_copy) -> BackupSite:
    """Return a site with the demo, one account, one upload and one backup."""
    if migrated_copy is None:
        pytest.skip("the test of both databases starts from a file")
    made = BackupSite.of(tmp_path_factory.mktemp("site"))
    shutil.copy(migrated_copy, made.folder / "site.sqlite3")
    made.done("load_demo")
    made.done("new_user", "ada", "--role", "editor")
    (made.folder / "imports").mkdir()
    (made.folder / "imports" / "1.csv").write_bytes(b"title\r\nCall\r\n")
    made.done("backup")
    return made


@pytest.fixture
def empty(tmp_path) -> BackupSite:
    return BackupSite.of(tmp_path)


def manifest(site: BackupSite) -> dict:
    return json.loads(Path(f"{site.backups[-1]}.json").read_text())


def test_backup_comes_back_with_equal_rows_and_files(site, empty):
    said = empty.done("restore", str(site.backups[0]))
    empty.done("backup")

    assert "rows of " in said
    assert "put aside" not in said
    assert manifest(empty)["tables"] == manifest(site)["tables"]
    assert manifest(empty)["tables"]["auth.User"]["rows"] == 1
    assert (empty.folder / "imports" / "1.csv").read_bytes() == b"title\r\nCall\r\n"


def test_backup_and_its_manifest_are_for_their_owner_alone_and_hold_no_word(site):
    files = [site.backups[0], Path(f"{site.backups[0]}.json")]

    assert [oct(path.stat().st_mode & 0o777) for path in files] == ["0o600", "0o600"]
    assert "Porter" not in files[1].read_text()
    assert list((site.folder / "backups").glob(".*")) == []


def test_backup_is_tried_and_its_age_told(site):
    site.done("backup", "--verify")

    assert re.search(r" is 0\.\d hours old\.", site.done("backup_status"))  # a busy machine takes minutes for it
    assert re.search(r"is 0\.\d hours old\.", site.refused("backup_status", "--max-age", "0h"))
    assert "is good; restoring and looking took" in site.done("verify_backup", str(site.backups[0]))


def test_what_is_there_is_put_aside_and_not_overwritten(site):
    reason = site.refused("restore", str(site.backups[0]))
    said = site.done("restore", str(site.backups[0]), "--replace")

    assert reason.startswith("The database holds rows already. With --replace")
    (aside,) = site.folder.glob("site.sqlite3.before-*")
    assert f"The database that was there is now {aside}." in said
    with sqlite3.connect(aside) as before:
        assert before.execute("SELECT count(*) FROM auth_user").fetchone() == (1,)
    before.close()
    aside.unlink()


def test_redactions_made_since_are_made_again(site, empty):
    empty.done("restore", str(site.backups[0]))
    words = empty.folder / "words.txt"
    words.write_text("irresponsible and unnecessarily provocative\n")
    empty.done("redact", "erase", "--words", str(words), "--reason", "A danger to a person.", "--yes")

    said = empty.done("restore", str(site.backups[0]), "--replace")

    assert re.search(r"^[1-9]\d* redactions that were made since were made again", said, re.MULTILINE)
    assert b"unnecessarily provocative" not in (empty.folder / "site.sqlite3").read_bytes()


def test_encrypted_backup_needs_its_key(site, empty):
    identity, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    keys = [empty.folder / "key.txt", empty.folder / "other.txt"]
    for path, key in zip(keys, (identity, other), strict=True):
        path.write_text(f"# a comment\n{key}\n")
    folder = empty.folder / "encrypted"
    site.done("backup", "--out", str(folder), "--age-recipient", str(identity.to_public()))
    (backup,) = folder.glob("*.zip.age")

    assert (
        empty.refused("restore", str(backup))
        == f"{backup} is encrypted: give the file with its secret key by --identity."
    )
    assert f"{backup} cannot be decrypted" in empty.refused("restore", str(backup), "--identity", str(keys[1]))
    assert b"Porter" not in backup.read_bytes()
    assert "Restored." in empty.done("restore", str(backup), "--identity", str(keys[0]))


def test_far_fewer_rows_than_before_are_reported(site, empty):
    before = empty.folder / "backups" / "tracker-20200101T000000Z.zip"
    before.parent.mkdir()
    before.write_bytes(b"")
    Path(f"{before}.json").write_text('{"tables": {"timeline.Event": {"rows": 100000}}}')
    empty.done("restore", str(site.backups[0]))

    assert "rows, and the one before it 100,000. No older backup was removed." in empty.refused("backup")
    assert len(empty.backups) == 2


def test_backups_made_while_somebody_writes_are_good(site, empty):
    """100 writes a second into two tables that belong together; each backup has both rows or none."""
    empty.done("restore", str(site.backups[0]))
    stop = threading.Event()
    writer = threading.Thread(target=write, args=(empty.folder / "site.sqlite3", stop))
    writer.start()
    try:
        for number in range(20):
            empty.done("backup", "--keep", "99d", *(["--verify"] if number == 19 else []))
            tables = manifest(empty)["tables"]
            assert tables["auth.Group"]["rows"] == tables["admin.LogEntry"]["rows"] + 4
            time.sleep(1)  # their names have seconds
    finally:
        stop.set()
        writer.join()

    assert tables["auth.Group"]["rows"] > 104


def write(path: Path, stop: threading.Event) -> None:
    connection = sqlite3.connect(path, timeout=60)
    number = 0
    while not stop.is_set():
        number += 1
        with connection:
            connection.execute("INSERT INTO auth_group (name) VALUES (?)", [f"group {number}"])
            connection.execute(
                "INSERT INTO django_admin_log (action_time, object_repr, action_flag, change_message, user_id)"
                " VALUES ('2026-01-01 00:00:00', ?, 1, '', (SELECT min(id) FROM auth_user))",
                [str(number)],
            )
        time.sleep(0.01)
    connection.close()


def test_rows_go_to_postgresql_and_back(site, empty):
    if not has_postgres():
        pytest.skip("no PostgreSQL answers")
    name = f"backup_test_{os.getpid()}"
    with psycopg.connect(POSTGRES_URL, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            address = f"{POSTGRES_URL.rpartition('/')[0]}/{name}"
            site.done("copy_database", address)
            there = BackupSite(empty.folder, address)
            there.done("backup", "--verify")
            assert manifest(there)["tables"] == manifest(site)["tables"]
            assert "holds rows already" in site.refused("copy_database", address)
            there.done("new_user", "bela", "--role", "editor")
            assert "What was there is now in" in there.done("restore", str(there.backups[0]), "--replace")
            there.done("backup", "--allow-fewer")
            assert manifest(there)["tables"] == manifest(site)["tables"]
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
