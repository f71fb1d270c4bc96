"""A period in words: what the filter refuses leaves the list in view, what it reads leads to the canonical address."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_period_that_is_refused_leaves_the_list_in_view(page: Page, live_server, demo, complaints):
    page.goto(live_server.url)
    page.locator("#id_from").fill("May 4")
    page.locator("#apply").click()

    expect(page.locator("#error-from")).to_contain_text("has no year")
    expect(page.get_by_text("quote matched in our stored text").first).to_be_visible()

    complaints.clear()  # the browser tells of each answer 400

    page.locator("#id_from").fill("24 March 2022")
    page.locator("#apply").click()

    expect(page).to_have_url(f"{live_server.url}/?from=2022-03-24")
