"""Two editors on one event, and an event that is entered already: as a browser shows it."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.test_admin_entry import choose
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_editor_sees_both_changes_and_saves_again(page, live_server, admin_login):
    event = make.event("As it was")
    admin_login()
    address = f"{live_server.url}/admin/timeline/event/{event.pk}/change/"
    page.goto(address)
    page.get_by_label("Title").fill("As I say")
    other = Event.objects.get()
    other.title, other.summary = "As the other says", "The other's summary"
    other.save()

    page.get_by_role("button", name="Save", exact=True).click()

    panel = page.get_by_role("region", name="Changed while you were editing")
    expect(panel.locator("tr.weighed-both td")).to_have_text(
        ["As it was", "As the other says a command, " + other.history.first().history_date.strftime("%H:%M")]
        + ["As I say is in the form"]
    )
    expect(page.get_by_label("Title")).to_have_value("As I say")
    expect(page.get_by_label("Summary")).to_have_value("The other's summary")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("“As I say” is saved.")


def test_an_event_like_the_one_being_entered_is_named_and_a_double_click_makes_one(page, live_server, admin_login):
    actor, event = make.actor("Karen Donfried"), make.event("A call", type="phone-call", edtf="2022-03-24")
    make.participation(event, actor)
    make.citation(event)
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/event/add/")
    page.get_by_label("Title").fill("The call")
    choose(page, ".field-event_type", "Phone call")
    page.locator("#id_actuality").select_option("occurred")
    page.locator("#id_edtf").fill("March 2022")
    page.get_by_text("Add another Participant").click()
    choose(page, "#participations-0 .field-actor", "Karen Donfried")
    page.locator("#id_participations-0-role").select_option("initiator")

    expect(page.locator("#alike")).to_contain_text("A similar event already exists")
    expect(page.locator("#alike li")).to_contain_text("A call 24 March 2022, draft")
    page.get_by_role("button", name="Save", exact=True).dblclick()

    expect(page.locator(".messagelist")).to_contain_text("“The call”")
    assert Event.objects.filter(title="The call").count() == 1
