"""A period in words: what the filter refuses leaves the list in view, what it reads leads to the canonical address."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_period_that_is_refused_leaves_the_list_in_view(page: Page, live_server, demo, complaints):
    page.goto(f"{live_server.url}/?order=date")
    page.locator("#id_from").fill("May 4")
    page.locator("#apply").click()

    expect(page.locator("#error-from")).to_contain_text("has no year")
    expect(page.get_by_text("quote matched in our stored text").first).to_be_visible()

    complaints.clear()  # the browser tells of each answer 400

    page.locator("#id_from").fill("24 March 2022")
    page.locator("#apply").click()

    expect(page).to_have_url(f"{live_server.url}/?from=2022-03-24")


def test_click_on_a_reading_fills_the_field(page: Page, live_server, admin_login):
    briefing = make.briefing(published_on=date(2023, 6, 1), text="They met on May 4th.")
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/event/add/?briefing={briefing.pk}")
    field = page.locator("#id_edtf")
    readings = page.locator(".field-edtf [data-readings] button")

    field.press_sequentially("early March 2022")
    expect(readings).to_have_text(["between 1 and 10 March 2022", "March 2022"])
    readings.first.click()

    expect(field).to_have_value("[2022-03-01..2022-03-10]")
    expect(field).to_be_focused()
    expect(page.locator("#id_edtf_understood")).to_contain_text("Understood as: between 1 and 10 March 2022.")
    expect(readings).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "address"), [("last 30 days", "from={first}&to={last}"), ("this year", "from={year}")]
)
def test_words_counted_from_today_lead_to_their_days(page: Page, live_server, demo, words, address):
    today = timezone.localdate()
    page.goto(f"{live_server.url}/?order=date")
    page.locator("#id_from").fill(words)
    page.locator("#apply").click()

    query = address.format(first=today - timedelta(days=30), last=today, year=today.year)
    expect(page).to_have_url(f"{live_server.url}/?{query}")
