"""Facets narrow the list with a click, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.axe import wrong_in_each_look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain(browser, live_server, demo):
    """Return a page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def many(migrated):
    """Forty actors, each in as many events as its number says."""
    briefing = make.briefing()
    events = [make.published(briefing=briefing) for _ in range(40)]
    for number in range(1, 41):
        actor = make.actor(f"Actor {number:02}", slug=f"one-{number:02}")
        for event in events[:number]:
            make.participation(event, actor)


def count(page, value: str) -> int:
    return int(page.locator(f"#{value} .count").inner_text())


def test_value_is_taken_in_and_out_without_a_load(page, live_server, demo):
    page.goto(f"{live_server.url}/?order=date")
    page.evaluate("document.documentElement.dataset.kept = 'yes'")
    event_count = count(page, "actor-armenia")

    page.locator("#actor-armenia").click()
    expect(page.locator("h1")).to_contain_text(f"{event_count} events, involving Armenia")
    assert page.url == f"{live_server.url}/?actor=armenia"
    expect(page.locator("#actor-armenia")).to_have_attribute("aria-current", "true")
    expect(page.locator("#actor-armenia")).to_be_focused()
    expect(page.locator("article.entry")).to_have_count(event_count)

    page.locator("#actor-armenia").click()
    expect(page.locator("h1")).to_have_text("11 events, oldest first")
    assert page.url == f"{live_server.url}/?order=date"
    assert page.evaluate("document.documentElement.dataset.kept") == "yes"


def test_clicked_value_stays_under_the_pointer(page, live_server, demo):
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(f"{live_server.url}/?order=date")
    link = page.locator("#actor-azerbaijan")
    link.scroll_into_view_if_needed()
    before = link.bounding_box()["y"]

    link.click()
    expect(page.locator("h1")).to_contain_text("involving Azerbaijan")
    assert link.bounding_box()["y"] == pytest.approx(before, abs=2)


def test_quick_second_click_adds_to_the_first(page, live_server, demo):
    page.goto(f"{live_server.url}/?order=date")
    page.evaluate("for (const id of ['actor-armenia', 'actor-azerbaijan']) document.getElementById(id).click()")

    expect(page.locator("h1")).to_contain_text("involving Armenia or Azerbaijan")
    assert page.url == f"{live_server.url}/?actor=armenia&actor=azerbaijan"


def test_subjects_stay_open_as_the_reader_left_them(page, live_server, demo):
    page.goto(f"{live_server.url}/?order=date")
    page.locator("#title-act").click()
    page.locator("#title-type").click()

    page.locator("#category-statement").click()
    expect(page.locator("h1")).to_contain_text("in the category Statement")
    expect(page.locator("#facet-act")).to_have_attribute("open", "")
    expect(page.locator("#facet-type")).not_to_have_attribute("open", "")


def test_chip_takes_a_value_out_and_form_keeps_the_others(page, live_server, demo):
    page.goto(f"{live_server.url}/?actor=armenia&category=statement")
    page.locator("#id_from").fill("2022")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.locator("h1")).to_contain_text("since 2022")
    expect(page.locator("h1")).to_contain_text("involving Armenia")
    page.get_by_role("link", name="Remove the filter Actor: Armenia").click()
    expect(page.locator("h1")).not_to_contain_text("Armenia")
    assert page.url == f"{live_server.url}/?category=statement&from=2022"


def test_everything_is_reached_without_scripts(plain, live_server):
    plain.goto(f"{live_server.url}/?order=date")
    plain.locator("#actor-armenia").click()
    expect(plain.locator("h1")).to_contain_text("involving Armenia")

    plain.locator("#all-category").click()
    expect(plain.locator("h1")).to_have_text("Category")
    plain.get_by_label("None of: Call").check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator("h1")).to_contain_text("not in the category Call")
    expect(plain.locator("h1")).to_contain_text("involving Armenia")

    plain.locator("#all-actor").click()
    plain.get_by_role("searchbox", name="Search within").fill("azer")
    plain.get_by_role("search", name="Search within Actor").get_by_role("button").click()
    plain.get_by_label("All of: Azerbaijan", exact=True).check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator("h1")).to_contain_text("involving Armenia, involving Azerbaijan")
    assert plain.url == f"{live_server.url}/?actor=armenia&category__not=call&actor__all=azerbaijan"


def test_wrong_value_stays_until_it_is_taken_out(plain, live_server):
    plain.goto(f"{live_server.url}/?category=cal&act=reports")
    expect(plain.get_by_role("group", name="Category")).to_contain_text("Choose from")
    plain.get_by_label("cal", exact=True).uncheck()
    plain.get_by_role("button", name="Apply filters").click()

    expect(plain.locator("h1")).to_contain_text("where a source reports")


def test_long_facet_can_be_searched(page, live_server, many):
    page.goto(f"{live_server.url}/?order=date")
    expect(page.locator("#facet-actor a.value")).to_have_count(12)
    expect(page.locator("#all-actor")).to_contain_text("Show all 40")

    page.get_by_label("Search within Actor").fill("actor 07")
    expect(page.locator("#facet-actor a.value")).to_have_count(1)
    expect(page.locator("#said")).to_have_text("1 found")
    page.locator("#actor-one-07").click()
    expect(page.locator("h1")).to_contain_text("7 events, involving Actor 07")
    expect(page.locator("#actor-one-07")).to_have_attribute("aria-current", "true")

    page.get_by_label("Search within Actor").fill("actor 4")
    expect(page.locator("#facet-actor a.value")).to_have_count(5)
    page.get_by_label("Search within Actor").fill("")
    expect(page.locator("#facet-actor a.value")).to_have_count(13)


def test_paging_begins_at_the_list(page, live_server, many, settings):
    settings.EVENTS_PER_PAGE = 10
    page.goto(f"{live_server.url}/?order=date")
    page.get_by_role("link", name="Next").last.click()

    expect(page.locator("span", has_text="11 to 20 of 40").first).to_be_visible()
    expect(page.locator("#list")).to_be_focused()
    expect(page.locator("#list .list-head")).to_be_in_viewport()


def test_pages_of_facets_pass_axe(page, live_server, demo):
    wrong = []
    for address in ("/?actor=armenia&from=2022-03-24", "/facets/actor/?actor__not=armenia", "/facets/year/"):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
        wrong += [f"{address}, {words}" for words in wrong_in_each_look(page)]

    assert wrong == []
