"""A period is chosen on the overview: by a bar, by dragging, by its two handles; and the page follows without a load."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

CALLS = "/?actor=armenia"  # bars are the days from 21 to 25 March 2022


@pytest.fixture
def sent(page):
    """Return the addresses of documents asked for since the last `clear()`."""
    requested = []
    page.on("request", lambda request: requested.append(request.url) if request.resource_type in KINDS else None)
    return requested


KINDS = ("document", "fetch", "xhr")


@pytest.fixture
def overview(page, live_server, demo, sent):
    """Return the page of Armenia's events at its overview."""
    page.goto(live_server.url + CALLS)
    expect(page.locator("#brush-from")).to_be_visible()
    page.evaluate("document.documentElement.dataset.kept = 'yes'")  # gone after a full load
    sent.clear()
    return page


def is_kept(page) -> bool:
    return page.evaluate("document.documentElement.dataset.kept") == "yes"


def middle(page, number: int) -> tuple[float, float]:
    """Return the point in the middle of a bucket."""
    box = page.locator(".bucket .m-hit").nth(number).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)


def test_bars_are_links_with_names_without_scripts(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    plain = context.new_page()
    plain.goto(live_server.url + CALLS)
    expect(plain.get_by_role("slider")).to_have_count(0)
    expect(plain.get_by_text("drag across several")).to_be_hidden()

    plain.get_by_role("link", name=re.compile(r"^24 March 2022: ")).click()

    assert plain.url == f"{live_server.url}/?actor=armenia&from=2022-03-24&to=2022-03-24"
    expect(plain.locator("h1")).to_contain_text("24 March 2022")
    plain.get_by_role("link", name="Clear the period").click()
    assert plain.url == live_server.url + CALLS
    context.close()


def test_click_on_a_bar_shows_its_bucket_without_a_load(overview, live_server, sent):
    overview.mouse.click(*middle(overview, 3))

    expect(overview.locator("h1")).to_contain_text("24 March 2022")
    assert overview.url == f"{live_server.url}/?actor=armenia&from=2022-03-24&to=2022-03-24"
    assert sent == [overview.url]
    assert is_kept(overview)


def test_dragging_sends_nothing_until_it_ends(overview, live_server, sent):
    drag(overview, middle(overview, 1), middle(overview, 3))

    expect(overview.locator("#id_from")).to_have_value("2022-03-22")
    expect(overview.locator("#id_to")).to_have_value("2022-03-24")
    assert (sent, overview.url) == ([], live_server.url + CALLS)

    overview.mouse.up()
    expect(overview.locator("h1")).to_contain_text("from 22 March 2022 to 24 March 2022")
    assert sent == [f"{live_server.url}/?actor=armenia&from=2022-03-22&to=2022-03-24"]
    assert overview.url == sent[0]


def test_all_that_shows_the_filter_follows(overview):
    drag(overview, middle(overview, 3), middle(overview, 2))
    overview.mouse.up()

    expect(overview.locator("h1")).to_contain_text("involving Armenia, from 23 March 2022 to 24 March 2022")
    sentence = overview.locator("h1").inner_text()
    number = sentence.split()[0]
    expect(overview).to_have_title(f"{sentence} – Conflict event timeline")
    expect(overview.locator("#said")).to_have_text(sentence)
    expect(overview.locator("article.entry")).to_have_count(int(number))
    expect(overview.locator(".chip")).to_have_count(2)
    expect(overview.locator(".menu summary").last).to_contain_text(f"Export {number} event")
    address = overview.locator(".menu__panel a[href^='/events.csv']").get_attribute("href")
    assert address == "/events.csv?actor=armenia&from=2022-03-23&to=2022-03-24"
    assert overview.locator("link[rel=canonical]").get_attribute("href").endswith(address.removeprefix("/events.csv"))
    expect(overview.locator("#brush-from")).to_have_attribute("aria-valuetext", "23 March 2022")


def test_escape_gives_a_drag_up(overview, live_server, sent):
    drag(overview, middle(overview, 1), middle(overview, 3))
    overview.keyboard.press("Escape")
    overview.mouse.up()

    expect(overview.locator("#id_from")).to_have_value("")
    expect(overview.locator("#brush-from")).to_have_attribute("aria-valuetext", "21 March 2022")
    assert (sent, overview.url) == ([], live_server.url + CALLS)


def test_handle_is_moved_by_the_pointer(overview, live_server):
    box = overview.locator("#brush-to .brush-handle").bounding_box()
    drag(overview, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), middle(overview, 2))
    overview.mouse.up()

    expect(overview.locator("h1")).to_contain_text("until 23 March 2022")
    assert overview.url == f"{live_server.url}/?actor=armenia&to=2022-03-23"
    expect(overview.locator("#brush-to")).to_be_focused()


def test_window_is_moved_along_the_whole_record(overview, live_server):
    overview.mouse.click(*middle(overview, 3))
    expect(overview.locator("#plot .bucket")).to_have_count(1)
    box = overview.locator("#strip .brush-window").bounding_box()
    start = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    drag(overview, start, (start[0] - 2 * box["width"], start[1]))
    expect(overview.locator("#plot .brush-words")).to_have_text("22 March 2022")
    overview.mouse.up()

    expect(overview.locator("h1")).to_contain_text("22 March 2022")
    assert overview.url == f"{live_server.url}/?actor=armenia&from=2022-03-22&to=2022-03-22"


def test_handles_are_sliders_for_the_keyboard(overview, live_server, sent):
    start, end = overview.get_by_role("slider", name="Period from"), overview.get_by_role("slider", name="Period to")
    expect(start).to_have_attribute("aria-valuetext", "21 March 2022")
    expect(end).to_have_attribute("aria-valuetext", "25 March 2022")

    end.focus()
    overview.keyboard.press("ArrowLeft")
    overview.keyboard.press("ArrowLeft")
    expect(end).to_have_attribute("aria-valuetext", "23 March 2022")
    expect(start).to_have_attribute("aria-valuemax", "2")
    assert sent == []
    expect(overview.locator("h1")).to_contain_text("until 23 March 2022")
    assert sent == [f"{live_server.url}/?actor=armenia&to=2022-03-23"]
    expect(end).to_be_focused()

    overview.keyboard.press("Shift+ArrowLeft")
    expect(end).to_have_attribute("aria-valuetext", "21 March 2022")
    overview.keyboard.press("Enter")
    expect(overview.locator("h1")).to_contain_text("until 21 March 2022")
    overview.keyboard.press("End")
    overview.keyboard.press("Enter")
    expect(overview.locator("h1")).not_to_contain_text("until")
    assert overview.url == live_server.url + CALLS

    start.focus()
    overview.keyboard.press("End")
    expect(start).to_have_attribute("aria-valuetext", "25 March 2022")
    overview.keyboard.press("Home")
    overview.keyboard.press("ArrowRight")
    expect(overview.locator("h1")).to_contain_text("since 22 March 2022")
    expect(overview.locator("#id_from")).to_have_value("2022-03-22")


def test_escape_puts_a_handle_back(overview, sent):
    end = overview.get_by_role("slider", name="Period to")
    end.focus()
    overview.keyboard.press("ArrowLeft")
    overview.keyboard.press("Escape")

    expect(end).to_have_attribute("aria-valuetext", "25 March 2022")
    overview.wait_for_timeout(600)
    assert sent == []


def test_handle_inside_a_bucket_says_its_day(page, live_server, demo):
    page.goto(f"{live_server.url}/?from=2021-06-10")
    expect(page.get_by_role("slider", name="Period from")).to_have_attribute("aria-valuetext", "10 June 2021")
    expect(page.locator("#plot .brush-words")).to_have_text("10 June 2021 to 25 March 2022")


def test_back_and_forward_walk_through_the_periods(overview, live_server):
    overview.mouse.click(*middle(overview, 3))
    expect(overview.locator("h1")).to_contain_text("24 March 2022")
    overview.locator("#strip .bucket").first.click(position={"x": 60, "y": 10})
    expect(overview.locator("h1")).to_contain_text("21 March 2022")

    overview.go_back()
    expect(overview.locator("h1")).to_contain_text("24 March 2022")
    expect(overview.locator("#id_from")).to_have_value("2022-03-24")
    overview.go_back()
    expect(overview.locator("h1")).not_to_contain_text("24 March")
    assert overview.url == live_server.url + CALLS
    overview.go_forward()
    expect(overview.locator("h1")).to_contain_text("24 March 2022")
    assert is_kept(overview)


def test_period_can_be_cleared(overview, live_server):
    overview.mouse.click(*middle(overview, 3))
    overview.get_by_role("link", name="Clear the period").click()

    expect(overview.locator("h1")).not_to_contain_text("24 March")
    assert overview.url == live_server.url + CALLS
    assert is_kept(overview)


def test_failure_loads_the_page_instead(overview, live_server):
    address = f"{live_server.url}/?actor=armenia&from=2022-03-24&to=2022-03-24"
    failed = []

    def fail_once(route):
        if failed:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.fulfill(status=200, content_type="text/html", body="<p>Another page")

    overview.route(address, fail_once)
    overview.mouse.click(*middle(overview, 3))

    expect(overview.locator("h1")).to_contain_text("24 March 2022")
    assert (overview.url, failed) == (address, [address])
    assert not is_kept(overview)


def test_new_window_of_a_link_is_left_alone(overview, sent):
    with overview.context.expect_page() as opened:
        overview.locator(".bucket").nth(3).click(modifiers=["Control"])
    opened.value.close()
    assert sent == []


def test_touch_scrolls_the_page_over_the_overview(browser, live_server, demo):
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True)
    touched = context.new_page()
    touched.goto(live_server.url)
    touched.wait_for_load_state("networkidle")  # the chart asks for its drawing in this width
    assert touched.locator("#plot").evaluate("element => getComputedStyle(element).touchAction") == "pan-y"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_overview_stays_in_its_frame(page, live_server, demo, scheme):
    page.emulate_media(color_scheme=scheme)
    for width in (1440, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/?from=2021-06-10&to=2022-03-22")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        right = page.locator(".plot text:visible").evaluate_all(
            "texts => Math.max(...texts.map(text => text.getBoundingClientRect().right))"
        )
        assert right <= width, width


def test_empty_record_draws_nothing(page, live_server, transactional_db):
    page.goto(live_server.url)
    expect(page.locator("figure.overview")).to_have_count(0)
    expect(page.get_by_text("No events published yet")).to_be_visible()
