"""The import page: a file is sent, looked through, decided on; and the page of a batch."""

import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import make
from tests.database_errors import database_error
from timeline.database.faults import FULL
from timeline.imports import upload_jobs
from timeline.imports.events.batch_actions import undo
from timeline.imports.events.data_set_choice import UCDP
from timeline.models import Actor, Briefing, DataSet, Event, ImportBatch, ImportUpload, Place

from .desk_client import member, rows, said
from .import_files import brought_in, ged, options

pytestmark = pytest.mark.django_db
spawn_process = upload_jobs.spawn  # the fixture of this module replaces it
ADD = "/admin/timeline/importbatch/add/"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch, settings, tmp_path):
    """Do the work at once, in this process, whose limits stay as they are."""
    settings.IMPORT_DIR = str(tmp_path / "uploads")

    def spawn(command: list[str], lock: Path) -> None:
        pk, step = command[-2:]
        upload_jobs.run_step(ImportUpload.objects.get(pk=pk), step)

    monkeypatch.setattr(upload_jobs, "spawn", spawn)


@pytest.fixture
def ucdp(tmp_path) -> DataSet:
    data_set = options(tmp_path, "").data_set
    data_set.save()
    return data_set


def upload(client, text: str, **changes) -> ImportUpload:
    """Send a file, and return what came of it."""
    file = SimpleUploadedFile("events.csv", text.encode())
    answer = client.post(ADD, {"file": file, "format": "ucdp-ged"} | changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportUpload.objects.latest("pk")


def url(name: str, pk: int) -> str:
    return reverse(f"admin:timeline_importbatch_{name}", args=[pk])


def test_file_is_looked_through_and_nothing_written(ucdp):
    client = member("Reviewer")
    sent = upload(client, ged({}, {"id": "2"}))
    page = client.get(url("upload", sent.pk)).content.decode()

    assert (sent.state, sent.found["created"]) == ("checked", 2)
    assert "Nothing is written yet. 2 rows" in page
    assert "Government of Ukraine and DPR fight at Donetsk town" in page
    assert "Write this" in page
    assert not Event.objects.exists()


def test_file_is_written_when_somebody_says_so(ucdp):
    client = member("Editor")
    sent = upload(client, ged({}))
    client.post(url("write", sent.pk))
    sent.refresh_from_db()

    batch = ImportBatch.objects.get()
    assert (sent.state, sent.batch, batch.by.username) == ("done", batch, "editor")
    assert Event.objects.get().status == "draft"
    assert client.get(url("upload", sent.pk)).url == url("change", batch.pk)
    assert not Path(sent.path).exists()


def test_near_actor_is_offered_and_taken_where_chosen(ucdp):
    make.actor("Ukraine", slug="ukraine")
    client = member("Editor")
    sent = upload(client, ged({}))
    assert '<option value="ukraine">Ukraine</option>' in client.get(url("upload", sent.pk)).content.decode()
    client.post(url("write", sent.pk), {"actors-0": "ukraine"})

    assert not Actor.objects.filter(name="Government of Ukraine").exists()
    assert Event.objects.get().participations.filter(actor__slug="ukraine").exists()


def test_near_place_is_offered_and_taken_where_chosen_and_remembered(ucdp):
    place = make.place("Donetsk", slug="donetsk", country="UA")
    client = member("Editor")
    sent = upload(client, ged({}))
    assert '<option value="donetsk">Donetsk</option>' in client.get(url("upload", sent.pk)).content.decode()
    client.post(url("write", sent.pk), {"places-0": "donetsk"})
    again = upload(client, ged({}, {"id": "2"}))

    assert Place.objects.get() == Event.objects.get().place == place
    assert (again.found["unchanged"], again.found["created"], again.found["places"]) == (1, 1, [])


def test_what_was_not_offered_is_not_taken(ucdp):
    make.actor("Somebody else", slug="somebody-else")
    client = member("Editor")
    sent = upload(client, ged({}))
    client.post(url("write", sent.pk), {"actors-0": "somebody-else"})

    assert Actor.objects.filter(name="Government of Ukraine").exists()


def test_package_is_looked_through_and_written(tmp_path):
    brought_in(tmp_path, ged({}, {"id": "2"}), publish=True)
    content = b"".join(Client().get("/events.zip").streaming_content)
    undo(ImportBatch.objects.get())
    ImportBatch.objects.all().delete()
    DataSet.objects.all().delete()
    client = member("Reviewer")
    file = SimpleUploadedFile("events.zip", content)
    client.post(ADD, {"file": file, "format": "datapackage"})
    sent = ImportUpload.objects.latest("pk")
    page = client.get(url("upload", sent.pk)).content.decode()
    assert (sent.state, sent.found["created"], sent.found["tables"]["data sets"]) == ("checked", 2, [1, 0])
    assert "Data sets" in page
    assert not Event.objects.exists()
    client.post(url("write", sent.pk))

    batch = ImportBatch.objects.latest("pk")
    assert (batch.file_name, batch.created, batch.by.username) == ("events.zip", 2, "reviewer")
    assert DataSet.objects.values("slug", "licence", "attribution", "redistributable").get() == {
        "slug": "ucdp-ged",
        "licence": UCDP.licence,
        "attribution": UCDP.attribution,
        "redistributable": True,
    }


def test_package_that_is_none_is_refused(ucdp):
    client = member("Editor")
    sent = upload(client, ged({}), format="datapackage")

    assert "This is not a whole ZIP archive" in client.get(url("upload", sent.pk)).content.decode()
    again = client.post(ADD, {"file": SimpleUploadedFile("e.zip", b"x"), "format": "datapackage", "data_set": ucdp.pk})
    assert again.context["form"].errors == {
        "data_set": ["A package names the data sets of its events itself: leave this empty."]
    }


def test_wrong_rows_are_listed_and_refuse_the_file_unless_left_out(ucdp):
    client = member("Editor")
    sent = upload(client, ged({}, {"id": "2", "latitude": "9999"}))
    page = client.get(url("upload", sent.pk)).content.decode()
    assert "Write degrees from -90 to 90, like 39.815." in page
    report = b"".join(client.get(url("report", sent.pk)).streaming_content).decode()
    assert report.splitlines()[1].startswith("3,latitude,9999,")

    client.post(url("write", sent.pk))
    sent.refresh_from_db()
    assert (sent.state, Event.objects.count()) == ("failed", 0)
    assert sent.message == "Nothing was written. 1 of 2 rows are wrong."

    again = upload(client, ged({}, {"id": "2", "latitude": "9999"}))
    client.post(url("write", again.pk), {"skip_refused": "1"})
    assert Event.objects.count() == 1


def test_hostile_file_is_refused_on_the_page(ucdp):
    client = member("Editor")
    sent = upload(client, "\0")

    assert "is NUL" in client.get(url("upload", sent.pk)).content.decode()
    client.post(url("write", sent.pk))
    assert not Event.objects.exists()


def test_file_that_is_too_large_is_refused(ucdp, monkeypatch):
    monkeypatch.setattr("timeline.admin.imports.upload_pages.LARGEST", 10)
    answer = member("Editor").post(ADD, {"file": SimpleUploadedFile("e.csv", b"x" * 11), "format": "ucdp-ged"})

    assert "at most 0 are accepted here" in answer.content.decode()
    assert not ImportUpload.objects.exists()


def test_format_without_a_data_set_of_its_own_needs_one(ucdp):
    answer = member("Editor").post(ADD, {"file": SimpleUploadedFile("e.csv", b"x"), "format": "csv"})

    assert answer.context["form"].errors == {"data_set": ["Choose the data set: this format does not tell."]}


def test_who_may_not_add_a_data_set_needs_one_that_is_there():
    client = member("Editor")

    assert "Ask a reviewer to add it" in upload(client, ged({})).message
    assert upload(member("Reviewer"), ged({})).state == "checked"


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
        f"Nothing was written: the work broke off. The log of the site says why, at “upload {sent.pk}”.",
    )
    assert f"upload {sent.pk}: check\nTraceback" in caplog.text


def test_work_that_the_database_takes_nothing_of_says_why(ucdp, monkeypatch, caplog):
    def refuse(*_):
        raise database_error("53100")

    monkeypatch.setattr(upload_jobs, "check", refuse)
    sent = upload(member("Editor"), ged({}))

    assert (sent.state, sent.message) == ("failed", FULL.words)
    assert caplog.messages == [f"upload {sent.pk}: check: {FULL.words}"]


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
    ("told", "shown"),
    [
        ({"doing": "check"}, "1,500 of about 3,000 rows</b>, 1,000 a second, 2 s left."),
        ({"doing": "write"}, "1,500 of 3,000 rows</b>, 1,000 a second, 2 s left."),
        ({"doing": "check", "total": 0}, "1,500 rows</b>, 1,000 a second."),
    ],
)
def test_page_shows_how_far_the_work_is_and_comes_again(ucdp, at_work, told, shown):
    client = member("Editor")
    sent = upload(client, ged({}))
    upload_jobs.path_beside(sent, ".progress").write_text(
        json.dumps({"done": 1500, "total": 3000, "seconds": 1.5} | told)
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
    lock, told = tmp_path / "lock", tmp_path / "pid"
    spawn_process(
        [sys.executable, "-c", f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(60)"],
        lock,
    )
    wait_for(lambda: told.exists() and told.read_text())
    assert upload_jobs.is_locked(lock)
    os.kill(int(told.read_text()), signal.SIGKILL)

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


@pytest.mark.parametrize(("role", "add", "undo"), [("Viewer", 403, 403), ("Editor", 200, 403), ("Reviewer", 200, 302)])
def test_what_each_role_may_do(tmp_path, role, add, undo):
    batch = brought_in(tmp_path, ged({}))
    client = member(role)

    assert client.get(url("change", batch.pk)).status_code == 200
    assert client.get(ADD).status_code == add
    assert client.post(url("undo", batch.pk)).status_code == undo
    assert Event.objects.exists() == (undo == 403)


def test_editor_cannot_publish_by_a_file(ucdp, settings):
    settings.SELF_REVIEW = True
    client = member("Editor")
    file = SimpleUploadedFile("events.csv", ged({}).encode())

    assert client.post(ADD, {"file": file, "format": "ucdp-ged", "publish": "on"}).status_code == 403
    assert not ImportUpload.objects.exists()


def test_upload_is_its_senders_own(ucdp):
    sent = upload(member("Editor"), ged({}))

    assert member("Reviewer").get(url("upload", sent.pk)).status_code == 404


def test_somebody_else_publishes_the_drafts_of_a_batch(ucdp):
    first = member("Reviewer", "first")
    sent = upload(first, ged({}, {"id": "2", "source_article": ""}))
    first.post(url("write", sent.pk))
    batch = ImportBatch.objects.get()
    assert first.post(url("publish", batch.pk)).status_code == 403

    second = member("Reviewer", "second")
    answer = second.post(url("publish", batch.pk))

    assert said(answer) == [f"1 events of {batch} are published."]
    event = Event.objects.public().get()
    assert (event.reviewer.username, event.author.username, event.self_reviewed) == ("second", "first", False)
    assert (event.supporting_count, event.first_reported_on.isoformat(), event.revision) == (1, "2014-08-15", 1)
    assert Briefing.objects.get(citations__event=event).status == "published"
    event.full_clean()


def test_undo_that_is_refused_names_why_and_changes_nothing(tmp_path):
    batch = brought_in(tmp_path, ged({}))
    event = Event.objects.get()
    event.summary = "Ours."
    event.save()
    client = member("Reviewer")
    before = rows()
    answer = client.post(url("undo", batch.pk))

    assert said(answer) == ["Nothing was undone.", f"“{event}” was changed by hand since: summary."]
    assert rows() == before


def test_list_and_templates_are_there(tmp_path):
    brought_in(tmp_path, ged({}), by=User.objects.create_user("ada"))
    client = member("Editor")

    assert "events.csv" in client.get("/admin/timeline/importbatch/").content.decode()
    template = client.get("/admin/timeline/importbatch/template/events.csv")
    assert template.content.startswith(b"id,title,summary,type,date,")
    assert template["Content-Disposition"] == 'attachment; filename="events.csv"'
    assert client.get("/admin/timeline/importbatch/template/README.md").status_code == 200
    assert client.get("/admin/timeline/importbatch/template/other").status_code == 404
