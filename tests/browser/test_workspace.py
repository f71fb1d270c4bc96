"""Words selected in a transcript, with the mouse and with the keyboard, become an event or a citation."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.axe import wrong_in_each_look
from timeline.models import Briefing, BriefingSpeaker, Citation, Event

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Briefing 🕊 of March

QUESTION: Did the ministers speak? They said nothing.

MS PORTER: 👍 We know that Armenia and Azerbaijan spoke by phone on March 24th. The ceasefire holds.

They said nothing.
"""
CALL = "Armenia and Azerbaijan spoke by phone on March 24th"

# Where a stretch of text is on the page: the middle of its first and its last character.
ENDS = """words => {
  const spot = [...document.querySelectorAll(".spot-text")].find(element => element.textContent.includes(words));
  const walker = document.createTreeWalker(spot, NodeFilter.SHOW_TEXT);
  const at = spot.textContent.indexOf(words), points = [];
  let done = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const place of [at, at + words.length - 1]) {
      if (place < done || place >= done + node.length) continue;
      const range = document.createRange();
      range.setStart(node, place - done); range.setEnd(node, place - done + 1);
      const box = range.getBoundingClientRect();
      points.push([points.length ? box.right - 1 : box.left + 1, (box.top + box.bottom) / 2]);
    }
    done += node.length;
  }
  return points;
}"""


@pytest.fixture
def briefing() -> Briefing:
    made = make.briefing(TEXT, published_on=dt.date(2022, 3, 25))
    porter = make.actor("Jalina Porter", kind="person")
    BriefingSpeaker.objects.create(briefing=made, label="MS PORTER", actor=porter)
    make.actor("Armenia", country="AM")
    make.actor("Azerbaijan", country="AZ")
    return made


@pytest.fixture
def workspace(page, live_server, admin_login, briefing):
    admin_login()
    page.set_viewport_size({"width": 1100, "height": 720})  # where an event has a page of its own
    page.goto(f"{live_server.url}/admin/timeline/briefing/{briefing.pk}/workspace/")
    return page


def drag(page, first: str, last: str) -> None:
    """Select from the beginning of some words to the end of others."""
    (x, y), _ = page.evaluate(ENDS, first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*page.evaluate(ENDS, last)[1], steps=4)
    page.mouse.up()


def test_words_selected_with_the_mouse_become_an_event(workspace, briefing):
    drag(workspace, "menia and", "24")

    expect(workspace.locator("#id_quote")).to_have_value(CALL)
    workspace.locator(".pick-bar").get_by_role("button", name="New event").click()
    expect(workspace.locator("#id_citations-0-quote")).to_have_value(CALL)
    expect(workspace.locator("#id_edtf_understood")).to_contain_text("Understood as: 24 March 2022.")
    expect(workspace.locator(".field-event_type .picker-words")).to_have_value("Phone call")
    expect(workspace.locator("#citations-0 .field-speaker .picker-words")).to_have_value("Jalina Porter")
    workspace.locator("#id_actuality").select_option("occurred")
    workspace.get_by_label("Title").fill("Armenia and Azerbaijan speak by phone")
    workspace.get_by_role("button", name="Save", exact=True).click()

    citation = Citation.objects.get()
    mark = workspace.locator(f"#q-{citation.public_id}")
    expect(mark).to_have_text(CALL)
    expect(mark).to_be_in_viewport()
    expect(workspace.locator(".messagelist")).to_contain_text("(24 March 2022) is saved. Draft: only editors see it.")
    expect(workspace.locator(".coded b")).to_have_text("1 of 2 turns coded")
    assert (citation.state, TEXT[citation.start : citation.end]) == ("verified", CALL)
    assert Event.objects.get().participations.count() == 2


def test_words_selected_with_the_keyboard_become_a_citation(workspace, briefing):
    event = make.event("A call between the two")
    spot = workspace.locator(".spot-text[tabindex='0']")

    spot.focus()
    for key in ("ArrowDown", "ArrowDown", *["ArrowRight"] * 5, *["Shift+ArrowRight"] * 9, "Shift+ArrowLeft", "Enter"):
        workspace.keyboard.press(key)
    expect(workspace.locator("#id_quote")).to_have_value(f"{CALL}.")
    workspace.keyboard.press("Tab")
    workspace.keyboard.press("Enter")
    workspace.get_by_label("Words of the event").fill("call between")
    workspace.keyboard.press("Enter")
    workspace.get_by_role("radio", name="A call between the two").check()
    workspace.get_by_label("Act").select_option("confirms")
    workspace.get_by_role("button", name="Cite for the chosen event").click()

    expect(workspace.locator(".messagelist")).to_contain_text("is cited for “A call between the two”.")
    citation = Citation.objects.get()
    assert (citation.event, citation.quote, citation.act, citation.state) == (event, f"{CALL}.", "confirms", "verified")


def test_sentence_is_taken_by_a_double_click_and_by_shift_and_arrow_down(workspace, briefing):
    workspace.mouse.dblclick(*workspace.evaluate(ENDS, "ceasefire")[0])
    expect(workspace.locator("#id_quote")).to_have_value("The ceasefire holds.")

    workspace.get_by_role("button", name="Clear").click()
    expect(workspace.locator("#id_quote")).to_have_value("")
    spot = workspace.locator(".spot-text", has_text="Did the ministers")
    spot.evaluate("element => { element.tabIndex = 0; element.focus(); }")
    workspace.keyboard.press("Shift+ArrowDown")
    workspace.keyboard.press("Enter")
    expect(workspace.locator("#id_quote")).to_have_value("Did the ministers speak?")
    workspace.keyboard.press("Escape")
    expect(workspace.locator(".pick-bar")).to_have_count(0)


def test_selection_beyond_a_speaker_is_trimmed_and_says_so(workspace, briefing):
    drag(workspace, "ministers", "Azerbaijan")

    expect(workspace.locator("#id_quote")).to_have_value("ministers speak? They said nothing.")
    expect(workspace.locator(".said")).to_have_text("Only the words of QUESTION are taken: cite each speaker alone.")


def test_selection_across_marks_takes_the_text_as_it_is_stored(workspace, briefing):
    make.citation(make.event(), briefing, quote="We know that Armenia")
    make.citation(make.event(), briefing, quote="Armenia and Azerbaijan spoke")
    workspace.reload()

    drag(workspace, "know", "phone")

    expect(workspace.locator("#id_quote")).to_have_value("know that Armenia and Azerbaijan spoke by phone")
    start = TEXT.index("know")
    assert workspace.locator("input[name=place]").input_value() == f"{start}-{start + 47}"


def test_selection_over_two_paragraphs_of_a_speaker_holds_the_blank_line(workspace, briefing):
    spot = workspace.locator(".spot-text").last
    spot.evaluate("""passage => {
      const last = [...passage.childNodes].at(-1), first = passage.closest(".stretch").querySelector(".spot-text").firstChild;
      document.getSelection().setBaseAndExtent(first, first.data.indexOf("holds"), last, 4);
    }""")

    expect(workspace.locator("#id_quote")).to_have_value("holds.\n\nThey")


def test_words_that_stand_twice_are_told_apart_by_the_place_they_were_selected_at(workspace, briefing):
    last = workspace.locator(".spot-text").last
    last.evaluate("""passage => document.getSelection().selectAllChildren(passage)""")
    expect(workspace.locator("#id_quote")).to_have_value("They said nothing.")
    workspace.locator(".pick-bar").get_by_role("button", name="New event").click()

    expect(workspace.locator(".chosen-where")).to_contain_text("MS PORTER, answer")


def test_words_typed_over_are_looked_up_anew(workspace, briefing):
    drag(workspace, "The ceasefire", "holds.")
    expect(workspace.locator("#id_quote")).to_have_value("The ceasefire holds.")

    workspace.locator("#id_quote").fill("They said nothing.")
    workspace.get_by_role("button", name="New event from this").click()

    expect(workspace.locator(".places label")).to_have_count(2)
    workspace.locator(".places label").last.click()
    workspace.get_by_role("button", name="New event from this").click()
    expect(workspace.locator(".chosen-where")).to_contain_text("MS PORTER, answer")


def test_who_may_only_read_has_a_page_without_errors(page, live_server, admin_login, briefing, complaints):
    make.citation(make.event("Call"), briefing, quote=CALL)
    admin_login("reader", "view_briefing", "view_event", "view_citation")
    page.goto(f"{live_server.url}/admin/timeline/briefing/{briefing.pk}/workspace/")

    expect(page.locator(".spot-text mark.cited")).to_have_count(1)
    expect(page.locator("#words-form")).to_have_count(0)
    assert complaints == []


def test_without_javascript_the_quote_is_pasted(browser, live_server, admin_login, page, briefing):
    admin_login()
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    bare = context.new_page()
    bare.goto(f"{live_server.url}/admin/timeline/briefing/{briefing.pk}/workspace/")
    bare.locator("#id_quote").fill("Armenia and Azerbaijan talked by phone on March 24th")
    bare.get_by_role("button", name="New event from this").click()
    expect(bare.locator(".errorlist")).to_contain_text(f"The nearest passage is: “{CALL}”.")
    bare.locator("#id_quote").fill(CALL)
    bare.get_by_role("button", name="New event from this").click()
    expect(bare.locator("#id_citations-0-quote")).to_have_value(CALL)
    context.close()


def test_the_nearest_passage_is_taken_by_its_button(workspace):
    workspace.locator("#id_quote").fill("Armenia and Azerbaijan talked by phone on March 24th")
    workspace.get_by_role("button", name="New event from this").click()
    workspace.get_by_role("button", name="Use this passage").click()

    expect(workspace.locator("#id_quote")).to_have_value(CALL)


def test_pages_of_the_workspace_pass_axe_and_fit(workspace, live_server, briefing, complaints):
    make.citation(make.event("A draft"), briefing, quote="The ceasefire holds.")
    wrong = []
    for step in ("workspace", "Cite"):
        if step != "workspace":
            workspace.goto(f"{live_server.url}/admin/timeline/briefing/{briefing.pk}/workspace/")
            drag(workspace, "Armenia", "ceasefire")
            workspace.locator(".pick-bar").get_by_role("button", name=step).click()
            expect(workspace.locator(".chosen")).to_be_visible()
        before_axe = list(complaints)
        wrong += [f"{step}, {words}" for words in wrong_in_each_look(workspace, "#content")]
        complaints[:] = before_axe  # axe tries styles of its own, which the policy stops
        for width in (768, 320):
            workspace.set_viewport_size({"width": width, "height": 900})
            assert workspace.evaluate("document.documentElement.scrollWidth <= innerWidth"), (step, width)
        workspace.set_viewport_size({"width": 1440, "height": 900})

    assert wrong == []
