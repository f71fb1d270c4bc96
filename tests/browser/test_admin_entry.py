"""The way from a pasted briefing to a published event, as an editor walks it."""

import pytest
from playwright.sync_api import expect

from tests import make
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """QUESTION: There was a phone call. Do you have anything further?

MS PORTER: I can confirm that our assistant secretary did speak with both the Armenian and – Armenian foreign minister
and the Azerbaijani foreign minister on March 24th.
"""
UNDERSTOOD = (
    "Understood as: 21 or 22 March 2022. Earliest start 21 March 2022, latest end 22 March 2022. "
    "Stored as [2022-03-21,2022-03-22]."
)


def choose(page, row: str, name: str) -> None:
    """Search in the picker of this row of the form, and take what it finds."""
    page.locator(f"{row} .picker-words").fill(name)
    page.get_by_role("option", name=name).click()


def test_from_a_pasted_briefing_to_a_published_event(page, live_server, admin_login, settings):
    settings.SELF_REVIEW = True  # a desk of one
    make.actor("US Department of State", kind="organisation")
    make.actor("Karen Donfried", kind="person")
    admin_login()

    page.goto(f"{live_server.url}/admin/timeline/briefing/add/")
    page.get_by_label("Title").press_sequentially("Briefing of 25 March 2022")
    expect(page.get_by_label("Slug")).to_have_value("briefing-of-25-march-2022")
    page.get_by_label("Kind").select_option("Press briefing")
    choose(page, ".field-publisher", "US Department of State")
    page.locator("#id_text").fill(TEXT)
    page.get_by_label("Status").select_option("published")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".turn-who")).to_have_text(["QUESTION question", "MS PORTER answer"])

    page.goto(f"{live_server.url}/admin/timeline/event/add/")
    page.get_by_label("Title").fill("Donfried speaks with both foreign ministers")
    choose(page, ".field-event_type", "Phone call")
    entry = page.locator("#codebook section:visible")
    expect(entry).to_contain_text("Phone call claims a deed.")
    expect(entry.locator("p[data-actuality]:visible")).to_have_count(4)
    page.locator("#id_actuality").select_option("occurred")
    expect(entry.locator("p[data-actuality]:visible")).to_contain_text("supported by who confirms, reports")
    page.locator("#id_edtf").press_sequentially("21 or 22 March 2022")
    expect(page.locator("#id_edtf_understood")).to_have_text(UNDERSTOOD)
    page.get_by_text("Add another Participant").click()
    choose(page, "#participations-0 .field-actor", "Karen Donfried")
    page.locator("#id_participations-0-role").select_option("initiator")
    page.get_by_text("Add another Citation").click()
    choose(page, "#citations-0 .field-briefing", "Briefing of 25 March 2022")
    page.locator("#id_citations-0-quote").fill("our assistant secretary spoke with the Armenian foreign minister")
    page.locator("#id_citations-0-act").select_option("confirms")
    page.wait_for_load_state("networkidle")  # the tests' database lets nobody read beside a writer
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator("#id_citations-0-quote_error")).to_contain_text(
        "The nearest passage is: “our assistant secretary"
    )
    assert not Event.objects.exists()

    page.locator("#id_citations-0-quote").fill("did speak with both the Armenian and - Armenian foreign minister")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Published: every change is public at once.")
    expect(page.locator(".field-found_words").first).to_contain_text("quote matched, characters")
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Donfried speaks with both foreign ministers")


def test_date_not_understood_says_so_while_it_is_typed(page, live_server, admin_login):
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/event/add/")

    page.locator("#id_edtf").press_sequentially("yesterday")

    line = page.locator("#id_edtf_understood")
    expect(line).to_contain_text("depends on the day it was said")
    expect(line).to_have_class("understood not-understood")
    page.locator("#id_edtf").fill("")
    expect(line).to_be_empty()


def test_date_of_a_citation_added_later_is_read_back_too(page, live_server, admin_login):
    event = make.event()
    make.briefing()
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/event/{event.pk}/change/")

    page.get_by_text("Add another Citation").click()
    page.get_by_text("What this source says: date, place, deaths").first.click()
    page.locator("#id_citations-0-edtf").press_sequentially("March 2022")

    expect(page.locator("#id_citations-0-edtf_understood")).to_contain_text("Stored as 2022-03.")


def test_day_of_a_source_in_words_is_seen_whole(page, live_server, admin_login):
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/briefing/add/")

    page.locator("#id_published_on").fill("30 September 2022")

    widths = page.locator("#id_published_on").evaluate("field => [field.scrollWidth, field.clientWidth]")
    assert widths[0] <= widths[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_of_the_admin_can_be_chosen_against_the_systems(page, live_server, admin_login, scheme):
    page.emulate_media(color_scheme=scheme)
    admin_login()

    def paper() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    papers = {"light": "rgb(252, 251, 248)", "dark": "rgb(19, 21, 23)"}
    assert paper() == papers[scheme]
    seen = []
    for _ in range(2):
        page.locator("#user-tools .theme-toggle").click()
        seen.append((page.evaluate("document.documentElement.dataset.theme"), paper()))
    assert sorted(seen) == sorted(papers.items())
