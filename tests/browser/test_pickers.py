"""No picker stores a row that was not meant, however slow the network and however quick the hand."""

import time

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.axe import THOROUGH
from timeline.models import Actor, ActorAlias, Participation

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = {"Iran": "Iran", "US": "United States", "Pashinyan": "Nikol Pashinyan"}  # typed -> meant
# (latency, ms from the last key to Enter)
MOMENTS = (
    [(latency, wait) for latency in (0, 150, 600) for wait in (0, 100, 200, 300, 450, 600)]
    if THOROUGH
    else [(0, 0), (150, 150), (600, 0), (600, 450)]
)


@pytest.fixture
def form(page, live_server, admin_login):
    """Return the form of a new event with a participant, among actors of which others come first by name and in no order."""
    for name in ("Antony Blinken", "Defense Industries System", "Iranian Army", "President of Iran", "Iran", "Russia"):
        make.actor(name)
    ActorAlias.objects.create(actor=make.actor("United States"), name="US")
    make.actor("Nikol Pashinyan", kind="person", country="AM")
    admin_login()
    page.goto(f"{live_server.url}/admin/timeline/event/add/")
    page.get_by_text("Add another Participant").click()
    return page


def delay(page, milliseconds: int) -> None:
    def late(route):
        time.sleep(milliseconds / 1000)
        route.continue_()

    page.unroute("**/admin/autocomplete/**")
    page.route("**/admin/autocomplete/**", late)


def picker(page, row: str = "#participations-0 .field-actor"):
    return page.locator(f"{row} .picker-words")


def stored(page) -> str:
    return page.locator("#id_participations-0-actor").evaluate("list => list.selectedOptions[0]?.text ?? ''")


def wrong_rows(page, moments: list[tuple[int, int]]) -> list[tuple]:
    """Return (typed, latency, wait, stored) of each time that Enter stored another row than was meant."""
    wrong = []
    for latency, wait in moments:
        delay(page, latency)
        for typed, meant in NAMES.items():
            picker(page).fill("")
            picker(page).press_sequentially(typed, delay=80)
            page.wait_for_timeout(wait)
            picker(page).press("Enter")
            expect(picker(page)).not_to_have_value(typed if typed != meant else "")
            page.wait_for_function("() => !document.querySelector('#participations-0 .picker-rows:not([hidden])')")
            page.wait_for_function("() => document.querySelector('#id_participations-0-actor').picker.isSettled")
            if stored(page) != meant:
                wrong.append((typed, latency, wait, stored(page)))
    return wrong


def test_enter_waits_for_the_answer_to_what_is_typed(form):
    assert wrong_rows(form, MOMENTS) == []


def test_enter_takes_no_row_unseen_where_several_may_be_meant(form):
    delay(form, 300)

    picker(form).press_sequentially("Pre")
    picker(form).press("Enter")
    expect(picker(form)).to_have_value("President of Iran")  # the only one

    picker(form).fill("Ira")
    picker(form).press("Enter")
    expect(form.locator("#participations-0 .picker-said")).to_have_text("No row has exactly this name: choose one.")
    assert stored(form) == "President of Iran"
    picker(form).press("ArrowDown")
    picker(form).press("Enter")
    expect(picker(form)).to_have_value("Iranian Army")

    # It is also another word for “Agreement in principle”
    picker(form, ".field-event_type").press_sequentially("cooperation")
    picker(form, ".field-event_type").press("Enter")
    expect(picker(form, ".field-event_type")).to_have_value("Cooperation")


def test_form_waits_for_the_picker_that_was_left_and_is_not_sent_with_words_that_name_no_row(form):
    delay(form, 300)
    form.get_by_label("Title").fill("Talks")
    form.locator("#id_actuality").select_option("occurred")
    form.locator("#id_participations-0-role").select_option("participant")
    picker(form).fill("Nobody of this name")
    picker(form, ".field-event_type").fill("Meeting")

    form.get_by_role("button", name="Save", exact=True).click()

    expect(form.locator("#participations-0 .picker-said")).to_have_text(
        "Nothing has this name: type another, or add it."
    )
    expect(form.locator("#id_event_type option:checked")).to_have_text("Meeting")
    picker(form).fill("Russia")
    form.wait_for_load_state("networkidle")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".messagelist")).to_contain_text("“Talks” is saved.")
    assert Participation.objects.get().actor.name == "Russia"


def test_escape_brings_back_what_was_chosen_and_an_empty_field_chooses_nothing(form):
    picker(form).fill("Russia")
    picker(form).press("Enter")
    expect(form.locator("#participations-0 .picker-rows")).to_be_hidden()
    form.wait_for_function("() => document.querySelector('#id_participations-0-actor').picker.isSettled")
    picker(form).fill("Ir")
    picker(form).press("Escape")

    expect(picker(form)).to_have_value("Russia")
    picker(form).fill("")
    assert stored(form) == ""


def test_what_is_not_there_is_added_without_another_window_or_the_name_typed_twice(form, complaints):
    picker(form).fill("Nikol Pashinian")
    picker(form).press("Enter")
    expect(picker(form)).to_have_value("Nikol Pashinyan")  # the only one that sounds so
    picker(form).fill("Nikol Pashinian")
    form.get_by_role("option", name="Add “Nikol Pashinian” …").click()
    fields = form.get_by_role("group", name="New actor")
    expect(fields.get_by_label("Name")).to_have_value("Nikol Pashinian")
    fields.get_by_label("Kind").select_option("person")
    fields.get_by_label("Kind").press("Enter")
    expect(fields.get_by_role("button", name="Use Nikol Pashinyan")).to_be_visible()
    fields.get_by_role("button", name="Add it anyway").click()

    expect(picker(form)).to_have_value("Nikol Pashinian")
    expect(picker(form)).to_be_focused()
    assert stored(form) == "Nikol Pashinian"
    assert Actor.objects.get(name="Nikol Pashinian").kind == "person"
    assert len(complaints) == 1  # of the name that was there already: the console names each refusal
    complaints.clear()


def test_picker_is_named_by_its_field_and_says_which_row_is_active(form):
    box = form.get_by_role("combobox", name="Actor")
    box.fill("Iran")
    option = form.get_by_role("option", name="Iran State", exact=True)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    expect(box).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("width", [1440, 390])
def test_list_of_a_picker_is_not_cut_off_by_its_row(form, width):
    form.set_viewport_size({"width": width, "height": 1000})
    picker(form, ".field-event_type").fill("ca")
    rows = form.locator(".field-event_type .picker-rows")
    expect(rows.get_by_role("option")).not_to_have_count(0)

    box = rows.evaluate("rows => rows.getBoundingClientRect().toJSON()")
    assert rows.evaluate(
        "(rows, [x, y]) => rows.contains(document.elementFromPoint(x, y))", [box["x"] + 20, box["bottom"] - 6]
    )


def test_actor_like_none_that_is_there_is_added_by_a_click(form):
    picker(form).fill("Qrzxt")
    expect(form.get_by_text("Nothing found.")).to_be_visible()
    form.get_by_role("option", name="Add “Qrzxt” …").click()

    expect(form.get_by_role("group", name="New actor").get_by_label("Name")).to_have_value("Qrzxt")
