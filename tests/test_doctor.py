"""What the owner of a machine is told before the site runs on it."""

import io
import os

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from timeline.monitoring import machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_up(settings, tmp_path, monkeypatch):
    """Have a machine on which everything is right; return its settings."""
    settings.SECRET_KEY, settings.SITE_URL, settings.PRODUCTION = "k" * 64, "https://tracker.example", True
    settings.ALLOWED_HOSTS, settings.BEHIND_PROXY, settings.DEBUG = ["tracker.example"], True, False
    settings.SITE_OWNER, settings.SITE_CONTACT = "Ada Ltd", "desk@tracker.example"
    settings.BASE_DIR = settings.STATIC_ROOT = tmp_path
    settings.IMPORT_DIR = settings.BACKUP_DIR = str(tmp_path / "not yet there")
    (tmp_path / "staticfiles.json").write_text("{}")
    (tmp_path / ".env").touch(mode=0o600)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return settings


def wrong() -> dict[str, str]:
    others = (machine.check_migrations, machine.check_disk, machine.check_backup)
    findings = [check() for check in machine.CHECKS if check not in others]
    return {finding.name: finding.words for finding in findings if not finding.is_well}


def test_machine_that_is_set_up_has_nothing_wrong(set_up):
    assert wrong() == {}


@pytest.mark.parametrize(
    ("name", "value", "check", "words"),
    [
        ("SECRET_KEY", "short", "secret", "set SECRET_KEY in .env to what python -m tracker.new_key prints"),
        ("DEBUG", True, "address", "remove DEBUG from .env: error pages would show settings"),
        ("PRODUCTION", False, "address", "set SITE_URL to the https:// address of the site"),
        (
            "ALLOWED_HOSTS",
            ["other.example"],
            "address",
            "set ALLOWED_HOSTS=tracker.example: the site refuses its own name",
        ),
        (
            "DATA_LICENCE",
            "",
            "who and how",
            "set DATA_LICENCE in .env: readers cannot see who publishes the site, how to write to them, or on what terms",
        ),
        ("BEHIND_PROXY", False, "address", "set BEHIND_PROXY=on: the proxy that has the certificate is not believed"),
    ],
)
def test_setting_that_is_wrong_is_named_with_the_right_one(set_up, monkeypatch, name, value, check, words):
    monkeypatch.setenv("SECRET_KEY", "k" * 64)
    setattr(set_up, name, value)

    assert wrong() == {check: words}


def test_file_folder_and_user_are_looked_at(set_up, tmp_path, monkeypatch):
    (tmp_path / ".env").chmod(0o644)
    (tmp_path / "staticfiles.json").unlink()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)

    findings = wrong()

    assert findings.pop("folders").startswith("cannot be written by 0: IMPORT_DIR")
    assert findings == {
        "user": "run the site and its commands as a user of its own, not root",
        "env file": f"chmod 600 {tmp_path / '.env'}: it is 644",
        "static files": "run manage.py collectstatic --noinput: pages would have no styles",
    }


def test_command_ends_with_one_where_the_database_does_not_answer(set_up, monkeypatch):
    def down():
        raise DatabaseError("connection refused")

    monkeypatch.setattr(machine, "CHECKS", (machine.check_user, down))
    with pytest.raises(SystemExit, match="1"):
        call_command("doctor", stdout=(said := io.StringIO()))

    assert said.getvalue() == (
        "well   user          not root\nWRONG  database      it does not answer at DATABASE_URL: connection refused\n"
    )
