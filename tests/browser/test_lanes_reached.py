"""How the lanes are reached in a browser: by pointer, by touch, by keyboard and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MARCH, mark
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def test_zoom_is_the_period_of_everything_and_back_works(open_page):
    page = open_page("/?actor=armenia")
    start = page.url

    page.get_by_label("Zoom in").click()
    expect(page).to_have_url(re.compile("actor=armenia&from="))
    first = page.url
    page.get_by_label("Earlier").click()
    expect(page).not_to_have_url(first)
    expect(page.locator("h1")).to_contain_text(re.compile("from .* to "))

    number = page.locator("h1").inner_text().split()[0]
    assert page.locator("article.entry").count() == int(number)
    zoomed = page.url
    page.go_back()
    page.go_back()
    expect(page).to_have_url(start)
    expect(page.locator("h1")).not_to_contain_text("from")
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(zoomed)
    expect(page.locator("h1")).to_contain_text(re.compile("from .* to "))


def test_wheel_and_finger_are_left_the_way_down_the_page(open_page):
    page = open_page()
    page.locator(".lane__plot").first.scroll_into_view_if_needed()
    page.locator(".lane__plot").first.hover()

    top = page.locator("#lanes").bounding_box()["y"]
    page.mouse.wheel(0, 150)
    page.wait_for_timeout(400)

    assert page.locator("#lanes").bounding_box()["y"] == pytest.approx(top - 150, abs=2)
    assert page.locator(".lane__plot").first.evaluate("plot => getComputedStyle(plot).touchAction") == "pan-y"
    assert "from" not in page.url


def test_number_of_events_lists_them(open_page):
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator(".lanes-figure")).not_to_have_attribute("data-width", "960")
    page.get_by_role("link", name="Speaker", exact=True).click()
    page.locator("#lanes-speaker[aria-current]").wait_for()

    page.locator(".mark[data-group]").first.click()

    card = page.locator(".card")
    expect(card.locator("h3")).to_contain_text(re.compile("^[0-9] events: "))
    title = card.get_by_role("link").first.inner_text()
    card.get_by_role("link").first.click()
    expect(card.get_by_role("link", name=title)).to_be_visible()
    expect(card.locator("blockquote")).to_have_count(1)


def test_name_of_a_lane_filters(open_page, live_server):
    page = open_page("/?order=date")

    page.locator(".lane__name").get_by_role("link", name="Call").click()

    expect(page).to_have_url(f"{live_server.url}/?category=call")
    expect(page.locator("h1")).to_contain_text("1 event ")


def test_lanes_are_chosen(open_page, live_server):
    page = open_page("/?lanes=actor")

    page.get_by_text("Choose lanes").click()
    page.get_by_role("checkbox", name="Armenia").check()
    page.get_by_role("button", name="Show these lanes").click()

    expect(page.locator(".lane__name")).to_have_count(2)
    assert page.locator(".lane__name").all_inner_texts()[0].startswith("Armenia")
    assert page.url == f"{live_server.url}/?lanes=actor&lane=armenia"


def test_card_shows_who_says_so_and_back_closes_it(open_page):
    page = open_page(MARCH)
    event = Event.objects.get(title__startswith="Assistant Secretary Donfried")

    mark(page, "Assistant Secretary Donfried").locator("use").click()

    card = page.locator(".card")
    expect(card.get_by_role("link", name=event.title)).to_have_attribute("href", event.get_absolute_url())
    expect(card).to_contain_text("24 March 2022")
    expect(card.locator("blockquote")).to_have_count(1)
    expect(mark(page, "Assistant Secretary Donfried")).to_have_attribute("aria-current", "true")
    assert f"event={event.public_id}" in page.url
    page.go_back()
    expect(card).to_have_count(0)


def test_selected_event_is_part_of_the_address(open_page):
    event = Event.objects.get(edtf="2020-11") if Event.objects.exists() else None
    page = open_page()
    event = event or Event.objects.get(edtf="2020-11")
    page.goto(f"{page.url}?event={event.public_id}")

    expect(page.locator(".card")).to_contain_text("Ceasefire of November 2020")
    expect(mark(page, "Ceasefire of")).to_have_attribute("aria-current", "true")


def test_chart_is_walked_by_keyboard_alone(open_page):
    page = open_page()
    said = page.locator("[data-said]")
    page.locator("#lanes-keyboard").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".lane__name a").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(said).to_have_text("Ceasefire of November 2020, November 2020, event 1 of 11")
    assert page.locator(".mark[tabindex='0']").count() == 1

    page.keyboard.press("ArrowRight")
    expect(said).to_have_text(re.compile("^Line of contact .* event 2 of 11$"))
    page.keyboard.press("Home")
    expect(said).to_have_text(re.compile("^Ceasefire"))
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text(re.compile("event [0-9]+ of 11$"))
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text(re.compile("^Assistant Secretary Donfried .*, 24 March 2022, event 4 of 11$"))

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.mark')")

    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.mark')")
    page.keyboard.press("Escape")
    expect(said).to_have_text(re.compile("^Ceasefire of November 2020"))
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.mark')")


def test_keys_move_the_period_and_keep_the_focus_in_the_chart(open_page):
    page = open_page(MARCH)
    page.locator(".mark[tabindex='0']").focus()
    for key, period in (
        ("[", "from=2022-03-04&to=2022-03-24"),
        ("]", "from=2022-03-05&to=2022-03-25"),  # no further than the record
        ("+", "from=2022-03-10&to=2022-03-20"),
        ("-", "from=2022-03-03&to=2022-03-25"),
    ):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(period))
        expect(page.locator("#lanes")).to_be_focused()
    page.keyboard.press("0")
    expect(page.locator("h1")).to_have_text("11 events, oldest first")


def test_letters_do_nothing_outside_the_chart(open_page):
    page = open_page()
    page.get_by_label("Words in events and quotes").focus()

    page.keyboard.type("+?[")

    assert page.get_by_label("Words in events and quotes").input_value() == "+?["
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "from" not in page.url


def test_lanes_of_another_kind_keep_the_filter_and_the_period(open_page):
    page = open_page(f"{MARCH}&category=statement")

    page.get_by_role("link", name="Actor", exact=True).click()

    expect(page.locator("#lanes-actor")).to_have_attribute("aria-current", "true")
    expect(page.locator(".lane__name").first).to_contain_text("United States")
    assert page.url.endswith("/?category=statement&from=2022-03-14&to=2022-04-03&lanes=actor")
    page.go_back()
    expect(page.locator("#lanes-type")).to_have_attribute("aria-current", "true")  # one category: its types differ


def test_chart_works_without_script(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(live_server.url)

    page.get_by_label("Zoom in").click()
    expect(page.locator("h1")).to_contain_text("from 8 March 2021 to 18 November 2021")
    page.get_by_label("Show all").click()
    mark(page, "Ceasefire of November 2020").click()
    expect(page.locator("h1")).to_have_text("Ceasefire of November 2020")
    context.close()
