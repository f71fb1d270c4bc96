"""How the lanes are reached in a browser: by pointer, by touch, by keyboard and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MARCH, mark
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def test_zoom_leaves_filter_and_count_alone_and_back_works(open_page):
    page = open_page("/?actor=armenia")
    before = page.locator("h1").inner_text()
    start = page.url

    page.get_by_label("Zoom in").click()
    expect(page).to_have_url(re.compile("actor=armenia&first="))
    first = page.url
    page.get_by_label("Earlier").click()
    expect(page).not_to_have_url(first)
    expect(page.locator("[data-shown]")).not_to_have_text("Shown: all.")

    assert page.locator("h1").inner_text() == before
    assert page.locator("article.entry").count() == 4
    zoomed = page.url
    page.go_back()
    page.go_back()
    expect(page).to_have_url(start)
    expect(page.locator("[data-shown]")).to_have_text("Shown: all.")
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(zoomed)
    assert page.locator("h1").inner_text() == before


def test_filter_to_this_view_sets_the_period(open_page):
    page = open_page(MARCH)

    page.get_by_role("link", name="Filter to this view").click()

    expect(page.locator("h1")).to_contain_text("from 14 March 2022 to 3 April 2022")
    assert "first=" not in page.url


def test_wheel_zooms_with_ctrl_alone(open_page):
    page = open_page()
    page.locator(".lane__plot").first.scroll_into_view_if_needed()
    page.locator(".lane__plot").first.hover()

    top = page.locator("#lanes").bounding_box()["y"]
    page.mouse.wheel(0, 150)
    page.wait_for_timeout(400)
    assert page.locator("#lanes").bounding_box()["y"] == pytest.approx(top - 150, abs=2)
    assert "first" not in page.url

    page.locator(".lane__plot").last.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile("first="))


def test_drag_moves_the_view_and_opens_nothing(open_page):
    page = open_page("/?first=2020-12-01&last=2021-04-01")
    box = page.locator(".lane__plot").first.bounding_box()

    page.mouse.move(box["x"] + 700, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 15, steps=8)
    page.mouse.up()

    expect(page).to_have_url(re.compile("first=2021-01"))
    assert "event=" not in page.url
    assert page.locator(".card").count() == 0


def test_two_fingers_zoom_and_one_is_left_the_way_down_the_page(open_page):
    page = open_page()
    box = page.locator(".lane__plot").first.bounding_box()
    page.evaluate(
        """([x, y]) => {
            const plot = document.querySelector(".lane__plot");
            const send = (type, pointerId, x) => plot.dispatchEvent(new PointerEvent(type,
                { pointerId, pointerType: "touch", clientX: x, clientY: y, bubbles: true, isPrimary: pointerId === 91 }));
            plot.setPointerCapture = () => {};
            send("pointerdown", 91, x + 400); send("pointerdown", 92, x + 500);
            send("pointermove", 91, x + 200); send("pointermove", 92, x + 700);
            send("pointerup", 91, x + 200); send("pointerup", 92, x + 700);
        }""",
        [box["x"], box["y"] + 15],
    )

    expect(page.locator("[data-shown]")).not_to_have_text("Shown: all.")
    shown = page.locator(".lanes-figure").evaluate(
        "figure => (Date.parse(figure.dataset.last) - Date.parse(figure.dataset.first)) / 864e5 + 1"
    )
    assert shown == pytest.approx(536 / 5, abs=3)
    assert page.locator(".lane__plot").first.evaluate("plot => getComputedStyle(plot).touchAction") == "pan-y"


def test_number_looks_closer_and_then_lists_its_events(open_page):
    page = open_page()
    mark(page, "5 events").click()
    expect(page).to_have_url(re.compile("first=2022-03-20&last=2022-03-26"))

    mark(page, "4 events").click()

    card = page.locator(".card")
    expect(card.locator("h3")).to_have_text("4 events: 25 March 2022")
    assert card.get_by_role("listitem").count() == 4
    card.get_by_role("link").first.click()
    expect(card.locator("blockquote")).to_contain_text("we are closely monitoring the situation")


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
    expect(mark(page, "Ceasefire")).to_have_attribute("aria-current", "true")


def test_chart_is_walked_by_keyboard_alone(open_page):
    page = open_page()
    said = page.locator("[data-said]")
    page.locator("#lanes-keyboard").focus()
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
    expect(said).to_have_text("5 events: 21 and 22 March 2022; 25 March 2022, events 3 to 7 of 11")
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text(re.compile("^Assistant Secretary Donfried .*, 24 March 2022, event 10 of 11$"))

    for key, shown in (("+", "2021"), ("+", "2021"), ("[", "2021"), ("]", "2022"), ("-", "2021"), ("0", "all")):
        page.keyboard.press(key)
        expect(said).to_have_text(re.compile(f"^Shown: .*{shown}"))
    assert page.evaluate("document.activeElement.matches('.mark')")

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


def test_letters_do_nothing_outside_the_chart(open_page):
    page = open_page()
    page.get_by_label("Words in events and quotes").focus()

    page.keyboard.type("+?[")

    assert page.get_by_label("Words in events and quotes").input_value() == "+?["
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "first" not in page.url


def test_lanes_of_another_kind_keep_the_filter_and_the_view(open_page):
    page = open_page(f"{MARCH}&category=statement")

    page.get_by_role("link", name="Actor", exact=True).click()

    expect(page.locator("#lanes-actor")).to_have_attribute("aria-current", "true")
    expect(page.locator(".lane__name").first).to_contain_text("United States")
    assert page.url.endswith("/?category=statement&first=2022-03-14&lanes=actor&last=2022-04-03")
    page.go_back()
    expect(page.locator("#lanes-category")).to_have_attribute("aria-current", "true")


def test_chart_works_without_script(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(live_server.url)

    page.get_by_label("Zoom in").click()
    expect(page.locator("h1")).to_have_text("11 events, oldest first")
    expect(page.get_by_text("Shown: 3 March 2021 to 23 November 2021.")).to_be_visible()
    page.get_by_label("Show all").click()
    mark(page, "Ceasefire of November 2020").click()
    expect(page.locator("h1")).to_have_text("Ceasefire of November 2020")
    context.close()
