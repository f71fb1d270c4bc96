"""Each way of losing what was typed, and that it comes back."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import PASSWORD
from timeline.models import Event, UnsavedForm

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Talks in Sochi"


@pytest.fixture
def form(page, live_server, admin_login):
    """Return the form of a new event with a title, a type and a participant."""
    make.actor("Iran")
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/event/add/")
    fill(page)
    return page


def fill(page) -> None:
    page.get_by_label("Title").fill(TITLE)
    picker(page, ".field-event_type").fill("Meeting")
    picker(page, ".field-event_type").press("Enter")
    page.locator("#id_actuality").select_option("occurred")
    page.get_by_text("Add another Participant").click()
    picker(page, "#participations-0 .field-actor").fill("Iran")
    picker(page, "#participations-0 .field-actor").press("Enter")
    expect(page.locator("#id_participations-0-actor option:checked")).to_have_text("Iran")
    page.locator("#id_participations-0-role").select_option("participant")


def picker(page, row: str):
    return page.locator(f"{row} .picker-words")


def is_back(page) -> None:
    expect(page.locator(".notice")).to_contain_text("Put back as you left it")
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    expect(picker(page, ".field-event_type")).to_have_value("Meeting")
    expect(picker(page, "#participations-0 .field-actor")).to_have_value("Iran")
    expect(page.locator("#id_participations-0-role")).to_have_value("participant")


def save(page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def sign_in(page) -> None:
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def stored(page) -> None:
    expect(page.locator(".unsaved-said")).to_contain_text("Kept at")


def test_end_of_the_session(form):
    Session.objects.all().delete()
    save(form)
    sign_in(form)

    is_back(form)
    save(form)
    expect(form.locator(".messagelist")).to_contain_text(f"“{TITLE}” is saved.")
    assert not UnsavedForm.objects.filter(is_done=False).exists()


def test_another_sign_in_in_a_second_window(form, live_server):
    form.context.clear_cookies(name="sessionid")
    second = form.context.new_page()
    second.goto(f"{live_server.url}/admin/login/")
    sign_in(second)
    expect(second.get_by_role("heading", name="Work")).to_be_visible()
    save(form)

    is_back(form)
    expect(form.locator(".messagelist")).to_contain_text("You signed in again since this form was opened.")
    save(form)
    expect(form.locator(".messagelist")).to_contain_text("is saved.")


def test_way_back_and_forth(form, live_server, complaints):
    form.on("dialog", lambda dialog: dialog.accept())
    form.goto(f"{live_server.url}/admin/")
    form.go_back()

    is_back(form)
    complaints.clear()


def test_window_that_is_closed_and_a_crash(form, live_server):
    form.close(run_before_unload=False)
    again = form.context.new_page()
    again.goto(f"{live_server.url}/admin/timeline/event/add/")

    is_back(again)


def test_second_window_does_not_take_what_the_first_has_open(form, live_server):
    stored(form)
    second = form.context.new_page()
    second.goto(f"{live_server.url}/admin/timeline/event/add/")

    expect(second.locator("[data-offer]")).to_contain_text("You left this form unsaved")
    expect(second.get_by_label("Title")).to_have_value("")


def test_another_browser(form, live_server, browser):
    stored(form)
    other = browser.new_context(storage_state={"cookies": form.context.cookies(), "origins": []}).new_page()
    other.goto(f"{live_server.url}/admin/timeline/event/add/")
    other.get_by_role("link", name="Put it back").click()

    is_back(other)
    other.context.close()


def test_network_that_fails_while_saving(form, live_server, complaints):
    form.context.set_offline(True)
    save(form)
    form.wait_for_url(re.compile("chrome-error|event/add"))
    form.context.set_offline(False)
    form.goto(f"{live_server.url}/admin/timeline/event/add/")

    is_back(form)
    complaints.clear()


def test_leaving_with_unsaved_work_warns_and_leaving_without_does_not(form, live_server):
    questions = []
    form.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    form.get_by_role("link", name="Home").click()
    form.wait_for_url(f"{live_server.url}/admin/")
    assert questions == ["beforeunload"]

    form.goto(f"{live_server.url}/admin/timeline/actor/add/")
    form.get_by_role("link", name="Home").click()
    form.wait_for_url(f"{live_server.url}/admin/")
    assert questions == ["beforeunload"]


def test_discarding_gives_the_empty_form(form, live_server):
    stored(form)
    form.reload()
    is_back(form)
    form.get_by_role("button", name="Discard it").click()

    expect(form.locator(".messagelist")).to_contain_text("What was typed is discarded.")
    expect(form.get_by_label("Title")).to_have_value("")
    form.reload()
    expect(form.get_by_label("Title")).to_have_value("")


def test_back_and_save_makes_no_second_event(form, live_server, complaints):
    save(form)
    expect(form.locator(".messagelist")).to_contain_text("is saved.")
    form.go_back()
    expect(form.locator("#participations-0")).to_have_count(0)  # the browser may keep the title
    form.wait_for_load_state("networkidle")
    fill(form)
    save(form)

    expect(form.locator("body")).to_contain_text(re.compile("was saved already|Nothing was saved: this form has made"))
    assert Event.objects.count() == 1
    complaints.clear()  # the console names the refusal


def test_without_a_script_the_form_is_put_back_after_signing_in(page, live_server, admin_login, browser):
    admin_login()
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    bare = context.new_page()
    bare.goto(f"{live_server.url}/admin/timeline/event/add/")
    bare.get_by_label("Title").fill(TITLE)
    Session.objects.all().delete()
    save(bare)
    sign_in(bare)

    expect(bare.get_by_label("Title")).to_have_value(TITLE)
    context.close()


def test_other_words_keep_what_was_typed(page, live_server, admin_login):
    briefing = make.briefing("MS PORTER: The ceasefire holds. Troops moved to the border.")
    admin_login()
    page.set_viewport_size({"width": 1100, "height": 720})  # where an event has a page of its own
    page.goto(f"{live_server.url}/admin/timeline/briefing/{briefing.pk}/workspace/")
    page.locator("#id_quote").fill("The ceasefire holds.")
    page.get_by_role("button", name="New event from this").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Choose other words").click()
    page.locator("#id_quote").fill("Troops moved to the border.")
    page.get_by_role("button", name="New event from this").click()

    expect(page.get_by_label("Title")).to_have_value(TITLE)
    expect(page.locator("#id_citations-0-quote")).to_have_value("Troops moved to the border.")
