"""Taking files away and proving them, as a reader does it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations, wrong_in_each_look
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

LONG = 3_000_000  # bytes; of a file so long the progress is shown


def taken(page, base: str, address: str, folder: Path) -> Path:
    """Return a file of the site, as it was given."""
    file = folder / address.partition("?")[0].rpartition("/")[2]
    file.write_bytes(page.request.get(base + address).body())
    return file


@pytest.fixture
def long_csv(page, live_server, demo):
    """Return the link to the CSV, which says that its file is long."""
    page.goto(f"{live_server.url}/export/")
    link = page.get_by_role("link", name="CSV, one row per event", exact=True)
    link.evaluate(f"link => link.dataset.size = {LONG}")
    return link


def test_long_file_arrives_whole_and_says_so(page, live_server, long_csv):
    with page.expect_download() as download:
        long_csv.click()

    expect(page.get_by_role("status")).to_have_text("0.0 MB, complete")
    expect(page.locator(".transfer progress")).to_have_count(0)
    assert download.value.suggested_filename.startswith("events-r")
    assert Path(download.value.path()).read_bytes() == page.request.get(f"{live_server.url}/events.csv").body()


def test_progress_of_a_long_file_is_shown(page, live_server, demo):
    """The file stops half way: it is not known how the transfer goes on."""
    page.add_init_script(
        """window.fetch = async (address) => new Response(new ReadableStream({
          start(part) { part.enqueue(new Uint8Array(1_500_000)); },
        }));"""
    )
    page.goto(f"{live_server.url}/export/")
    link = page.get_by_role("link", name="CSV, one row per event", exact=True)
    link.evaluate(f"link => link.dataset.size = {LONG}")
    link.click()

    expect(page.locator(".transfer")).to_have_text("1.5 MB of about 3.0 MB")
    bar = page.get_by_role("progressbar", name="CSV, one row per event", exact=True)
    assert bar.evaluate("bar => bar.value / bar.max") == 0.5
    assert violations(page) == []


def test_transfer_that_breaks_saves_nothing_and_says_so(page, long_csv, complaints):
    page.route("**/events.csv", lambda route: route.abort())
    long_csv.click()

    expect(page.get_by_role("status")).to_contain_text("The transfer broke, and nothing was saved.")
    complaints.clear()


def test_refusal_of_a_long_file_is_told_in_its_words(page, settings, long_csv, complaints):
    settings.EXPORTS_AT_ONCE = 0
    long_csv.click()

    expect(page.get_by_role("status")).to_contain_text("Other exports are being sent. Try again in 30 seconds.")
    complaints.clear()


def test_columns_are_chosen_without_scripts(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/export/?category=call")

    page.get_by_text(re.compile(r"Choose from \d+ columns")).click()
    for box in page.get_by_role("group", name="Columns").get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in ("title", "edtf"))
    page.get_by_label("A second row with HXL hashtags").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the CSV").click()

    title = Event.objects.get(title__startswith="Assistant Secretary Donfried").title
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines == ["title,edtf", "#event+name,#date+edtf", f"{title},2022-03-24"]
    context.close()


def test_verdicts_and_open_parts_pass_axe(page, live_server, demo, tmp_path, complaints):
    data, proof = (
        taken(page, live_server.url, address, tmp_path) for address in ("/events.csv", "/events.csv.manifest")
    )
    short, other, forged = tmp_path / "short.csv", tmp_path / "other.csv", tmp_path / "forged.json"
    short.write_bytes(data.read_bytes()[:-50])
    other.write_bytes(data.read_bytes().replace(b"2022", b"2021"))
    forged.write_text(json.dumps(json.loads(proof.read_text()) | {"rows": 7}))
    cases = {
        (data, proof): "Complete and unchanged",
        (short, proof): "Cut short: the end is missing",
        (other, proof): "Changed: this is not the file we exported",
        (data, forged): "This site did not issue this manifest",
        (proof,): "The manifest is genuine",
        (data,): "",
    }
    for files, words in cases.items():
        page.goto(f"{live_server.url}/verify/")
        for name, file in zip(("file", "manifest"), files, strict=False):
            page.locator(f"#id_{name}").set_input_files(file)
        page.get_by_role("button", name="Check").click()
        said = page.locator(".verdict h2" if words else ".verify [role=alert]")
        expect(said).to_contain_text(words or "does not say which filter it comes from")
        assert (words, wrong_in_each_look(page)) == (words, [])
    event = Event.objects.get(title__startswith="Assistant Secretary Donfried")
    for address in ("/export/", f"{event.get_absolute_url()}cite/"):
        page.goto(live_server.url + address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert (address, wrong_in_each_look(page)) == (address, [])
    complaints[:] = [text for text in complaints if "status of 400" not in text]
