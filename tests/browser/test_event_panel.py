"""An event is entered beside the text, by keyboard alone and without another page."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.axe import wrong_in_each_look
from timeline.models import Actor, Citation, Event

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = """MR. KERR: Troops of Armenia opened fire at Lachin on March 24th. Nobody was hurt. We spoke with both sides.

QUESTION: Was anybody arrested?
"""


@pytest.fixture
def workspace(page, live_server, admin_login):
    """Return the workspace of a briefing, with a mark that another page would not have."""
    briefing = make.briefing(TEXT)
    make.actor("Armenia", country="AM")
    admin_login()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/admin/timeline/briefing/{briefing.pk}/workspace/")
    page.evaluate("window.isTheSamePage = true")
    return page


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def open_for_next_sentence(page) -> None:
    press(page, "Shift+ArrowDown", "Enter", "n")
    expect(page.locator("#event-panel #id_title")).to_be_focused()


def type_event(page, title: str, event_type: str) -> None:
    page.keyboard.type(title)
    press(page, "Tab")
    page.keyboard.type(event_type)
    press(page, "Enter")
    expect(page.locator("#event-panel .codebook section:visible")).to_have_count(1)
    page.locator("#id_actuality").focus()
    page.keyboard.type("Happened")


def saved(page, title: str) -> None:
    expect(page.locator("#words-form [data-said]")).to_contain_text(f"“{title}” (")
    expect(page.locator("#event-panel")).to_be_hidden()


def test_two_events_by_keyboard_alone_on_one_page(workspace, complaints):
    press(workspace, "t")
    open_for_next_sentence(workspace)
    expect(workspace.locator("#event-panel #participations-0 .picker-words")).to_have_value("Armenia")
    type_event(workspace, "Armenian troops open fire at Lachin", "battle")
    press(workspace, "Alt+p")
    workspace.keyboard.type("Lachin militia")
    expect(workspace.get_by_role("option", name="Add “Lachin militia” …")).to_be_visible()
    press(workspace, "Enter")
    expect(workspace.get_by_role("group", name="New actor").get_by_label("Kind")).to_be_focused()
    workspace.keyboard.type("Armed group")
    press(workspace, "Enter")
    expect(workspace.locator("#id_participations-1-actor option:checked")).to_have_text("Lachin militia")
    press(workspace, "Control+Enter")
    saved(workspace, "Armenian troops open fire at Lachin")

    open_for_next_sentence(workspace)
    expect(workspace.locator("#event-panel .chosen")).to_have_text("Nobody was hurt.")
    type_event(workspace, "Nobody is hurt at Lachin", "statement")
    press(workspace, "Control+Enter")
    saved(workspace, "Nobody is hurt at Lachin")

    first, second = Event.objects.order_by("pk")
    parties = first.participations.order_by("pk").values_list("actor__name", "role")
    assert list(parties)[1] == ("Lachin militia", "participant")
    assert [citation.quote for citation in Citation.objects.order_by("pk")] == [
        *("Troops of Armenia opened fire at Lachin on March 24th.", "Nobody was hurt."),
    ]
    assert (first.event_type.name, first.edtf, second.event_type.name) == ("Clash", "2022-03-24", "Statement")
    assert Actor.objects.get(name="Lachin militia").kind == "armed_group"
    expect(workspace.locator("#transcript mark")).to_have_count(2)
    expect(workspace.locator(".coded b")).to_have_text("1 of 2 turns coded")
    assert workspace.evaluate("window.isTheSamePage")


def test_one_key_selects_sentences_forth_and_back_over_the_turns(workspace):
    picked = "[...(CSS.highlights.get('picked') ?? [])].map(String).join('')"
    seen = []
    for key in ("s", "s", "s", "s", "S", "S", "S", "S"):
        press(workspace, key)
        seen.append(workspace.evaluate(picked)[:6])
    assert seen == ["Troops", "Nobody", "We spo", "Was an", "We spo", "Nobody", "Troops", "Troops"]

    press(workspace, "s", "n")
    expect(workspace.locator("#event-panel .chosen")).to_have_text("Nobody was hurt.")
    press(workspace, "Escape", "s", "c")
    expect(workspace.get_by_role("heading", name="Cite these words for an event")).to_be_visible()


def test_what_is_wrong_is_said_in_the_panel_and_nothing_is_lost(workspace):
    press(workspace, "t")
    open_for_next_sentence(workspace)
    workspace.keyboard.type("Fire at Lachin")
    workspace.locator("#id_edtf").fill("sometime")
    press(workspace, "Control+Enter")

    expect(workspace.locator("#event-panel .to-fix")).to_contain_text("Date")
    expect(workspace.locator("#id_title")).to_have_value("Fire at Lachin")
    assert not Event.objects.exists()


def test_other_words_take_the_place_of_those_that_a_begun_event_cites(workspace):
    press(workspace, "t")
    open_for_next_sentence(workspace)
    workspace.keyboard.type("Fire at Lachin")
    workspace.locator(".spot-text").first.focus()
    press(workspace, "Escape", *["ArrowRight"] * 5, "Shift+ArrowDown", "Enter", "n")

    expect(workspace.locator("#event-panel .chosen")).to_have_text("fire at Lachin on March 24th.")
    expect(workspace.locator("#id_title")).to_have_value("Fire at Lachin")
    assert workspace.evaluate("window.isTheSamePage")


def test_same_as_last_takes_conflict_place_and_participants(workspace):
    press(workspace, "t")
    open_for_next_sentence(workspace)
    type_event(workspace, "Fire at Lachin", "clash")
    press(workspace, "Control+Enter")
    saved(workspace, "Fire at Lachin")
    open_for_next_sentence(workspace)
    expect(workspace.locator("#participations-0 .picker-words")).to_have_count(0)
    workspace.get_by_role("button", name="Same as last").click()

    expect(workspace.locator("#participations-0 .picker-words")).to_have_value("Armenia")


def test_narrow_screens_have_the_form_on_its_own_page(workspace):
    workspace.set_viewport_size({"width": 1100, "height": 900})
    press(workspace, "t", "Shift+ArrowDown", "Enter", "n")

    expect(workspace.get_by_role("heading", name="New event from these words")).to_be_visible()
    expect(workspace.locator("#id_title")).to_be_focused()
    workspace.get_by_text("Add another Participant").click()
    expect(workspace.locator("#participations-1 .picker-words")).to_be_focused()


def test_question_mark_lists_the_shortcuts_and_the_panel_passes_axe(workspace, complaints):
    press(workspace, "?")
    expect(workspace.locator(".keys")).to_have_attribute("open", "")
    press(workspace, "t")
    open_for_next_sentence(workspace)

    assert [wrong for wrong in wrong_in_each_look(workspace) if "empty-table-header" not in wrong] == []  # the admin's
    complaints.clear()  # axe tries styles of its own, which the policy stops
