"""What only a browser shows: a live server with the demo, Debian's Chromium, and no complaint in its console.

Each worker has a server and a database of its own."""

import io
import os
import re
import sqlite3
import time
from shutil import which

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page, expect

from tests.suite import CHROMIUMS

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop in the thread of the test

PASSWORD = "a password of the tests"
MARCH = "/?from=2022-03-14&to=2022-04-03"  # some weeks


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    return browser_type_launch_args | {"executable_path": next(filter(None, map(which, CHROMIUMS))), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Let BROWSER_TIME_ZONE say where the reader is; unset: where the machine is."""
    return browser_context_args | {"timezone_id": os.environ.get("BROWSER_TIME_ZONE")}


@pytest.fixture(autouse=True)
def complaints(page):
    """Fail a test during which the browser's console complains: a blocked script, a missing file, an error."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture(scope="session")
def copies(django_db_setup, django_db_blocker) -> dict[str, sqlite3.Connection]:
    """Return copies of the database in memory, by name; "migrated" is one. To copy one back takes some milliseconds; to load
    the demo takes seconds."""
    if connection.vendor != "sqlite":
        pytest.exit("The browser tests run on SQLite: unset DATABASE_URL.", returncode=4)
    with django_db_blocker.unblock():
        connection.ensure_connection()
        return {"migrated": _copied(connection.connection)}


def _restore(copy: sqlite3.Connection) -> None:
    """Copy a database back, as soon as the server's last request of the test before leaves the connection alone."""
    for pause in (0.1, 0.3, 1, 3):
        try:
            return copy.backup(connection.connection)
        except sqlite3.OperationalError:
            time.sleep(pause)
    copy.backup(connection.connection)


def _copied(database: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    database.backup(copy)
    return copy


@pytest.fixture(autouse=True)
def migrated(transactional_db, copies) -> None:
    _restore(copies["migrated"])


@pytest.fixture
def demo(migrated, copies) -> None:
    if "demo" in copies:
        return _restore(copies["demo"])
    call_command("load_demo", stdout=io.StringIO())
    copies["demo"] = _copied(connection.connection)


@pytest.fixture
def admin_login(page, live_server):
    """Return a function that signs a user in, with these permissions, or as superuser where none are given."""

    def login(name: str = "ada", *permissions: str):
        users = get_user_model().objects
        if permissions:
            from django.contrib.auth.models import Permission

            user = users.create_user(name, password=PASSWORD, is_staff=True)
            user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        else:
            user = users.create_superuser(name, password=PASSWORD)
        page.goto(f"{live_server.url}/admin/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return user

    return login


@pytest.fixture
def open_page(page, live_server, demo):
    """Return a function that opens an address and waits until the chart has been brought to life."""

    def go(address: str = "/") -> Page:
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.goto(live_server.url + address)
        expect(page.locator("#lanes [data-tool=help]")).to_be_visible()
        return page

    return go


def mark(page: Page, words: str):
    """Return the mark whose name begins with these words."""
    return page.locator(".mark").filter(has=page.locator("title", has_text=re.compile(f"^{words}")))
