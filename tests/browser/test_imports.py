"""The import page as a reviewer walks it: send, look, write, undo, without a script."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.import_files import ged
from timeline.imports import upload_jobs
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def work_here(monkeypatch, settings, tmp_path):
    """Do the work in this process, which has the database of the test; its limits stay as they are."""
    settings.IMPORT_DIR = str(tmp_path / "uploads")
    monkeypatch.setattr(upload_jobs, "limit_process", lambda step: None)
    monkeypatch.setattr(upload_jobs, "spawn", lambda command, lock: call_command(*command[2:]))


def test_file_is_sent_looked_through_written_and_undone(page, live_server, admin_login, tmp_path):
    admin_login()
    file = tmp_path / "ged.csv"
    file.write_text(ged({}, {"id": "2", "latitude": "9999"}))

    page.goto(f"{live_server.url}/admin/timeline/importbatch/add/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Format").select_option("ucdp-ged")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="What is wrong (1)")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("latitude"))).to_contain_text("9999")
    assert not Event.objects.exists()

    page.get_by_label("Skip 1 refused row").check()
    page.get_by_role("button", name="Import these events").click()
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible()
    assert Event.objects.get().status == "draft"

    page.get_by_label("Undo the import").check()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.locator(".messagelist")).to_contain_text("is undone")
    assert not Event.objects.exists()


@pytest.mark.parametrize("width", [390, 768])
def test_page_of_what_was_found_is_as_wide_as_the_screen(page, live_server, admin_login, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 800})
    admin_login()
    file = tmp_path / "ged.csv"
    file.write_text(ged({}, {"id": "2", "side_b": "x" * 151}))
    page.goto(f"{live_server.url}/admin/timeline/importbatch/add/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Format").select_option("ucdp-ged")
    page.get_by_role("button", name="Check the file").click()

    expect(page.get_by_role("button", name="Discard the file")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
