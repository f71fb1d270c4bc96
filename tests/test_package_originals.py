"""Packages with originals: for who may have the bytes, restored whole elsewhere, sealed and unread ones left out."""

import csv
import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import make
from timeline.extraction.readers import extract
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.imports.events.undo_batch import undo
from timeline.models import Briefing, Citation, ImportBatch, Original
from timeline.models.original import Way
from timeline.redaction.apply import redact

from .clients import body
from .desk_client import member, rows
from .shared_fixtures import made_once
from .test_import_package import empty, exported, load, looked_at
from .test_import_package_places import altered
from .test_import_package_versions import other, zipped
from .test_originals import MARKDOWN, derived
from .test_originals import PAGE as HTML
from .test_versions_of_quotes import page_text, recaptured

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CAPTIONS = (
    b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nMS PORTER: It held.\n\n00:01:33.000 --> 00:01:36.000\nThey went on.\n"
)
STORED = ("briefing__slug", "text_sha256", "sha256", "size", "way", "format", "file_name", "address", "received_at")
STORED += ("extractor", "extractor_version", "track_kind", "track", "content")


def package_file(folder: Path, *arguments: str, by: str = "ada") -> bytes:
    """Return the package with originals that the command writes."""
    file = folder / "written.zip"
    call_command("export_package", str(file), "--with-originals", *arguments, by=by, stdout=io.StringIO())
    content = file.read_bytes()
    file.unlink()
    return content


def files_in(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def stored() -> list:
    return list(Original.objects.order_by("briefing__slug", "pk").values_list(*STORED))


@made_once
def carried() -> tuple[bytes, list]:
    """Return a package of two imported documents, one of which has a text with pages since, and its originals; leave nothing."""
    member("Editor", "ada")
    with TemporaryDirectory() as folder:
        (Path(folder) / "call.md").write_text(MARKDOWN)
        (Path(folder) / "page.html").write_text(HTML)
        call_command("import_briefings", folder, publisher="Office", language="en", publish=True, stdout=io.StringIO())
        for briefing in Briefing.objects.all():
            make.published(briefing=briefing, cited={"quote": "It holds."})
        briefing = Briefing.objects.get(title="Call")
        spoken = extract(CAPTIONS, "vtt", "call.vtt")
        recaptured(briefing, spoken.text)
        briefing.refresh_from_db()
        keep_original(briefing, Received(CAPTIONS, "vtt", "call.vtt"), Way.UPLOADED, track=spoken.track)
        make.published(briefing=briefing, cited={"quote": "They went on."})
        package, originals = package_file(Path(folder)), stored()
    empty()
    return package, originals


@pytest.fixture
def package(tmp_path, carried):
    file = tmp_path / "events.zip"
    file.write_bytes(carried[0])
    return file


def test_package_has_the_bytes_of_each_text_and_says_how_they_came(carried):
    package, originals = carried
    files = files_in(package)
    listed = list(csv.DictReader(io.StringIO(files["originals.csv"].decode())))

    assert sorted(name for name in files if name.startswith("originals/")) == sorted(
        f"originals/{row[2]}.{'txt' if row[5] == 'text' else row[5]}" for row in originals
    )
    assert [(row["media_type"], row["way"], row["file_name"], row["extractor"]) for row in listed] == [
        ("text/html", "command", "page.html", "HTML, selectolax"),
        ("text/markdown", "command", "call.md", "Markdown, markdown-it-py"),
        ("text/vtt", "uploaded", "call.vtt", "captions"),
    ]
    assert [row["track"].endswith(', "0:01:33"]]') for row in listed] == [False, False, True]
    described = json.loads(files["datapackage.json"])["resources"]
    assert [resource["name"] for resource in described if resource["name"].startswith("orig")] == ["originals"]


def test_originals_come_back_and_give_the_same_texts(package, carried):
    load(package, publish=True)

    assert stored() == carried[1]
    assert set(Original.objects.values_list("package", flat=True)) == {ImportBatch.objects.get().pk}
    assert "at another installation; here since" in page_text(Briefing.objects.get(title="Call").get_absolute_url())
    assert derived().endswith("3 equal, 0 differ.\n")
    assert sorted(Citation.objects.values_list("quote", "locator")) == [
        ("It holds.", ""),
        ("It holds.", ""),
        ("They went on.", "0:01:33"),
    ]
    assert package_file(package.parent) == package.read_bytes()


def test_originals_come_later_to_texts_that_are_here(package, carried, tmp_path):
    plain = tmp_path / "plain.zip"
    load(package, publish=True)
    plain.write_bytes(exported())
    empty()
    load(plain, publish=True)
    assert (stored(), "originals.csv" in files_in(plain.read_bytes())) == ([], False)

    load(package, publish=True)
    assert stored() == carried[1]
    tables = looked_at(package, publish=True).tables
    assert tables["originals"] == (0, 3)


def test_undone_package_takes_its_originals_with_it(package):
    load(package, publish=True)

    undo(ImportBatch.objects.get())

    assert (Original.objects.count(), Briefing.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("sha256", "0" * 64, "column sha256: the package has no originals/"),
        ("sha256", "../" * 21 + "x", "column sha256: “originals/../../"),
        ("format", "../a", "column sha256: “originals/"),
        ("size", "3", "has not this size and SHA-256"),
        ("text_sha256", "0" * 64, "column text_sha256: the source “"),
        ("way", "found", "way: Value 'found' is not a valid choice."),
        ("received_at", "May", "column received_at: “May” is not a time"),
        ("track", "[", "column track: it is not JSON"),
        ("track", '[["a", 1]]', "column track: write [[code point, name], …]"),
        ("track", '[[-1, "a"]]', "column track: write [[code point, name], …]"),
        ("track", f'[[0, "{"a" * 21}"]]', "column track: write [[code point, name], …]"),
        ("track", "[[0, 1]]", "column track: write [[code point, name], …]"),
        ("track", '[[3, "1"], [3, "2"]]', "column track: its places rise"),
        ("track", '[[3, "1"]]', "column track: its places rise, and it has a kind"),
    ],
)
def test_original_that_is_wrong_is_refused_with_its_place(package, column, text, message):
    package.write_bytes(altered(package.read_bytes(), other(column, text), "originals"))
    before = rows()

    fatal = looked_at(package).fatal

    assert fatal.startswith("originals.csv, row 2")
    assert message in fatal
    assert rows() == before


def test_bytes_that_were_changed_are_refused(package):
    files = files_in(package.read_bytes())
    name = next(name for name in files if name.endswith(".html"))
    package.write_bytes(zipped(files | {name: files[name].replace(b"holds", b"fails")}))

    assert f"{name} has not this size and SHA-256" in looked_at(package).fatal


def test_sealed_and_unread_originals_are_left_out(tmp_path, package):
    load(package, publish=True)
    draft = make.briefing("MS PORTER: A secret.", slug="talk", status="draft")
    keep_original(draft, Received(b"MS PORTER: A secret.", "text"), Way.PASTED)
    recaptured(draft, "MS PORTER: Nothing.")
    Briefing.objects.filter(pk=draft.pk).update(status="published")
    make.published(briefing=Briefing.objects.get(pk=draft.pk), cited={"quote": "Nothing."})
    before = set(files_in(package_file(tmp_path)))

    redact(["It held"], "restrict", reason="Danger", custodians=[User.objects.get(username="ada")])
    files = files_in(package_file(tmp_path))

    assert not any(b"A secret." in content for content in files.values())
    assert sorted(name.rpartition(".")[2] for name in before - set(files)) == ["md", "vtt"]
    assert not any(b"It held" in content for content in files.values())


def test_desk_sends_the_same_package_to_who_may_have_originals(package):
    load(package, publish=True)
    client, address = member("Editor", "carla"), reverse("admin:timeline_briefing_package")

    answer = client.get(address)
    assert (body(answer), "no-store" in answer["Cache-Control"]) == (package.read_bytes(), True)
    assert answer["Content-Disposition"].startswith('attachment; filename="originals-events-r')
    texts = reverse("admin:timeline_briefing_texts", args=[Briefing.objects.get(title="Call").pk])
    assert f"{address}?briefing=2023-09-30-call" in client.get(texts).content.decode()
    assert client.get(address, {"category": "nothing"}).status_code == 400
    assert member("Viewer", "bela").get(address).status_code == 403


def test_originals_are_for_who_may_have_them_and_no_file_is_written_over(tmp_path):
    member("Editor", "ada")
    member("Viewer", "bela")
    for account, message in [("bela", "may not download originals"), ("nobody", "Name the account")]:
        with pytest.raises(CommandError, match=message):
            package_file(tmp_path, by=account)
    with pytest.raises(CommandError, match="The filter is wrong"):
        package_file(tmp_path, "--filter", "category=nothing")
    assert list(tmp_path.iterdir()) == []

    file = tmp_path / "events.zip"
    call_command("export_package", str(file), stdout=io.StringIO())
    assert file.read_bytes() == exported()
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_package", str(file), stdout=io.StringIO())
