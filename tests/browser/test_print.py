"""Pages on paper: black, whole, and with what a reader needs to find them again."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests import make
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

A4 = {"width": 688, "height": 980}  # CSS pixels between the margins
BRIEFING = "/briefings/state-department-2022-03-25/"
PAIR = "/compare/?a=actor%3Darmenia&b=actor%3Dazerbaijan"
TINTED = """() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const isTinted = (colour) => {
    const [red, green, blue, alpha = 1] = parts(colour);
    return alpha > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 8;
  };
  const names = ["color", "fill", "stroke", "backgroundColor", "borderTopColor", "textDecorationColor"];
  return [...document.querySelectorAll("body, body *")]
    .filter((element) => element.checkVisibility())
    .flatMap((element) => names.filter((name) => isTinted(getComputedStyle(element)[name]))
      .map((name) => `${element.localName}.${element.getAttribute("class")} ${name}`));
}"""


@pytest.fixture
def paper(page, live_server, demo):
    """Return a function that shows an address as it is printed, for a reader who sees the site in the dark."""

    def show(address: str):
        page.set_viewport_size(A4)
        page.emulate_media(color_scheme="dark", media="print")
        page.goto(live_server.url + address)
        return page

    return show


def addresses() -> list[str]:
    return ["/", Event.objects.get(edtf="2020-11").get_absolute_url(), BRIEFING, PAIR, "/actors/armenia/"]


def test_nothing_printed_has_a_colour(paper):
    for address in addresses():
        page = paper(address)
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate(TINTED) == [], address
    page.emulate_media(media="screen")
    assert page.evaluate(TINTED) != []  # so it would have been found


def test_every_page_says_what_it_is_and_where_and_when(paper):
    day = dt.date.today()
    for address, words in zip(
        addresses(),
        [
            "11 events, newest first. Permanent link: http://testserver/.",
            "Ceasefire of November 2020, November 2020. Permanent link: http://testserver/events/",
            "Department of State, 25 March 2022. Permanent link: http://testserver/briefings/",
            "4 events, involving Armenia; compared with 6 events, involving Azerbaijan. Permanent link: http://testserver/compare/",
            "Armenia: 4 events, involving Armenia, oldest first. Permanent link: http://testserver/actors/armenia/.",
        ],
        strict=True,
    ):
        foot = paper(address).locator("footer").inner_text()
        assert words in foot
        assert f"Retrieved on {day.day} {day:%B %Y}." in foot


def test_no_control_is_printed(paper):
    controls = (
        "button, input, select, textarea, .button, .chip, .skip, .share, .menu, nav, [aria-label='Active filters']"
    )
    for address in addresses():
        visible = [control for control in paper(address).locator(controls).all() if control.is_visible()]
        assert [control.inner_html()[:80] for control in visible] == [], address


def test_quotes_are_printed_whole(paper):
    text = (
        "MS PORTER: " + "They spoke of the line of contact and of every village along it, " * 12 + "and that was all."
    )
    event = make.published(
        "Long", edtf="2022-03-26", briefing=make.briefing(text), cited={"quote": text.removeprefix("MS PORTER: ")}
    )
    cut = "elements => elements.filter((element) => element.scrollHeight > element.clientHeight + 1).length"

    page = paper("/")

    assert page.locator(".quote").evaluate_all(cut) == 0
    expect(page.locator(f"#e-{event.public_id} .quote")).to_contain_text("and that was all.")
    page.emulate_media(media="screen")
    assert page.locator(".quote").evaluate_all(cut) > 0


def test_sources_are_spelled_out(paper):
    make.published(briefing=make.briefing(title="Readout of a call", url="https://example.org/readout"))

    page = paper("/")

    expect(page.locator(".sources")).to_be_visible()
    expect(page.locator(".sources li")).to_contain_text(
        [
            "http://testserver/briefings/state-department-2022-03-25/",
            "“Readout of a call”, press briefing, 25 March 2022.",
        ]
    )
    expect(page.locator(".sources li").last).to_contain_text("https://example.org/readout")
    page.emulate_media(media="screen")
    expect(page.locator(".sources")).not_to_be_visible()


def test_folded_parts_of_a_briefing_are_printed_open(paper):
    page = paper(BRIEFING)

    expect(page.locator(".index__list .note").first).to_be_visible()
    expect(page.locator(".hash code").last).to_be_visible()
    expect(page.locator(".hash code").first).not_to_be_visible()


def test_charts_are_printed_with_hatch(paper):
    page = paper("/")
    assert (
        page.locator(".overview .b-hatch")
        .first.evaluate("element => getComputedStyle(element).fill")
        .startswith("url(")
    )
    page = paper("/compare/?a=from%3D2020&b=from%3D2020")
    assert page.locator(".b-possible").first.evaluate("element => getComputedStyle(element).fill").startswith("url(")
    expect(page.locator(".versus-table td").first).to_be_visible()


def test_month_is_no_day_on_paper(paper):
    main = paper(Event.objects.get(edtf="2020-11").get_absolute_url()).locator("main").inner_text()

    assert "1 November 2020" not in main
    assert "November 2020" in main


def test_pages_become_a_document(paper):
    for address in addresses():
        assert paper(address).pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
