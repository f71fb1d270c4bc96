"""The whole way of an event: pasted, selected, entered, reviewed by another, published, read, corrected, and the correction read."""

import json

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.test_admin_entry import choose
from timeline.models import Actor, Briefing, Citation, Event

pytestmark = pytest.mark.django_db(transaction=True)

CALLED_FOR = "Armenia and Azerbaijan just need to use direct communication channels to immediately de-escalate."
TITLE = "Spokesperson calls on both sides to talk"
WHO = "A spokesperson of the State Department calls on both sides to talk"


def seed_text() -> str:
    """Return the first source, as the demo has it."""
    rows = json.loads((settings.BASE_DIR / "fixtures/briefings.json").read_text(encoding="utf-8"))
    return next(row["fields"]["text"] for row in rows if row["model"] == "timeline.briefing")


@pytest.fixture
def state_department() -> None:
    Actor.objects.create(slug="state-department", name="Department of State", kind="organisation")
    for slug, code in (("armenia", "AM"), ("azerbaijan", "AZ")):
        Actor.objects.create(slug=slug, name=slug.title(), kind="state", country=code)


def sign_in(page: Page, live_server, name: str, role: str) -> None:
    """Leave the desk to another person."""
    user, _ = User.objects.get_or_create(username=name, is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    client = Client()
    client.force_login(user)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/admin/")


def leave(page: Page, live_server) -> None:
    """Read on as the public does."""
    page.context.clear_cookies()
    page.goto(live_server.url)


def paste_the_briefing(page: Page) -> None:
    page.get_by_role("link", name="Sources", exact=True).first.click()
    page.get_by_role("link", name="Add source").click()
    page.get_by_label("Title").fill("Press Briefing by State Department Spokesperson Jalina Porter")
    page.get_by_label("Kind").select_option(label="Press briefing")
    choose(page, ".field-publisher", "Department of State")
    page.locator("#id_published_on").fill("2022-03-25")
    page.locator("#id_text").fill(seed_text())
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").get_by_role("link").first.click()


def select_and_enter(page: Page) -> None:
    page.set_viewport_size({"width": 1180, "height": 2000})  # the whole transcript, and an event has a page of its own
    page.get_by_role("link", name="Work on this source").click()
    page.wait_for_load_state()  # nothing moves under the mouse any more
    page.locator("#id_quote").fill(CALLED_FOR)
    page.get_by_role("button", name="New event from this").click()
    expect(page.locator("#id_citations-0-quote")).to_have_value(CALLED_FOR)
    page.get_by_label("Title").fill(TITLE)
    page.locator("#id_edtf").fill("25 March 2022")
    expect(page.locator("#id_edtf_understood")).to_contain_text("Understood as: 25 March 2022.")
    if not page.locator(".field-event_type .picker-words").input_value():
        choose(page, ".field-event_type", "Call for restraint or talks")
    page.locator("#id_actuality").select_option("occurred")
    # Wait until similar events have been looked for: the tests' database lets nobody read beside a writer
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.locator(".messagelist")).to_contain_text("In review")


def preview_and_publish(page: Page, live_server) -> None:
    page.goto(f"{live_server.url}/admin/timeline/briefing/{Briefing.objects.get().pk}/change/")
    page.get_by_label("Status").select_option("published")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="in review").first.click()
    expect(page.locator(".queue")).to_contain_text("submitted by bela")
    page.get_by_role("link", name="Preview and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text(f"“{TITLE}” is published.")


def correct(page: Page, live_server) -> None:
    event = Event.objects.get()
    page.goto(f"{live_server.url}/admin/timeline/event/{event.pk}/change/")
    page.get_by_label("Title").fill(WHO)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".to-fix")).to_contain_text("What kind of change")  # readers are owed that
    page.get_by_label("What kind of change").select_option("clarification")
    page.get_by_label("Why this change").fill("Say whose spokesperson it is")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(f"“{WHO}” is saved.")


def test_from_the_pasted_briefing_to_the_public_correction(page, live_server, state_department):
    page.set_viewport_size({"width": 1440, "height": 1200})  # the whole transcript: a drag does not scroll
    sign_in(page, live_server, "bela", "Editor")
    paste_the_briefing(page)
    select_and_enter(page)

    leave(page, live_server)
    expect(page.locator("body")).not_to_contain_text(TITLE)
    address = live_server.url + Event.objects.get().get_absolute_url()
    assert page.request.get(address).status == 404

    sign_in(page, live_server, "carl", "Reviewer")
    preview_and_publish(page, live_server)

    leave(page, live_server)
    expect(page.locator("main").get_by_role("link", name=TITLE).first).to_be_visible()
    page.goto(address)
    expect(page.locator(".citation mark")).to_have_text([CALLED_FOR])

    sign_in(page, live_server, "carl", "Reviewer")
    correct(page, live_server)

    leave(page, live_server)
    expect(page.locator("main").get_by_role("link", name=WHO).first).to_be_visible()
    page.goto(address)
    expect(page.locator("#corrections li")).to_contain_text(["Why: Say whose spokesperson it is"])
    event, citation = Event.objects.get(), Citation.objects.get()
    assert (event.status, event.author.username, event.reviewer.username) == ("published", "bela", "carl")
    assert (citation.quote, citation.state) == (CALLED_FOR, "verified")
