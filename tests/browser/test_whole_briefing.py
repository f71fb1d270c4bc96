"""A whole briefing, the demo's, is coded by keyboard alone: from its text to a published event that is corrected. The counts of what
was pressed are printed (`pytest -s`)."""

import datetime as dt
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from tests import make
from tests.browser.axe import THOROUGH
from tests.browser.conftest import PASSWORD
from timeline.models import Briefing, BriefingSpeaker, Citation, Event, Participation, PendingChange

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not THOROUGH, reason="takes a minute: nightly, or with BROWSER_PROFILE=thorough"),
]

SEED = Path(__file__).parents[2] / "fixtures/briefings.json"
DENIAL = "MS ZEMBLA: We deny that Azerbaijan moved troops. The line is quiet."
KEY, THOUGHT = 0.2, 1.35  # seconds of the keystroke-level model
MOST_ACTIONS = 12  # of the median event
# beginning of the sentence, title, type, whether it happened, date typed ("" as proposed), participants to add: name and kind of a new one
EVENTS = [
    ("Yesterday the State", "State Department urges both sides to talk", "Call for restraint or talks", "Unclear", "", []),
    ("I was wondering", "State Department tweets about a call", "Statement", "Unclear", "24 or 25 March 2022", []),
    ("I’ll start off", "United States monitors the line of contact", "Statement", "Happened", "25 March 2022", []),
    ("I’ll start off", "Ceasefire of November 2020", "Ceasefire in force", "Happened", "November 2020", []),
    ("I’ll start off", "Line of contact established", "Line or zone established", "Happened", "between November 2020 and March 2022", []),
    ("The United States is", "Azerbaijan moves troops", "Troop movement", "Happened", "before 25 March 2022", []),
    ("Troop movements", "Spokesperson condemns troop movements", "Condemnation", "Happened", "25 March 2022", []),
    ("And to your", "Donfried speaks with both foreign ministers", "Phone call", "Happened", "24 March 2022", [("Karen Donfried", "Person")]),
    (
        *("And to your", "Blinken calls on Pashinyan and Aliyev", "Call for restraint or talks", "Happened", "21 and 22 March 2022"),
        [("Nikol Pashinyan", "Person"), ("Ilham Aliyev", "Person")],
    ),
    ("Armenia and Azerbaijan just", "Spokesperson calls on both sides to talk", "Call for restraint or talks", "Happened", "25 March 2022", []),
]  # fmt: skip


class Hands:
    """Presses keys and types, and counts as the keystroke-level model does: an action is a chord or a field that is filled; Tab, on
    the way to a field, costs the time of its key."""

    def __init__(self, page):
        self.page, self.actions, self.seconds = page, 0, 0.0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.actions += key != "Tab"
            self.seconds += KEY * len(key.split("+")) + (THOUGHT if key != "Tab" else 0)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.actions += 1
        self.seconds += KEY * len(text) + THOUGHT

    def wait(self, expectation: Callable[[], None]) -> None:
        """Wait for what the page is to show, and count how long that takes."""
        begun = time.monotonic()
        expectation()
        self.seconds += time.monotonic() - begun

    def retype(self, text: str) -> None:
        self.press("Control+a")
        self.type(text)

    def go(self, address: str) -> None:
        """Open an address, as typed into the bar of the browser."""
        self.page.goto(address)
        self.actions += 1

    def tab_to(self, selector: str, most: int = 120) -> None:
        for _ in range(most):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"No Tab leads to {selector}")


@pytest.fixture
def briefing() -> Briefing:
    text = next(row["fields"]["text"] for row in json.loads(SEED.read_text()) if row["model"] == "timeline.briefing")
    made = make.briefing(text, published_on=dt.date(2022, 3, 25), title="Briefing of 25 March 2022")
    porter = make.actor("Jalina Porter", kind="person")
    BriefingSpeaker.objects.create(briefing=made, label="MS PORTER", actor=porter)
    for name, code in (("Armenia", "AM"), ("Azerbaijan", "AZ"), ("United States", "US")):
        make.actor(name, country=code)
    return made


def sign_in(hands: Hands, server: str, role: str) -> None:
    if not User.objects.filter(username=role.lower()).exists():
        user = User.objects.create_user(role.lower(), password=PASSWORD, is_staff=True)
        user.groups.set([Group.objects.get(name=role)])
    hands.page.context.clear_cookies()
    hands.go(f"{server}/admin/login/")
    expect(hands.page.locator("#id_username")).to_be_focused()
    hands.type(role.lower())
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(hands.page.get_by_role("heading", name="Work", exact=True)).to_be_visible()


PICKED = "() => [...(CSS.highlights.get('picked') ?? [])].map(String).join('')"


def select(hands: Hands, beginning: str, *, is_again: bool) -> None:
    """Select the sentence that begins so: the one that was cited last, or one of the next."""
    for _ in range(9):
        hands.press("S" if is_again else "s")
        words = hands.page.evaluate(PICKED)
        if words.startswith(beginning):
            return
    raise AssertionError(f"No sentence begins with {beginning}; the last was {words}")


def add_actor(hands: Hands, name: str, kind: str) -> None:
    fields = hands.page.get_by_role("group", name="New actor")
    hands.press("Alt+p")
    hands.type(name)
    hands.wait(lambda: expect(hands.page.get_by_role("option", name=f"Add “{name}” …")).to_be_visible())
    hands.press("Enter")
    hands.wait(lambda: expect(fields.get_by_label("Kind")).to_be_focused())
    hands.type(kind)
    hands.press("Enter")
    hands.wait(lambda: expect(hands.page.locator(f"#event-panel option:checked:text-is('{name}')")).to_have_count(1))


def enter(hands: Hands, title: str, event_type: str, happened: str, date: str, actors: list[tuple[str, str]]) -> None:
    panel = hands.page.locator("#event-panel")
    hands.press("n")
    hands.wait(lambda: expect(panel.locator("#id_title")).to_be_focused())
    hands.type(title)
    hands.press("Tab")
    hands.type(event_type)
    hands.tab_to("#id_actuality")
    hands.type(happened)
    if date:
        hands.tab_to("#id_edtf")
        hands.type(date)
    for name, kind in actors:
        add_actor(hands, name, kind)
    hands.press("Control+Enter")
    hands.wait(lambda: expect(hands.page.locator("#words-form [data-said]")).to_contain_text(f"“{title}” ("))


def code_the_briefing(hands: Hands, address: str) -> list[tuple[int, float]]:
    """Enter the ten events on one page; return the actions and the seconds that each took, from the selection on."""
    hands.go(address)
    hands.page.evaluate("window.isTheSamePage = true")
    hands.press("t")
    taken = []
    cited_last = ""
    for beginning, *event in EVENTS:
        actions, seconds = hands.actions, hands.seconds
        select(hands, beginning, is_again=beginning == cited_last)
        enter(hands, *event)
        taken.append((hands.actions - actions, hands.seconds - seconds))
        cited_last = beginning
    assert hands.page.evaluate("window.isTheSamePage")
    return taken


def cite_the_denial(hands: Hands, server: str) -> None:
    """A second source denies an event: its words are cited for it."""
    source = make.briefing(DENIAL, title="Statement of Zembla")
    hands.go(f"{server}/admin/timeline/briefing/{source.pk}/workspace/")
    hands.press("s", "c")
    expect(hands.page.get_by_role("heading", name="Cite these words for an event")).to_be_visible()
    hands.tab_to("[name=q][type=search]")
    hands.type("Azerbaijan moves troops")
    hands.press("Enter")
    expect(hands.page.get_by_text("Found for")).to_be_visible()
    hands.tab_to("[name=event]")
    hands.press("Space")
    hands.tab_to("#id_act")
    hands.type("denies")
    hands.tab_to("[value='Cite for the chosen event']")
    hands.press("Enter")
    expect(hands.page.locator(".messagelist")).to_contain_text("is cited for “Azerbaijan moves troops”.")


def submit(hands: Hands, server: str, event: Event) -> None:
    hands.go(f"{server}/admin/timeline/event/{event.pk}/change/")
    hands.tab_to("[value='Save and submit for review']")
    hands.press("Enter")
    expect(hands.page.locator(".messagelist")).to_contain_text("is saved. In review")


def return_with_a_comment(hands: Hands, server: str, event: Event) -> None:
    hands.go(f"{server}/admin/timeline/event/{event.pk}/return/")
    hands.tab_to("#id_comment")
    hands.type("Say which side’s troops.")
    hands.tab_to("[value='Return to draft']")
    hands.press("Enter")
    expect(hands.page.locator(".messagelist")).to_contain_text("is returned.")


def publish(hands: Hands, server: str, event: Event) -> None:
    hands.go(f"{server}/admin/timeline/event/{event.pk}/preview/")
    hands.tab_to(".preview__ways button")
    hands.press("Enter")
    expect(hands.page.locator(".messagelist")).to_contain_text("is published.")


def propose_a_correction(hands: Hands, server: str, event: Event) -> None:
    hands.go(f"{server}/admin/timeline/event/{event.pk}/propose/")
    hands.tab_to("#id_title")
    hands.retype("Spokesperson calls on Armenia and Azerbaijan to talk")
    hands.tab_to("[name=change_class]")
    hands.type("Clarification")
    hands.tab_to("#id_change_reason")
    hands.type("Names both sides.")
    hands.tab_to("[value=Propose]")
    hands.press("Enter")
    expect(hands.page.locator(".messagelist")).to_contain_text("reviewer")


def accept(hands: Hands, server: str) -> None:
    hands.go(f"{server}/admin/timeline/event/review/")
    hands.tab_to(".proposed-list h3 a")
    hands.press("Enter")
    expect(hands.page.get_by_role("button", name="Accept as shown above")).to_be_visible()
    hands.tab_to("[name=_accept]")
    hands.press("Enter")
    expect(hands.page.locator(".messagelist")).to_contain_text("is changed as proposed")


def test_a_whole_briefing_by_keyboard_alone(page, live_server, briefing):
    hands, server = Hands(page), live_server.url
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(hands, server, "Editor")

    taken = code_the_briefing(hands, f"{server}/admin/timeline/briefing/{briefing.pk}/workspace/")
    cite_the_denial(hands, server)
    by_title = {event.title: event for event in Event.objects.all()}
    moved, called = by_title["Azerbaijan moves troops"], by_title["Spokesperson calls on both sides to talk"]
    for event in (moved, called):
        submit(hands, server, event)
    sign_in(hands, server, "Reviewer")
    return_with_a_comment(hands, server, moved)
    publish(hands, server, called)
    sign_in(hands, server, "Editor")
    submit(hands, server, moved)
    propose_a_correction(hands, server, called)
    sign_in(hands, server, "Reviewer")
    accept(hands, server)

    assert_all_is_there()
    actions, seconds = (statistics.median(costs) for costs in zip(*taken, strict=True))
    print(f"\nevents, actions and seconds: {[(cost, round(taking)) for cost, taking in taken]}")
    print(f"median {actions} actions, {seconds:.0f} s; {hands.actions} actions in all")
    assert actions <= MOST_ACTIONS


def assert_all_is_there() -> None:
    parties = set(Participation.objects.values_list("actor__name", "event__title"))
    dates = dict(Event.objects.values_list("title", "edtf"))
    denial = Citation.objects.get(briefing__title="Statement of Zembla")
    assert Event.objects.count() == len(EVENTS)
    assert parties >= {
        ("Karen Donfried", "Donfried speaks with both foreign ministers"),
        ("Nikol Pashinyan", "Blinken calls on Pashinyan and Aliyev"),
        ("Ilham Aliyev", "Blinken calls on Pashinyan and Aliyev"),
    }
    assert (dates["Azerbaijan moves troops"], dates["Ceasefire of November 2020"]) == ("[..2022-03-24]", "2020-11")
    assert (denial.act, denial.event.title, denial.state) == ("denies", "Azerbaijan moves troops", "verified")
    assert denial.event.status == "review"
    assert [note.text for note in denial.event.review_notes.all()] == ["Say which side’s troops."]
    corrected = Event.objects.public().get()
    assert corrected.title == "Spokesperson calls on Armenia and Azerbaijan to talk"
    assert PendingChange.objects.get().state == "accepted"
