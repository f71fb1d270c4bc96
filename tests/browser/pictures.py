"""Makes the pictures of docs/editors.md anew: make pictures. No test by itself, so that a run of the suite leaves docs/ alone.

The pages are the real ones, of the demo, as two accounts with fixed names see them. The clock of the server is where it
is put, so that a picture changes only where a page does.
"""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.test_workspace import drag
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, Event

pytestmark = pytest.mark.django_db(transaction=True)

FOLDER = Path(settings.BASE_DIR) / "docs" / "images"
LARGEST = 120 * 1024  # bytes of a picture
WIDTH = 1100
COLOURS = 48  # a page has few: ink, paper, the marker, and the edges of letters
CALLED_FOR = "Armenia and Azerbaijan just need to use direct communication channels to immediately de-escalate."
LEFT_OUT = (
    "Spokesperson calls on Armenia and Azerbaijan to use direct communication channels"  # is entered in the pictures
)
TITLE = "Spokesperson calls on both sides to use direct channels"


class Clock:
    """What the server takes for now; the browser's own clock shows nowhere."""

    moment = dt.datetime(2022, 3, 28, 9, 0, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.moment

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        self.moment = dt.datetime(2022, 3, day, hour, minute, tzinfo=dt.UTC)


class Camera:
    """One browser in which either account sits at the desk."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url
        page.set_viewport_size({"width": WIDTH, "height": 1000})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def sit(self, user: User) -> None:
        client = Client()
        client.force_login(user)
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}]
        )

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def take(self, name: str, first: str = "", last: str = "", *, height: int = 0) -> None:
        """Write a picture from the top of one element to the foot of another, or of so many pixels; else of the window."""
        path, how = FOLDER / f"desk-{name}.png", {"animations": "disabled", "caret": "hide"}
        self.page.mouse.move(0, 0)
        if first:
            how |= {"full_page": True, "clip": self._clip(first, last or first, height)}
        shot = Image.open(io.BytesIO(self.page.screenshot(**how))).convert("RGB")
        shot.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        assert path.stat().st_size <= LARGEST, f"{path.name} has {path.stat().st_size // 1024} KB"

    def _clip(self, first: str, last: str, height: int) -> dict:
        boxes = [self.page.locator(selector).first.bounding_box() for selector in (first, last)]
        top, foot = boxes[0]["y"], boxes[1]["y"] + boxes[1]["height"]
        scrolled = self.page.evaluate("scrollY")
        left, width = boxes[0]["x"], boxes[0]["width"]
        x = max(0, left - 40)
        return {
            "x": x,
            "y": max(0, top + scrolled - 8),
            "width": min(WIDTH - x, width + left - x + 40),
            "height": height or foot - top + 16,
        }


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


@pytest.fixture
def desk(clock, migrated) -> dict:
    """Load the demo, leave out what the pictures enter, and seat an editor and a reviewer."""
    call_command("load_demo", stdout=io.StringIO())
    left_out = Event.objects.get(title=LEFT_OUT)
    left_out.withdraw("Taken out for the pictures")
    left_out.citations.all().delete()
    Event.objects.filter(pk=left_out.pk).delete()
    people = {}
    for name, role in (("bela", "Editor"), ("carl", "Reviewer")):
        people[name] = User.objects.create_user(name, is_staff=True)
        people[name].groups.add(Group.objects.get(name=role))
    return people | {"briefing": Briefing.objects.get(slug="state-department-2022-03-25")}


@pytest.fixture
def camera(page, live_server) -> Camera:
    return Camera(page, live_server.url)


def test_pictures(camera, clock, desk):
    entering(camera, clock, desk)
    event = Event.objects.get(title=TITLE)
    reviewing(camera, clock, desk, event)
    correcting(camera, clock, desk, event)
    two_at_once(camera, clock, desk, event)
    merged_duplicates(camera, desk, event)
    another_text(camera, clock, desk)


def entering(camera: Camera, clock: Clock, desk: dict) -> None:
    page = camera.page
    camera.sit(desk["bela"])
    camera.open(f"/admin/timeline/briefing/{desk['briefing'].pk}/workspace/")
    page.set_viewport_size({"width": WIDTH, "height": 2400})  # the whole transcript: a drag does not scroll
    drag(page, "Armenia and Azerbaijan just need", "de-escalate.")
    expect(page.locator("#id_quote")).to_have_value(CALLED_FOR)
    page.set_viewport_size({"width": WIDTH, "height": 860})
    page.locator("#transcript").get_by_text("just need to use").last.evaluate(
        "element => element.scrollIntoView({block: 'center'})"
    )
    camera.take("workspace")
    page.locator(".pick-bar").get_by_role("button", name="New event").click()
    expect(page.locator("#id_citations-0-quote")).to_have_value(CALLED_FOR)
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Title").blur()
    page.get_by_label("Did it happen").select_option("occurred")
    camera.take("new-event", "#content", ".field-event_type")
    page.locator("#id_edtf").fill("24 or 25 March 2022")
    expect(page.locator("#id_edtf_understood")).to_contain_text("24 or 25 March 2022")
    page.locator("#id_edtf").blur()
    camera.take("date", "fieldset:has(.field-edtf)", ".field-date_note")
    page.locator("#id_edtf").fill("2022-03-25")
    expect(page.locator("#id_edtf_understood")).to_contain_text("One known day")
    camera.take("citation", "#citations-group", "#citations-0 .field-act")
    clock.at(28, 9, 10)
    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.locator(".messagelist")).to_contain_text("In review")


def reviewing(camera: Camera, clock: Clock, desk: dict, event: Event) -> None:
    page = camera.page
    clock.at(28, 14, 30)
    camera.sit(desk["carl"])
    camera.open("/admin/")
    camera.take("first-page", "#header", ".work")
    camera.open("/admin/timeline/event/review/")
    camera.take("queue", "#content", ".queue")
    page.get_by_role("link", name="Preview and publish").click()
    camera.take("preview", ".preview", height=440)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("is published")


def correcting(camera: Camera, clock: Clock, desk: dict, event: Event) -> None:
    page = camera.page
    clock.at(29, 8, 5)
    camera.sit(desk["carl"])  # a night is longer than a session
    camera.open(f"/admin/timeline/event/{event.pk}/change/")
    page.get_by_label("Summary").fill("Said in answer to a question about troop movements.")
    page.get_by_label("What kind of change").select_option("clarification")
    page.get_by_label("Why this change").fill("Say what the question was about")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("is saved")
    camera.open(f"/admin/timeline/event/{event.pk}/history/")
    camera.take("history", "#content", ".history")
    camera.open(event.get_absolute_url())
    camera.take("corrections", "#corrections")


def two_at_once(camera: Camera, clock: Clock, desk: dict, event: Event) -> None:
    page = camera.page
    camera.open(f"/admin/timeline/event/{event.pk}/change/")
    page.get_by_label("Title").fill("Spokesperson urges direct talks")
    page.get_by_label("What kind of change").select_option("clarification")
    page.get_by_label("Why this change").fill("Shorter")
    clock.at(29, 8, 20)
    with reason_for_change("Name the spokesperson"):
        other = Event.objects.get(pk=event.pk)
        other._history_user, other.title = desk["bela"], "Jalina Porter calls on both sides to use direct channels"
        other.summary = "Said in answer to a question about troop movements and a phone call."
        other.save()
    page.get_by_role("button", name="Save", exact=True).click()
    camera.take("two-at-once", ".conflict")


def merged_duplicates(camera: Camera, desk: dict, event: Event) -> None:
    other = Event.objects.get(title="State Department urges both sides to use direct communication channels")
    camera.open(f"/admin/timeline/event/{event.pk}/merge/?with={other.pk}")
    camera.take("merge", "#content", ".weighed")


def another_text(camera: Camera, clock: Clock, desk: dict) -> None:
    page, briefing = camera.page, desk["briefing"]
    clock.at(30, 10)
    camera.sit(desk["carl"])
    camera.open(f"/admin/timeline/briefing/{briefing.pk}/recapture/")
    changed = briefing.text.replace("deeply concerned about Azerbaijan troop", "concerned about Azerbaijani troop")
    page.locator("#id_text").fill(changed)
    page.get_by_label("Why this change").fill("The source has corrected its transcript")
    page.get_by_role("button", name="Show what it changes").click()
    page.locator("input[name=_confirm]").wait_for()
    camera.take("another-text", "#content", height=900)
