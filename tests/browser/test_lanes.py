"""The lanes in a browser: what is drawn, for which width, and that they pass axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import MARCH, mark

pytestmark = pytest.mark.django_db(transaction=True)

DRAWN = "960"  # pixels of the plot as the server draws it, not yet knowing better


def width_in_days(page, rect, days: int) -> float:
    """Return how many days wide a rectangle is, measured on the screen against the axis, which is so many days long."""
    plot = page.locator(".lanes__axis .plot").bounding_box()["width"]
    return rect.evaluate("rect => rect.getBBox().width") * days / plot


def test_ceasefire_of_november_is_a_box_as_wide_as_the_month_and_names_no_day(open_page):
    page = open_page("/?from=2020-10&to=2020-12")
    ceasefire = mark(page, "Ceasefire of November 2020")

    box = ceasefire.locator(".m-hatch")

    assert width_in_days(page, box, 92) == pytest.approx(30, abs=0.1)
    assert ceasefire.locator("use").count() == 0
    expect(ceasefire.locator("title")).to_have_text("Ceasefire of November 2020, November 2020")
    assert not re.search(r"\b\d{1,2} November", ceasefire.evaluate("mark => mark.outerHTML"))


def test_known_day_is_a_bar_one_day_wide_with_its_shape(open_page):
    page = open_page(MARCH)
    call = mark(page, "Assistant Secretary Donfried")

    assert width_in_days(page, call.locator(".m-solid"), 21) == pytest.approx(1, abs=0.01)
    expect(call.locator("use")).to_have_attribute("href", "#g-call")


def test_day_of_report_stands_upwards(open_page):
    page = open_page("/?axis=reported")

    tops = [
        mark(page, words).locator("rect").nth(1).bounding_box()["y"] for words in ("Ceasefire of", "Line of contact")
    ]
    line = page.locator(".g-same").bounding_box()

    assert all(line["y"] - 5 <= top < line["y"] + line["height"] / 3 for top in tops)  # reported late, all on one day


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chart_card_dialog_and_second_axis_pass_axe(open_page, scheme):
    page = open_page(MARCH)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    violations_of = {"chart": violations(page)}
    mark(page, "Spokesperson condemns").click()
    expect(page.locator(".card")).to_be_visible()
    page.locator("#lanes-legend summary").click()
    violations_of["card"] = violations(page)
    page.locator("#lanes-keyboard").click()
    violations_of["dialog"] = violations(page)
    page.goto(page.url.split("?")[0] + "?axis=reported")
    violations_of["reported"] = violations(page)

    assert violations_of == {"chart": [], "card": [], "dialog": [], "reported": []}


def test_every_event_of_the_demo_is_named_at_first_sight(open_page):
    page = open_page()

    assert page.locator(".m-label").count() == page.locator(".mark").count() == 11
    expect(page.locator(".lanes__axis .fold__words")).to_contain_text("1 year 4 months")


def test_nothing_is_cut_off_where_it_is_narrow_without_script(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(live_server.url)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    edges = page.locator(".lanes svg text:visible").evaluate_all(
        "all => all.map((text) => text.getBoundingClientRect()).flatMap(({ left, right }) => [left, right])"
    )
    assert edges
    assert 0 <= min(edges) <= max(edges) <= 390
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_narrow_chart_is_drawn_for_its_width(open_page, width):
    page = open_page()
    page.set_viewport_size({"width": width, "height": 800})

    expect(page.locator(".lanes-figure")).not_to_have_attribute("data-width", DRAWN)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    labels = page.locator(".m-label").evaluate_all("all => all.map(label => label.getBoundingClientRect().right)")
    assert max(labels) <= width


def test_another_filter_is_drawn_at_once_for_the_width_of_the_page(open_page):
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".lanes-figure")).not_to_have_attribute("data-width", DRAWN)
    width = page.locator(".lanes-figure").get_attribute("data-width")
    drawings = []
    page.on("request", lambda request: drawings.append(request.url) if "/marks.html" in request.url else None)

    page.locator(".lane__name").get_by_role("link", name="Call").click()

    expect(page.locator("h1")).to_contain_text("1 event ")
    expect(page.locator(".lanes-figure")).to_have_attribute("data-width", width)
    assert ("px" in page.url, drawings) == (False, [])


def test_hidden_chart_is_not_drawn_for_no_width(open_page):
    page = open_page()
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    for display in ("none", ""):
        page.evaluate(
            "display => new Promise((done) => { document.querySelector('.charts').style.display = display;"
            "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))); })",
            display,
        )

    assert addresses == []
    expect(page.locator(".lanes-figure")).to_have_attribute("data-width", DRAWN)


def test_drawing_of_very_many_events_comes_after_the_page(open_page, monkeypatch):
    monkeypatch.setattr("timeline.views.chart_marks.MOST_AT_ONCE", 10)
    page = open_page()

    expect(page.locator(".mark")).to_have_count(11)
    expect(page.locator(".lanes-figure")).to_have_attribute("data-width", DRAWN)
