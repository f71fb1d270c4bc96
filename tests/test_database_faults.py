"""What is answered where the database is busy, not there, or takes nothing; and that it is in the log."""

import errno
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper

from tests.database_errors import database_error
from timeline.database.faults import (
    BROKEN,
    BUSY,
    DISK_FULL,
    DISK_READ_ONLY,
    FULL,
    NOT_MIGRATED,
    NOT_OPENED,
    OUT_OF_REACH,
    READ_ONLY,
    TOO_SLOW,
    DatabaseFault,
    classify_error,
    log_fault,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODES = {BUSY: "55P03", NOT_MIGRATED: "42P01", FULL: "53100", READ_ONLY: "25006", BROKEN: "XX001"}


def sqlite(path: Path) -> DatabaseWrapper:
    settings = {"NAME": str(path), "OPTIONS": {"timeout": 0}, "TIME_ZONE": None, "CONN_HEALTH_CHECKS": False}
    return DatabaseWrapper(settings | {"AUTOCOMMIT": True, "CONN_MAX_AGE": 0})


def run(path: Path, *statements: str) -> None:
    with closing(sqlite(path)) as database, database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def error_of(path: Path, *statements: str) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        run(path, *statements)
    return caught.value


@pytest.fixture
def file(tmp_path) -> Path:
    run(tmp_path / "small.sqlite3", "CREATE TABLE place (name)")
    return tmp_path / "small.sqlite3"


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["SELECT * FROM actor"], NOT_MIGRATED),
        (["SELECT slug FROM place"], NOT_MIGRATED),
        (["INSERT INTO place (slug) VALUES (1)"], NOT_MIGRATED),
        (["PRAGMA query_only=1", "DELETE FROM place"], READ_ONLY),
        (["PRAGMA max_page_count=2", "INSERT INTO place VALUES (zeroblob(99999))"], FULL),
        (["SELEKT"], None),
    ],
)
def test_errors_of_sqlite(file, statements, fault):
    assert classify_error(error_of(file, *statements)) is fault


def test_lock_of_sqlite(file):
    with closing(sqlite(file)) as writer, writer.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")

        assert classify_error(error_of(file, "DELETE FROM place")) is BUSY


def test_file_that_is_no_database(file):
    file.write_bytes(b"noise" * 9999)

    assert classify_error(error_of(file, "SELECT * FROM place")) is BROKEN


def test_file_that_cannot_be_opened(tmp_path):
    assert classify_error(error_of(tmp_path / "nowhere" / "file", "SELECT 1")) is NOT_OPENED


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        *((code, fault) for fault, code in CODES.items()),
        ("40P01", BUSY),
        ("57P03", OUT_OF_REACH),
        ("08006", OUT_OF_REACH),
        ("42703", NOT_MIGRATED),
        ("58030", BROKEN),
        ("57014", TOO_SLOW),
        ("23505", None),
    ],
)
def test_errors_of_postgresql(code, fault):
    assert classify_error(database_error(code)) is fault


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OperationalError("connection refused"), OUT_OF_REACH),
        (IntegrityError(), None),
        (OSError(), None),
        (OSError(errno.ENOSPC, "No space left on device"), DISK_FULL),
        (OSError(errno.EROFS, "Read-only file system"), DISK_READ_ONLY),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
    ],
)
def test_errors_without_a_code(error, fault):
    assert classify_error(error) is fault


@pytest.fixture
def failing(monkeypatch) -> Callable[[Exception], None]:
    """Return what lets two views end in an error."""

    def fail_with(error: Exception) -> None:
        def refuse(*arguments, **named):
            raise error

        monkeypatch.setattr("timeline.views.subject_lists.render", refuse)
        monkeypatch.setattr("timeline.views.export_page.requested_export", refuse)

    return fail_with


def answered(client, path: str, fault: DatabaseFault) -> tuple:
    """Return status, when to try again, and the kind of the answer, which has the words."""
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    words = answer.json()["errors"]["database"] if path == "/events.csv" else re.findall("<p>(.*)</p>", answer.text)
    assert fault.words in words
    return answer.status_code, answer.headers.get("Retry-After"), answer.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize(
    ("fault", "status", "after"),
    [(BUSY, 503, "5"), (NOT_MIGRATED, 500, None), (FULL, 507, None), (READ_ONLY, 503, None), (BROKEN, 500, None)],
)
def test_page_and_json_say_what_it_is_and_to_try_again_only_where_that_helps(client, failing, fault, status, after):
    failing(database_error(CODES[fault]))

    assert answered(client, "/places/", fault) == (status, after, "text/html")
    assert answered(client, "/events.csv", fault) == (status, after, "application/json")


def test_page_of_what_stays_gives_the_number_in_the_log(client, failing):
    failing(database_error("53100"))
    answer = client.get("/places/")

    assert f"quote the number <b>{answer.headers['X-Request-ID']}</b>" in answer.text


def test_lock_is_logged_as_a_line_and_the_rest_as_an_error_with_its_traceback(client, failing, caplog):
    failing(database_error("55P03", "canceled by a lock"))
    client.get("/places/")
    failing(database_error("53100"))
    client.get("/places/")

    assert [(record.levelname, record.getMessage(), bool(record.exc_info)) for record in caplog.records] == [
        ("WARNING", "/places/: canceled by a lock", False),
        ("ERROR", f"/places/: {FULL.words}", True),
    ]


def test_address_writes_no_line_of_its_own_in_the_log(caplog):
    log_fault(BUSY, OperationalError("locked"), "/\nERROR forged")

    assert caplog.messages == ["/\\nERROR forged: locked"]


def test_error_outside_of_a_view_is_answered_alike(client, monkeypatch):
    def refuse(*arguments):
        raise database_error("53100")

    monkeypatch.setattr("tracker.sessions.IdleSessions.process_response", refuse)
    client.raise_request_exception = False

    assert answered(client, "/places/", FULL) == (507, None, "text/html")


def test_any_other_fault_is_none_of_the_databases(client, failing):
    failing(ZeroDivisionError())
    client.raise_request_exception = False

    assert client.get("/places/").status_code == 500


@pytest.mark.parametrize(("free", "fault"), [(0, FULL), (1 << 30, BROKEN)])
def test_error_of_output_on_a_full_disk(monkeypatch, free, fault):
    """SQLite says no more than "disk I/O error"."""
    error = OperationalError("disk I/O error")
    error.__cause__ = type("OutputError", (Exception,), {"sqlite_errorcode": 10})()
    monkeypatch.setattr("timeline.database.faults.os.statvfs", lambda _: SimpleNamespace(f_bavail=free, f_frsize=1))

    assert classify_error(error) is fault
