"""Numbered releases: frozen as they were, cited by the events they have, and withdrawn where words are redacted."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from tests import make
from tests.export_events import taken
from timeline.exports.make_release import make_release
from timeline.models import DataSet, Redaction, Release
from timeline.redaction.apply import redact
from timeline.redaction.replay import apply_redactions, export_redactions

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAME = "Zebediah Quill"


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_release_is_the_package_of_that_day_and_stays(client):
    event = make.published("Truce")
    package = taken(client, "zip")

    release = make_release("The first.")
    event.title = "Armistice"
    event.save()

    answer = client.get("/releases/1/package.zip")
    assert answer.content == package == release.package
    assert answer["Content-Disposition"] == 'attachment; filename="conflict-event-timeline-release-1.zip"'
    assert release.sha256 == hashlib.sha256(package).hexdigest()
    assert release.is_intact
    assert (release.number, release.event_count, release.size) == (1, 1, len(package))
    manifest = client.get("/releases/1/manifest.json").json()
    assert (manifest["sha256"], manifest["rows"], manifest["format"]) == (release.sha256, 1, "zip")


def test_pages_name_what_a_release_has(client):
    make.published("Truce")
    assert "has not released a version yet" in page(client, "/releases/")
    release = make_release("Read <b>me</b>.\n\nSecond.")

    listed, html = page(client, "/releases/"), page(client, "/releases/1/")

    assert '<a href="/releases/1/">Release 1</a>' in listed
    assert "<p>Read &lt;b&gt;me&lt;/b&gt;.</p>\n\n<p>Second.</p>" in html
    assert release.sha256 in html
    assert 'href="/releases/1/package.zip"' in html
    assert "Conflict event timeline: Conflict event timeline, release 1 of " in html
    page(client, "/releases/2/", 404)
    page(client, "/releases/2/package.zip", 404)


def test_release_has_no_draft_and_nothing_that_may_not_leave(client):
    acled = DataSet.objects.create(slug="acled", name="ACLED", licence="no", attribution="A", redistributable=False)
    ours = make.published("Ours")
    make.published("Theirs", data_set=acled)
    make.event("Draft")

    release = make_release("")

    with zipfile.ZipFile(io.BytesIO(release.package)) as files:
        events = files.read("events.csv").decode()
    assert (list(release.events.all()), release.event_count) == ([ours], 1)
    assert [title in events for title in ("Ours", "Theirs", "Draft")] == [True, False, False]


def test_citation_names_the_newest_release_that_has_the_event(client):
    old, again = make.published("Truce"), make.published("Clash")
    make_release("")
    again.withdraw("Doubtful.")
    make_release("")
    again.publish()

    first, second = (page(client, f"/events/{event.public_id}/cite/") for event in (old, again))
    never = page(client, f"/events/{make.published('Later').public_id}/cite/")

    assert "http://testserver/releases/2/. Revision" in first
    assert "http://testserver/releases/1/. Revision" in second
    assert "releases/" not in never.partition("<main")[2].partition("</main>")[0]


def test_there_is_no_needless_release():
    with pytest.raises(ValidationError, match="There are no public events to release"):
        make_release("")
    make.published()
    make_release("")
    with pytest.raises(ValidationError, match="Nothing that readers see has changed since release 1"):
        make_release("")
    make.published()
    with pytest.raises(ValidationError, match="U\\+202E"):
        make_release("Hidden \u202e words")

    assert Release.objects.count() == 1


def test_command_prints_number_and_digest(capsys, monkeypatch):
    make.published()
    monkeypatch.setattr("sys.stdin", io.StringIO("From a file.\n"))

    call_command("release", "--notes", "-")

    release = Release.objects.get()
    assert release.notes == "From a file."
    assert capsys.readouterr().out.splitlines() == [
        f"Release 1: 1 events, {release.size:,} bytes, SHA-256 {release.sha256}",
        "Its page: /releases/1/",
    ]
    with pytest.raises(CommandError, match="Nothing that readers see has changed"):
        call_command("release")


@pytest.fixture
def named():
    """Return a release with a name in it, and one without."""
    event = make.published(f"Meeting with {NAME}")
    make_release("")
    event.withdraw("Private.")
    make.published("Truce")
    make_release("")


def withdrawn() -> list[tuple]:
    rows = Release.objects.order_by("number")
    return [(row.number, row.withdrawn_in is not None, bytes(row.package) == b"", row.sha256 == "") for row in rows]


@pytest.mark.parametrize("wording", [NAME, "zebediah   quill"])
def test_release_with_redacted_words_is_withdrawn_and_says_so(client, named, wording):
    redact([wording], "erase", reason="Private person")

    assert withdrawn() == [(1, True, True, True), (2, False, False, False)]
    assert "This release was withdrawn on" in page(client, "/releases/1/")
    assert "This release was withdrawn on" in page(client, "/releases/1/package.zip", 410)
    page(client, "/releases/1/manifest.json", 410)
    assert "<b>withdrawn</b>" in page(client, "/releases/")
    assert "Zebediah" not in json.dumps(list(Release.objects.values_list("notes", "manifest")))
    assert client.get("/releases/2/package.zip").status_code == 200


def test_words_with_quotation_marks_are_known_in_a_table():
    make.published('Meeting with Zebediah "Owl" Quill')
    make_release("")

    redact(['Zebediah "Owl" Quill'], "erase", reason="Private person")

    assert withdrawn() == [(1, True, True, True)]


def test_it_is_withdrawn_again_after_a_restore(named):
    stored = {row.pk: (bytes(row.package), row.sha256, row.manifest) for row in Release.objects.all()}
    redact([NAME], "erase", reason="Private person")
    exported = export_redactions()
    Release.objects.update(withdrawn_in=None, sha256="x")
    for pk, (package, sha256, manifest) in stored.items():
        Release.objects.filter(pk=pk).update(package=package, sha256=sha256, manifest=manifest)
    Redaction.objects.all().delete()
    event = Release.objects.get(number=1).events.get()
    type(event).objects.filter(pk=event.pk).update(title=f"Meeting with {NAME}")

    apply_redactions(exported)

    assert withdrawn() == [(1, True, True, True), (2, False, False, False)]
