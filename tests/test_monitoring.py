"""What the owner of the machine is told of the site, in words, as JSON and as metrics."""

import datetime as dt
import io
import json
import shutil
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests import make
from tests.database_errors import database_error
from timeline.backups.store import StoredBackup
from timeline.database.faults import BROKEN, OUT_OF_REACH
from timeline.models import BriefingWords, ImportUpload
from timeline.monitoring import checks
from timeline.monitoring.second_port import application

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(settings, tmp_path, monkeypatch):
    """Have a backup that was verified an hour ago, and room on the disk; return the folder."""
    settings.BACKUP_DIR = settings.IMPORT_DIR = str(tmp_path)
    backup_of(tmp_path, dt.timedelta(hours=1))
    usage = SimpleNamespace(total=100e9, free=50e9)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    return usage


def backup_of(folder, age: dt.timedelta) -> None:
    at = timezone.now() - age
    backup = StoredBackup(folder / f"tracker-{at:%Y%m%dT%H%M%SZ}.zip", at)
    backup.path.write_bytes(b"")
    backup.write_manifest({"verified_at": at.isoformat()})


def wrong() -> dict[str, str]:
    return {finding.name: finding.words for finding in checks.findings() if not finding.is_well}


def test_site_that_is_well_has_nothing_wrong(well):
    make.published()

    assert wrong() == {}


def test_disk_that_fills_is_wrong(well):
    well.free = 4e9

    assert wrong()["disk"].endswith("; 4.0 GB are free")


def test_text_outside_of_the_index_is_wrong(well):
    make.briefing()
    BriefingWords.objects.all().delete()

    assert wrong() == {"index": "1 texts are not in the index of words"}


@pytest.mark.parametrize(("hours", "words"), [(27, "the newest verified one is 27.0 hours old"), (None, "none in ")])
def test_backup_that_is_old_or_missing_is_wrong(well, settings, tmp_path, hours, words):
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    if hours:
        backup_of(tmp_path, dt.timedelta(hours=hours))

    assert wrong()["backup"].startswith(words)


def test_upload_that_does_not_end_is_wrong(well):
    upload = ImportUpload.objects.create(format="csv", by=User.objects.create_user("ada"))
    assert wrong() == {}
    ImportUpload.objects.filter(pk=upload.pk).update(at=timezone.now() - dt.timedelta(hours=1))

    assert wrong() == {"queue": "1 uploads at work, 0 wait for a decision, 1 since long"}


def test_migrations_that_were_not_run_are_wrong(well, monkeypatch):
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])

    assert wrong() == {"migrations": "2 were not run: manage.py migrate"}


def test_database_that_does_not_answer_is_a_finding(well, monkeypatch):
    def down():
        raise DatabaseError("out of reach")

    monkeypatch.setattr(checks, "CHECKS", (down, checks.check_disk))

    assert wrong() == {"down": "out of reach"}


def test_command_ends_with_one_where_something_is_wrong(well):
    said = io.StringIO()
    call_command("health", stdout=said)
    well.free = 0
    with pytest.raises(SystemExit, match="1"):
        call_command("health", "--json", stdout=(output := io.StringIO()))

    assert "well   backup      the newest verified one is 1.0 hours old\n" in said.getvalue()
    assert {name: check["well"] for name, check in json.loads(output.getvalue())["checks"].items()} == {
        **dict.fromkeys(("migrations", "database", "index", "backup", "queue"), True),
        "disk": False,
    }


def ask(path: str) -> tuple[str, bytes]:
    status: list[str] = []
    body = b"".join(application({"PATH_INFO": path}, lambda line, headers: status.append(line)))
    return status[0], body


def test_second_port_answers_health_and_metrics(well):
    make.published()
    status, body = ask("/metrics")
    numbers = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }

    assert status == "200 OK"
    assert (
        numbers["tracker_public_events",],
        numbers["tracker_well", "disk"],
        numbers["tracker_disk_free_bytes",],
    ) == (1, 1, 50e9)
    assert (ask("/healthz")[0], ask("/other")[0]) == ("200 OK", "404 Not Found")
    well.free = 0
    assert ask("/healthz")[0] == "503 Service Unavailable"


@pytest.mark.django_db
def test_healthz_answers_while_the_database_does(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(("code", "fault", "after"), [("XX001", BROKEN, None), ("57P03", OUT_OF_REACH, "5")])
def test_healthz_says_when_the_database_does_not(client, monkeypatch, caplog, code, fault, after):
    def down():
        raise database_error(code)

    monkeypatch.setattr(connection, "cursor", down)
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": fault.words})
    assert response.headers.get("Retry-After") == after
    assert caplog.messages[0] == f"/healthz: {fault.words}"


@pytest.mark.django_db
def test_healthz_of_an_https_site_is_asked_without_the_proxy_and_at_any_host(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert (client.get("/healthz").status_code, client.get("/").status_code) == (200, 301)
    assert client.get("/healthz", headers={"Host": "10.0.0.5:8000"}).json() == {"status": "ok"}
