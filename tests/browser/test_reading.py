"""Reading without scripts, and what scripts add."""

import pytest
from playwright.sync_api import expect

from timeline.models import Citation, Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain(browser, live_server, demo):
    """Return a page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_list_can_be_filtered_and_exported_without_scripts(plain, live_server):
    plain.goto(f"{live_server.url}/?order=date")
    expect(plain.locator("h1")).to_have_text("11 events, oldest first")

    plain.locator("#id_from").fill("2022-03-24")
    plain.locator("#id_to").fill("2022-03-24")
    plain.get_by_role("button", name="Apply filters").click()

    expect(plain.locator("h1")).to_have_text("5 events on 24 March 2022, 4 of them only possibly, oldest first")
    expect(plain.locator("article.entry")).to_have_count(5)
    plain.get_by_text("Export 5 events").click()
    with plain.expect_download() as download:
        plain.get_by_role("link", name="CSV, one row per event").click()
    assert download.value.path().read_bytes().count(b"\r\n") == 6


def test_wrong_filter_is_explained_beside_its_field(plain, live_server):
    plain.goto(f"{live_server.url}/?order=date")
    plain.locator("#id_from").fill("the day of the talks")
    plain.get_by_role("button", name="Apply filters").click()

    expect(plain.locator("#id_from")).to_have_attribute("aria-invalid", "true")
    expect(plain.locator("article.entry")).to_have_count(0)
    expect(plain.get_by_text("is not understood as a date").first).to_be_visible()


def test_citation_leads_to_its_exact_words(plain, live_server):
    citation = Citation.objects.get(quote__startswith="there was another tweet")
    plain.goto(live_server.url + citation.event.get_absolute_url())
    plain.get_by_role("link", name="See the quote in the source").first.click()

    marked = plain.locator(f"#q-{citation.public_id}")
    expect(marked).to_be_in_viewport()
    assert citation.quote in marked.inner_text().replace("\u2060", "")
    target = marked.evaluate("element => getComputedStyle(element).backgroundColor")
    other = plain.locator("mark.cited:not(:target)").last.evaluate(
        "element => getComputedStyle(element).backgroundColor"
    )
    assert target != other


def test_form_leaves_no_empty_parameters_in_the_address(page, live_server, demo):
    page.goto(f"{live_server.url}/?order=date")
    page.locator("#id_from").fill("2022")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.locator("h1")).to_contain_text("since 2022")
    assert page.url == f"{live_server.url}/?from=2022"


def test_event_known_to_the_month_never_shows_a_day(page, live_server, demo):
    ceasefire = Event.objects.get(edtf="2020-11")
    page.goto(live_server.url + ceasefire.get_absolute_url())

    assert "1 November 2020" not in page.locator("main").inner_text()
    assert "November 2020" in page.locator("h1 + *").inner_text()


def test_first_page_keeps_the_order_that_is_chosen_in_the_form(page, live_server, demo):
    page.goto(live_server.url)
    expect(page.locator("h1")).to_have_text("11 events, newest first")

    page.get_by_label("Order").select_option("Oldest first")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.locator("h1")).to_have_text("11 events, oldest first")
    assert page.url == f"{live_server.url}/?order=date"


def test_search_of_the_header_works_without_scripts(plain, live_server, demo):
    plain.goto(f"{live_server.url}/about/")
    plain.get_by_role("searchbox", name="Events, sources, names").fill("blinken")
    plain.get_by_role("button", name="Search").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Search")
    expect(plain.locator("#actors mark").first).to_have_text("Blinken")
