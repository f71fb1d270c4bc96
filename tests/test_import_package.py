"""A Data Package of our own: out, into an empty database, and out again with the same bytes."""

import io
import json
import re
import zipfile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from tests import make
from timeline.database.transactions import refresh
from timeline.imports.events.event_import import ImportRefused, check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.events.import_summary import Summary
from timeline.imports.events.undo_batch import undo
from timeline.imports.file_bytes import MOST_PARTS
from timeline.models import Briefing, Citation, Event, ImportBatch, Original, PublicRevision

from .clients import body
from .desk_client import rows
from .import_files import counts
from .shared_fixtures import made_once
from .test_import_package_places import altered

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SEEDED = {"category", "eventtype", "historicaleventtype", "dataset"}


@made_once
def content() -> bytes:
    """Return a package of the demo, with values that one source gives, and leave the database empty."""
    call_command("load_demo", stdout=io.StringIO())
    Original.objects.all().delete()  # what a package tells of them is not of the installation that it comes into
    citation = Citation.objects.public().first()
    citation.place, citation.deaths_low, citation.basis = make.place("Gyumri"), 0, "hearsay"
    citation.place.parent = make.place("Shirak")
    citation.place.save()
    citation.place.external_ids.create(scheme="wikidata", value="Q1")
    citation.save()
    citation.briefing.origin = make.actor("Wire")
    citation.briefing.url = "https://example.gov/call"
    citation.briefing.further_urls = "https://old.example.gov/call\nhttps://example.gov/call?id=2"
    citation.briefing.save()
    citation.event.value_note = "The first of two days: the later source is nearer."
    citation.event.save()
    package = exported()
    empty()
    return package


@pytest.fixture
def package(tmp_path, content):
    file = tmp_path / "events.zip"
    file.write_bytes(content)
    return file


def looked_at(package, **changes) -> Summary:
    """Return what the package would add."""
    return check(Options(package, package.name, FORMATS["datapackage"], None, **changes))


def load(package, **changes) -> ImportBatch:
    wanted = Options(package, package.name, FORMATS["datapackage"], None, **changes)
    return run(wanted, check(wanted))


def exported() -> bytes:
    return body(Client().get("/events.zip"))


def empty() -> None:
    models = [model for model in apps.get_app_config("timeline").get_models() if model._meta.model_name not in SEEDED]
    from django.db.models import QuerySet

    names = "citation participation eventrelation importedevent event briefingspeaker briefing actoralias actorancestor actor placeancestor"
    first = [apps.get_model("timeline", name) for name in names.split()]
    for model in (*first, *(other for other in models if other not in first)):
        if model._meta.model_name in ("actor", "place"):
            QuerySet(model).update(parent=None)
        QuerySet(model)._raw_delete("default")


def test_package_comes_out_again_with_the_same_bytes(package):
    batch = load(package, publish=True)

    assert counts(batch) == (Event.objects.public().count(), 0, 0, 0)
    assert parts(exported()) == parts(package.read_bytes())
    assert exported() == package.read_bytes()
    assert Briefing.objects.at_address("http://www.old.example.gov/call/?utm_id=1").count() == 1


def parts(data: bytes) -> dict[str, list[str]]:
    """Return the lines of each file of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode().splitlines() for name in archive.namelist()}


def test_package_comes_in_as_drafts_unless_published(package):
    load(package)

    assert set(Event.objects.values_list("status", flat=True)) == {"draft"}


def test_package_publishes_what_is_supported_by_the_codebook(package):
    load(package, publish=True)
    event = Event.objects.public().filter(event_type__claim="deed", citations__act="reports").first()
    event.citations.update(act="calls_for", support="nothing")
    published = set(Event.objects.public().values_list("public_id", flat=True))
    altered = exported()
    empty()
    package.write_bytes(altered)

    load(package, publish=True)

    assert published - set(Event.objects.public().values_list("public_id", flat=True)) == {event.public_id}


def test_package_twice_makes_nothing_new(package):
    first = load(package, publish=True)
    tables = looked_at(package, publish=True).tables
    second = load(package, publish=True)

    assert counts(second) == (0, 0, first.created, 0)
    assert tables["events"] == (0, first.created)
    assert all(made == 0 for made, _ in tables.values())


def test_dry_run_writes_nothing(package):
    before = rows()
    summary = looked_at(package, publish=True)

    assert (summary.created > 0, rows()) == (True, before)


def test_command_brings_a_package_in(package):
    out = io.StringIO()
    call_command("import_events", str(package), "--format", "datapackage", "--publish", "--yes", stdout=out)

    assert f"events: {Event.objects.count()} new" in out.getvalue()
    assert exported() == package.read_bytes()


def changed(package, name: str, change) -> None:
    with zipfile.ZipFile(package) as old:
        parts = {part_name: old.read(part_name) for part_name in old.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as new:
        for part_name, content in parts.items():
            new.writestr(part_name, content)


@pytest.mark.parametrize(
    ("table", "later"), [("briefings", ("further_urls", "read_in_full")), ("actors", ("time_zone",))]
)
def test_package_of_before_comes_in_without_the_later_columns(package, table, later):
    older = altered(
        package.read_bytes(),
        lambda rows: [
            {name: row[name] for name in row if name not in {*later, "original_sha256", "received_at"}} for row in rows
        ],
        table,
    )
    package.write_bytes(older)

    assert looked_at(package).tables[table][0] > 0


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("events.csv", lambda content: content.replace(b"2022", b"2023", 1), "it was changed since"),
        ("datapackage.json", lambda content: b"{", "does not describe tables"),
        ("README.md", lambda content: b"0" * 50_000_000, "times its size"),
    ],
    ids=["changed table", "no description", "bomb"],
)
def test_package_that_is_not_whole_is_refused(package, name, change, message):
    changed(package, name, change)
    before = rows()

    assert message in looked_at(package, publish=True).fatal
    with pytest.raises(ImportRefused, match=message):
        load(package, publish=True)
    assert rows() == before


@pytest.mark.parametrize(
    ("table", "column", "why"),
    [
        ("events", "public_id", "is no public id"),
        ("citations", "public_id", "is no public id"),
        ("events", "type", "Enter a valid “slug”"),
        ("events", "conflict", "Enter a valid “slug”"),
    ],
)
def test_part_of_an_address_that_none_can_have_is_refused(package, table, column, why):
    first = {column: '"><b>', "conflict_name": "Conflict"} if table == "events" else {column: '"><b>'}
    package.write_bytes(altered(package.read_bytes(), lambda rows: [rows[0] | first, *rows[1:]], table))

    refused = looked_at(package).fatal

    assert (f"{table}.csv, row 2" in refused, why in refused) == (True, True), refused


@pytest.mark.parametrize("number", [None, 417, "", "0", "-1", "1.0", "0417", "٤١٧", "1" * 19, "1" * 5000], ids=repr)
def test_number_of_the_state_that_is_none_is_refused(package, number):
    changed(package, "datapackage.json", lambda text: json.dumps(json.loads(text) | {"version": number}).encode())
    before = rows()

    fatal = looked_at(package, publish=True).fatal
    assert re.fullmatch(r"datapackage\.json, version: “.*” is not a number of a state of the data, like “417”\.", fatal)
    assert (len(fatal) < 200, rows()) == (True, before)


def test_drafts_take_no_number_of_the_state_over(package):
    changed(package, "datapackage.json", lambda text: json.dumps(json.loads(text) | {"version": "0"}).encode())

    assert looked_at(package).fatal == ""


def test_number_of_the_state_is_taken_over(package):
    changed(package, "datapackage.json", lambda text: json.dumps(json.loads(text) | {"version": "9" * 18}).encode())
    load(package, publish=True)

    assert PublicRevision.objects.current()[0] == 10**18 - 1
    PublicRevision.objects.bump()
    assert PublicRevision.objects.current()[0] == 10**18


def test_what_is_no_archive_is_refused(tmp_path):
    file = tmp_path / "events.zip"
    file.write_bytes(b"PK\x03\x04nothing")
    assert "not a whole ZIP" in looked_at(file).fatal
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_events", str(file), "--format", "datapackage", "--yes", stdout=out)
    assert "Refused: The archive has 101 parts" in out.getvalue()


def test_package_is_undone(package):
    load(package)
    Event.objects.all()
    from timeline.models import EventRelation

    EventRelation.objects.all().delete()
    undo(ImportBatch.objects.get())

    assert not Event.objects.exists()


def test_planner_is_told_of_a_package_that_was_written_only(package, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as looking:
        looked_at(package)
    with django_capture_on_commit_callbacks() as written:
        load(package)

    assert (looking, written) == ([], [refresh])


def test_text_of_any_length_comes_back(tmp_path):
    text = f"MS PORTER: {'The talks went on. ' * 10_000}The ceasefire holds."
    make.citation(event := make.event(), make.briefing(text))
    event.publish()
    sent = tmp_path / "events.zip"
    sent.write_bytes(exported())
    empty()
    load(sent, publish=True)

    assert exported() == sent.read_bytes()
