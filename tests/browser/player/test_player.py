"""Our TimelineJS files in the player itself, which `npm ci` brings in this folder: no slide is before its event can have
been, and each says its date as the file has it."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tests import make
from tests.clients import body
from tests.test_timelinejs import SPANS
from timeline.dates import parse

pytestmark = pytest.mark.django_db(transaction=True)

PLAYER = Path(__file__).parent / "node_modules/@knight-lab/timelinejs/dist"
SITE = "http://player.test/"
PAGE = """<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><link rel="stylesheet" href="/player/css/timeline.css">
<script src="/player/js/timeline.js"></script></head><body><div id="player" style="width: 1200px; height: 700px"></div></body></html>"""
OPEN = """timeline => {
  window.timeline = new TL.Timeline("player", timeline, { hash_bookmark: false, font: null });
}"""
READ = """() => {
  const day = date => date && [
    String(date.getFullYear()).padStart(4, "0"),
    String(date.getMonth() + 1).padStart(2, "0"),
    String(date.getDate()).padStart(2, "0"),
  ].join("-");
  return window.timeline._timenav._markers.map(marker => ({
    id: marker.data.unique_id,
    begins: day(marker.data.start_date.data.date_obj),
    ends: marker.data.end_date ? day(marker.data.end_date.data.date_obj) : null,
  }));
}"""
WORDS = "() => [...document.querySelectorAll('.tl-slide .tl-headline-date')].map(element => element.textContent)"


@pytest.fixture
def play(page):
    """Return a function that opens a file in the player, and returns what it draws: by public id the days on which each slide
    begins and ends (ISO; None: no end), and the dates in words, in the order of the slides."""

    def answer(route) -> None:
        path = route.request.url.partition("/player/")[2]
        route.fulfill(path=PLAYER / path) if path else route.fulfill(body=PAGE, content_type="text/html")

    def open_file(timeline: dict) -> tuple[dict[str, tuple[str, str | None]], list[str]]:
        page.route(f"{SITE}**", answer)
        page.goto(SITE)
        page.evaluate(OPEN, timeline)
        page.wait_for_function("() => window.timeline.ready")
        drawn = {slide["id"]: (slide["begins"], slide["ends"]) for slide in page.evaluate(READ)}
        return drawn, page.evaluate(WORDS)

    return open_file


def file_of(query: str = "") -> dict:
    return json.loads(body(Client().get(f"/events.timelinejs.json{query}")))


@pytest.mark.django_db(transaction=True)
def test_no_slide_stands_before_its_event_and_each_says_its_date(play):
    events = {}
    for edtf in SPANS:
        event = make.published(title=f"Event of {edtf}", edtf=edtf)
        events[event.public_id] = event
    timeline = file_of()
    drawn, words = play(timeline)

    assert drawn.keys() == events.keys()
    for public_id, (begins, ends) in drawn.items():
        date = parse(events[public_id].edtf)
        earliest = date.start_earliest if date.has_known_start else date.end_latest
        assert begins >= earliest.isoformat(), events[public_id]
        assert ends is None or ends <= date.end_latest.isoformat(), events[public_id]
    assert sorted(filter(None, words)) == sorted(slide["display_date"] for slide in timeline["events"])


def test_slides_of_the_demo_stand_on_its_days(play, demo):
    timeline = file_of()
    drawn, words = play(timeline)

    assert [slide["unique_id"] for slide in timeline["events"] if slide["unique_id"] not in drawn] == []
    assert [word for word in words if word] == [slide["display_date"] for slide in timeline["events"]]
