"""The import page: a file is sent, looked through, decided on; and the page of a batch."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from timeline.imports.events.data_set_choice import UCDP
from timeline.imports.events.publish_batch import publish
from timeline.imports.events.undo_batch import undo
from timeline.models import Actor, Briefing, DataSet, Event, ImportBatch, ImportUpload, Place

from . import import_page
from .clients import body
from .desk_client import member, rows, said
from .import_files import brought_in, ged
from .import_page import ADD, upload, url

pytestmark = pytest.mark.django_db

in_this_process = pytest.fixture(autouse=True)(import_page.in_this_process)
ucdp = pytest.fixture(import_page.ucdp)


def test_file_is_looked_through_and_nothing_written(ucdp):
    client = member("Reviewer")
    sent = upload(client, ged({}, {"id": "2"}))
    page = client.get(url("upload", sent.pk)).content.decode()

    assert (sent.state, sent.found["created"]) == ("checked", 2)
    assert "Nothing has been imported yet. 2 rows" in page
    assert "State-based violence, Donetsk town: 2 deaths, 1 to 3" in page
    assert "Import these events" in page
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
    content = body(Client().get("/events.zip"))
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
        "data_set": ["The events of our own files have their data sets already: leave this empty."]
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
    assert sent.message == "Nothing was written. 1 of 2 rows is wrong."

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

    assert "at most 0 can be uploaded" in answer.content.decode()
    assert not ImportUpload.objects.exists()


def test_format_without_a_data_set_of_its_own_needs_one(ucdp):
    answer = member("Editor").post(ADD, {"file": SimpleUploadedFile("e.csv", b"x"), "format": "csv"})

    assert answer.context["form"].errors == {"data_set": ["Choose the data set: this format does not name it."]}


def test_who_may_not_add_a_data_set_needs_one_that_is_there():
    client = member("Editor")

    assert "Ask a reviewer to add it" in upload(client, ged({})).message
    assert upload(member("Reviewer"), ged({})).state == "checked"


@pytest.mark.parametrize(("role", "add", "undo"), [("Viewer", 403, 403), ("Editor", 200, 403), ("Reviewer", 200, 302)])
def test_what_each_role_may_do(tmp_path, role, add, undo):
    batch = brought_in(tmp_path, ged({}))
    client = member(role)

    assert client.get(url("change", batch.pk)).status_code == 200
    assert client.get(ADD).status_code == add
    assert client.post(url("undo", batch.pk), {"sure": "1"}).status_code == undo
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

    assert said(answer) == [f"1 event of {batch} is published."]
    event = Event.objects.public().get()
    assert (event.reviewer.username, event.author.username, event.self_reviewed) == ("second", "first", False)
    assert (event.supporting_count, event.first_reported_on.isoformat(), event.revision) == (1, "2014-08-15", 1)
    assert Briefing.objects.get(citations__event=event).status == "published"
    event.full_clean()


def test_undo_is_confirmed_by_a_tick(tmp_path):
    batch, client = brought_in(tmp_path, ged({})), member("Reviewer")
    before = rows()

    answer = client.post(url("undo", batch.pk))

    assert (said(answer), rows() == before) == (["Nothing was undone: tick “Undo the import” first."], True)


def test_undo_says_beforehand_what_readers_lose(tmp_path):
    batch, client = brought_in(tmp_path, ged({})), member("Reviewer")
    warning = "1 of them is public.</strong> Their pages will not be found any more"
    drafts = client.get(url("change", batch.pk)).content.decode()
    publish(batch, User.objects.get(username="reviewer"))
    published = client.get(url("change", batch.pk)).content.decode()

    assert [warning in drafts, warning in published] == [False, True]


def test_undo_that_is_refused_names_why_and_changes_nothing(tmp_path):
    batch = brought_in(tmp_path, ged({}))
    event = Event.objects.get()
    event.summary = "Ours."
    event.save()
    client = member("Reviewer")
    before = rows()
    answer = client.post(url("undo", batch.pk), {"sure": "1"})

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
