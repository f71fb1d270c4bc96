"""The work that the import page starts: how far it is, what stops it or breaks it off, and what becomes of its process."""

import errno
import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import InMemoryUploadedFile

from tests.database_errors import database_error
from timeline.database.faults import FULL
from timeline.imports import upload_jobs
from timeline.models import Event, ImportUpload

from . import import_page
from .desk_client import member
from .import_files import ged
from .import_page import ADD, upload, url

pytestmark = pytest.mark.django_db

in_this_process = pytest.fixture(autouse=True)(import_page.in_this_process)
ucdp = pytest.fixture(import_page.ucdp)
spawn_process = upload_jobs.spawn  # the fixture below replaces it


def test_work_is_stopped_with_nothing_written(ucdp, monkeypatch):
    client = member("Editor")
    sent = upload(client, ged({}))
    start = upload_jobs.spawn
    monkeypatch.setattr(upload_jobs, "spawn", lambda *given: (upload_jobs.stop(sent), start(*given)))
    client.post(url("write", sent.pk))
    sent.refresh_from_db()

    assert (sent.state, sent.message) == ("failed", "Stopped. Nothing was written.")
    assert not Event.objects.exists()
    client.post(url("stop", sent.pk), {"discard": "1"})
    assert not ImportUpload.objects.exists()
    assert list(Path(sent.path).parent.iterdir()) == [] or not Path(sent.path).exists()


def test_work_that_breaks_off_says_so_and_why_in_the_log(ucdp, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(upload_jobs, "check", broken)
    sent = upload(member("Editor"), ged({}))

    assert (sent.state, sent.message) == (
        "failed",
        f"Nothing was written: the import stopped. The log of the site says why, at “upload {sent.pk}”.",
    )
    assert f"upload {sent.pk}: check\nTraceback" in caplog.text


def test_work_that_the_database_takes_nothing_of_says_why(ucdp, monkeypatch, caplog):
    def refuse(*_):
        raise database_error("53100")

    monkeypatch.setattr(upload_jobs, "check", refuse)
    sent = upload(member("Editor"), ged({}))

    assert (sent.state, sent.message) == ("failed", FULL.words)
    assert f"upload {sent.pk}: check: {FULL.words}" in caplog.messages


@pytest.fixture
def at_work(monkeypatch):
    """Let the work seem to go on, held by this process, until the stack is closed."""
    with ExitStack() as stack:
        monkeypatch.setattr(upload_jobs, "spawn", lambda command, lock: stack.enter_context(upload_jobs.locked(lock)))
        yield stack


def test_file_whose_process_does_not_stop_can_be_thrown_away(ucdp, at_work):
    client = member("Editor")
    sent = upload(client, ged({}))
    client.post(url("stop", sent.pk))
    assert ImportUpload.objects.exists()
    client.post(url("stop", sent.pk))

    assert not ImportUpload.objects.exists()
    assert not Path(sent.path).exists()


@pytest.mark.parametrize(
    ("progress", "shown"),
    [
        ({"doing": "check"}, "1,500 of about 3,000 rows</b>, 1,000 a second, 2 s left."),
        ({"doing": "write"}, "1,500 of 3,000 rows</b>, 1,000 a second, 2 s left."),
        ({"doing": "check", "total": 0}, "1,500 rows</b>, 1,000 a second."),
    ],
)
def test_page_shows_how_far_the_work_is_and_comes_again(ucdp, at_work, progress, shown):
    client = member("Editor")
    sent = upload(client, ged({}))
    upload_jobs.path_beside(sent, ".progress").write_text(
        json.dumps({"done": 1500, "total": 3000, "seconds": 1.5} | progress)
    )
    page = client.get(url("upload", sent.pk)).content.decode()

    assert '<meta http-equiv="refresh" content="2">' in page
    assert shown in " ".join(page.split())


def test_work_whose_process_was_killed_is_told_as_broken_off(ucdp, at_work):
    client = member("Editor")
    sent = upload(client, ged({}))
    assert "being checked" in client.get(ADD).content.decode()
    at_work.close()
    page = client.get(url("upload", sent.pk)).content.decode()
    sent.refresh_from_db()

    assert (sent.state, sent.message) == ("failed", upload_jobs.BROKEN_OFF)
    assert "its process was killed or the machine stopped" in page
    assert "http-equiv" not in page
    assert "being checked" not in client.get(ADD).content.decode()


def test_process_holds_the_lock_until_it_is_killed(tmp_path):
    lock, pid_file = tmp_path / "lock", tmp_path / "pid"
    spawn_process(
        [
            sys.executable,
            "-c",
            f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)",
        ],
        lock,
    )
    wait_for(lambda: pid_file.exists() and pid_file.read_text())
    assert upload_jobs.is_locked(lock)
    os.kill(int(pid_file.read_text()), signal.SIGKILL)

    wait_for(lambda: not upload_jobs.is_locked(lock))


def test_errors_of_the_process_go_to_the_log_of_the_site(tmp_path, capfd):
    spawn_process([sys.executable, "-c", "raise SystemExit('why it broke off')"], tmp_path / "lock")

    wait_for(lambda: not upload_jobs.is_locked(tmp_path / "lock"))
    assert capfd.readouterr().err == "why it broke off\n"


def wait_for(holds, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_upload_that_does_not_fit_on_the_disk_leaves_nothing(client, settings, tmp_path, monkeypatch):
    """The disk takes the first piece and no more."""
    settings.IMPORT_DIR = str(tmp_path)
    client = member("Editor")
    client.raise_request_exception = False

    def pieces(file, chunk_size=None):
        yield b"id,title\n"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(InMemoryUploadedFile, "chunks", pieces)
    answer = client.post(ADD, {"format": "ucdp-ged", "file": ContentFile(ged({}).encode(), "events.csv")})

    assert (answer.status_code, "a disk of the site is full" in answer.content.decode()) == (507, True)
    assert (list(tmp_path.iterdir()), ImportUpload.objects.count()) == ([], 0)
