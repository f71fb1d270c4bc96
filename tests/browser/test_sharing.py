"""Passing the timeline on: copied, compared, and in a frame on another site."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.axe import wrong_in_each_look
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

HOST_PAGE = """<!doctype html><title>An article</title><p>Before.</p>
<iframe src="{address}" title="The timeline" width="100%" height="600"></iframe>
<script>
addEventListener("message", ({{ data, source }}) => {{
  if (data?.type !== "timeline-height") return;
  for (const frame of document.querySelectorAll("iframe")) {{
    if (frame.contentWindow === source) frame.height = data.height;
  }}
}});
</script>"""
PAIR = "/compare/?a=actor%3Darmenia&b=actor%3Dazerbaijan"


@pytest.fixture
def article():
    """Return a function that shows an article of another site with a frame on this address, and returns the frame."""

    class Handler(BaseHTTPRequestHandler):
        address = ""

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(HOST_PAGE.format(address=self.address).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()

    def show(page, address: str):
        Handler.address = address
        page.goto(f"http://127.0.0.1:{server.server_port}/article")
        return page.frame_locator("iframe")

    yield show
    server.shutdown()
    server.server_close()


@pytest.fixture
def clipboard(page, live_server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    return lambda: page.evaluate("navigator.clipboard.readText()")


def test_link_copied_is_the_filter_and_the_view(page, live_server, demo, clipboard):
    page.goto(f"{live_server.url}/?utm_source=x&category=call")
    page.evaluate("history.replaceState({}, '', '?category=call&lane=armenia&lane=azerbaijan&lanes=actor&after=x')")

    button = page.get_by_role("button", name="Copy link")
    button.click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard() == "http://testserver/?category=call&lane=armenia&lane=azerbaijan&lanes=actor"
    expect(button).to_be_visible(timeout=6000)


def test_html_of_the_frame_is_copied(page, live_server, demo, clipboard):
    page.goto(f"{live_server.url}/?category=call")

    page.get_by_text("Embed", exact=True).click()
    page.get_by_role("button", name="Copy the HTML").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard() == page.get_by_label("HTML to paste into a page").input_value()
    assert clipboard().startswith(
        '<iframe src="http://testserver/embed/?category=call" title="1 event, in the category'
    )


def test_without_scripts_nothing_copies_and_the_html_can_be_taken(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/?category=call")

    page.get_by_text("Embed", exact=True).click()

    expect(page.get_by_label("HTML to paste into a page")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()


def test_frame_stands_on_another_site_as_high_as_its_contents(page, live_server, demo, article):
    frame = article(page, f"{live_server.url}/embed/?from=2022-03")

    expect(frame.locator("h1")).to_contain_text("since March 2022")
    expect(frame.locator("footer")).to_contain_text("From Conflict event timeline")
    page.wait_for_function("document.querySelector('iframe').height > 1000")
    assert frame.locator("html").evaluate("element => element.scrollHeight <= innerHeight")
    assert page.context.cookies() == []


def test_frame_without_scripts_shows_the_same(browser, live_server, demo, article):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    frame = article(page, f"{live_server.url}/embed/?category=call")

    expect(frame.locator("article.entry")).to_have_count(1)
    context.close()


def test_link_in_the_frame_opens_a_page_of_its_own(page, live_server, demo, article):
    frame = article(page, f"{live_server.url}/embed/?category=call")
    event = Event.objects.get(title__startswith="Assistant Secretary Donfried")

    with page.expect_popup() as opened:
        frame.get_by_role("link", name=event.title).click()

    expect(opened.value.locator("h1")).to_have_text(event.title)
    assert opened.value.url == f"{live_server.url}{event.get_absolute_url()}?category=call"
    assert page.url.endswith("/article")


def test_bar_in_the_frame_narrows_it_there(page, live_server, demo, article):
    frame = article(page, f"{live_server.url}/embed/?from=2022-03-21&to=2022-03-25")

    frame.locator(".bucket:not([tabindex])").last.click()

    expect(frame.locator("h1")).not_to_contain_text("from 21 March 2022 to 25 March 2022")
    expect(frame.locator("#clear-period")).to_be_visible()
    assert page.url.endswith("/article")


def test_no_other_page_can_be_framed(page, live_server, demo, article, complaints):
    with page.expect_console_message():
        frame = article(page, live_server.url)

    assert frame.locator(".entry").count() == 0
    (refusal,) = complaints
    assert "frame-ancestors 'none'" in refusal
    complaints.clear()


def test_structured_data_is_no_script_to_the_content_policy(page, live_server, demo):
    """The fixture `complaints` fails this where the policy blocks the element."""
    page.goto(live_server.url + Event.objects.get(edtf="2020-11").get_absolute_url())

    json_ld = json.loads(page.locator('script[type="application/ld+json"]').inner_text())

    assert json_ld["startDate"] == "2020-11"


def test_comparison_is_chosen_and_read_without_scripts(browser, live_server, demo):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/?category=call")

    page.get_by_role("link", name="Compare with…").click()
    side = page.get_by_role("group", name="B", exact=True)
    categories = side.get_by_role("group", name="Category, B")
    categories.get_by_label("Call").uncheck()
    categories.get_by_label("Troop movement").check()
    side.get_by_label("As known on, B").fill("2022-03-25")
    page.get_by_role("button", name="Compare").click()

    assert page.url == f"{live_server.url}/compare/?a=category%3Dcall&b=category%3Dtroops%26known_by%3D2022-03-25"
    expect(page.locator("h2.versus__sentence")).to_have_text(
        ["A 1 event, in the category Call", "B 1 event, in the category Troop movement, as known on 25 March 2022"]
    )
    expect(page.get_by_text("The record as known on 25 March 2022.")).to_be_visible()
    page.get_by_role("link", name="see today’s record").click()
    assert page.url == f"{live_server.url}/compare/?a=category%3Dcall&b=category%3Dtroops"
    context.close()


def test_bar_of_a_comparison_leads_to_its_events(page, live_server, demo):
    page.goto(live_server.url + PAIR)

    page.locator(".versus-plot .bucket", has_text="B, 24 March 2022").click()

    assert page.url == f"{live_server.url}/?actor=azerbaijan&from=2022-03-24&to=2022-03-24"
    expect(page.locator("h1")).to_contain_text(
        "3 events, involving Azerbaijan, on 24 March 2022, 2 of them only possibly"
    )


def test_compare_and_embed_by_keyboard_alone(page, live_server, demo):
    page.goto(f"{live_server.url}/?actor=armenia")

    def reach(name: str, key: str = "Tab", most: int = 200) -> None:
        """Press Tab until what has the focus is called so."""
        for _ in range(most):
            page.keyboard.press(key)
            words = page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().replace(/\\s+/g, ' ')"
            )
            if words.startswith(name):
                return
        raise AssertionError(f"The Tab key never reaches “{name}”.")

    reach("Compare with…")
    reach("Embed")
    page.keyboard.press("Enter")
    reach("HTML to paste into a page")
    reach("Compare with…", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?a=actor%3Darmenia")

    reach("As known on, A")
    reach("As known on, B")
    page.keyboard.type("2022-03-25")
    reach("Compare")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?a=actor%3Darmenia&b=actor%3Darmenia%26known_by%3D2022-03-25")

    reach("Show as a table")
    page.keyboard.press("Enter")
    reach("1 event of A, 21 March 2022")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?actor=armenia&from=2022-03-21&to=2022-03-21")


def test_pages_of_sharing_pass_axe(page, live_server, demo, complaints):
    event = Event.objects.get(edtf="2020-11")
    wrong = []
    for address in [
        "/?known_by=2022-03-25",
        event.get_absolute_url(),
        "/compare/",
        "/compare/?a=category%3Dcall",
        PAIR,
        PAIR + "%26known_by%3D2022-03-25&scale=own",
        "/compare/?a=frm%3D1&b=from%3Dyesterday",
        "/embed/",
        "/embed/?category=clash",
        "/embed/?frm=1",
        f"/embed{event.get_absolute_url()}",
    ]:
        page.goto(live_server.url + address)
        for summary in page.locator(".share > summary, .versus-table > summary").all():
            summary.click()
        wrong += [f"{address}, {words}" for words in wrong_in_each_look(page)]
    complaints[:] = [text for text in complaints if "status of 400" not in text]

    assert wrong == []
