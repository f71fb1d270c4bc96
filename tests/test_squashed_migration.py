"""A new database is as one that came from 0.1.0, with rows, by way of each migration since."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.old_migrations import migrate
from tests.suite import POSTGRES_URL
from tests.test_settings import CLEAN, ROOT

pytestmark = [pytest.mark.database, pytest.mark.long]

DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "sort_on")
RIGHTS = (
    "SELECT g.name, p.codename FROM auth_group_permissions r JOIN auth_group g ON g.id = r.group_id "
    "JOIN auth_permission p ON p.id = r.permission_id"
)
TYPES = (
    "SELECT slug, name, category, plover_event, plover_mode, quad, description, claim, include, exclude, boundary, example, "
    "counter_example, synonyms, known_as, search_text FROM timeline_eventtype"
)
ON_SQLITE = ("SELECT name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'",)
ON_POSTGRESQL = (  # columns, constraints, indexes, triggers, functions
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, generation_expression "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)
SLOW_WAY = "from tests.test_squashed_migration import migrate_one_by_one; migrate_one_by_one()"


def migrate_one_by_one() -> None:
    """Bring the tables to those of 0.1.0, fill some, and run each migration since."""
    apps = migrate("0001_initial")
    table = lambda name: apps.get_model("timeline", name).objects  # noqa: E731 (shorter than its four uses)
    actor = table("Actor").create(slug="porter", name="Porter", kind="person", search_text="porter")
    day = dict.fromkeys(DAYS, "2022-03-24")
    moments = dict.fromkeys(("recorded_at", "updated_at"), "2022-03-25T00:00Z")
    briefing = table("Briefing").create(
        slug="briefing",
        title="Briefing",
        kind="press_briefing",
        publisher=actor,
        published_on="2022-03-25",
        url="https://example.org/",
        **moments,
    )
    call = table("EventType").get(slug="phone-call")
    event = table("Event").create(public_id="call", title="Call", edtf="2022-03-24", event_type=call, **day, **moments)
    table("Citation").create(event=event, briefing=briefing, quote="They spoke", act="reports")
    migrate()


def rows_of(address: str) -> list[list[tuple]]:
    """Return the schema, without the order of columns, the rights of the roles and the event types of a database."""
    opened = sqlite3.connect if address.startswith("sqlite") else psycopg.connect
    statements = ON_SQLITE if address.startswith("sqlite") else ON_POSTGRESQL
    with closing(opened(address.removeprefix("sqlite:///"))) as database:
        tables = [database.execute(statement).fetchall() for statement in (*statements, RIGHTS, TYPES)]
    return [sorted([tuple(map(in_any_order, map(str, row))) for row in rows]) for rows in tables]


def in_any_order(text: str) -> str:
    """Return what makes a table of SQLite with its columns and constraints sorted, other texts as they are."""
    head, parenthesis, columns = text.partition("(")
    if not head.startswith("CREATE TABLE"):
        return " ".join(text.split())
    parts = re.split(r', (?="|CONSTRAINT )', columns.strip().removesuffix(")"))
    return head + parenthesis + ", ".join(sorted(parts))


def in_process(address: str, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    environment = CLEAN | {"DATABASE_URL": address, "SITE_URL": "http://127.0.0.1:8000"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603 (our own command)
    assert done.returncode == 0, done.stderr


def addresses(folder: Path) -> list[str]:
    """Return where two new databases are, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        return [f"sqlite:///{folder / name}.sqlite3" for name in ("new", "old")]
    return [f"{POSTGRES_URL.rpartition('/')[0]}/squashed_{name}_{os.getpid()}" for name in ("new", "old")]


def on_server(verb: str, urls: list[str]) -> None:
    """Create or drop these databases on the server, where there is one."""
    for url in urls if connection.vendor == "postgresql" else ():
        with psycopg.connect(POSTGRES_URL, autocommit=True) as server:
            server.execute(f"{verb} DATABASE {url.rpartition('/')[2]}")


def test_new_database_is_as_one_that_came_from_the_first_release(tmp_path):
    new, old = addresses(tmp_path)
    on_server("CREATE", [new, old])
    try:
        in_process(new, "migrate", "-v0")
        in_process(old, "shell", "-v0", "-c", SLOW_WAY)
        assert rows_of(new) == rows_of(old)
    finally:
        on_server("DROP", [new, old])


KILLED = """
import os, sys
from django.db.migrations.recorder import MigrationRecorder
record, noted = MigrationRecorder.record_applied, []
def killed(self, app, name):
    noted.append(name) if app == "timeline" else None
    os._exit(9) if len(noted) == 20 else record(self, app, name)
MigrationRecorder.record_applied = killed
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def test_new_database_goes_on_where_making_it_was_killed(tmp_path):
    new, _ = addresses(tmp_path)
    on_server("CREATE", [new])
    try:
        with pytest.raises(AssertionError):
            in_process(new, "shell", "-v0", "-c", KILLED)
        in_process(new, "migrate", "-v0")
    finally:
        on_server("DROP", [new])
