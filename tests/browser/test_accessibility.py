"""axe finds nothing on any kind of page, on wide and narrow screens, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/",
    "/?category=call&from=2022&known_by=2022-03-25&actor=armenia",
    "/?from=2022-02-30&frm=2022",
    "/?from=2021-01&to=2021-06",
    "/events/{event}/",
    "/briefings/",
    "/briefings/state-department-2022-03-25/",
    "/actors/",
    "/actors/united-states/",
    "/places/",
    "/places/line-of-contact/",
    "/conflicts/",
    "/conflicts/armenia-azerbaijan/",
    "/api/docs/",
    "/export/",
    "/export/?category=clash",
    "/export/?frm=1",
    "/verify/",
    "/events/{event}/cite/",
    "/nowhere/",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def violations(page) -> list[str]:
    results = Axe().run(page)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in results.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_pass_axe(page, live_server, demo, complaints, scheme):
    event = Event.objects.get(title__startswith="Assistant Secretary Donfried").public_id
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in PAGES:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(live_server.url + address.format(event=event))
            if wrong := violations(page):
                found[address, size["width"]] = wrong
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"
    complaints[:] = [text for text in complaints if "status of 40" not in text]  # the wrong filter and the lost page

    assert found == {}


def test_withdrawn_event_passes_axe(page, live_server, demo):
    event = Event.objects.public().first()
    event.withdraw("Entered twice.")
    page.goto(live_server.url + event.get_absolute_url())

    assert violations(page) == []


def test_pages_fit_320_pixels_and_twice_the_text(page, live_server, demo):
    event = Event.objects.public().first()
    addresses = ["/", event.get_absolute_url(), "/briefings/state-department-2022-03-25/", "/actors/", "/api/docs/"]
    for address in [*addresses, "/export/", "/verify/", f"{event.get_absolute_url()}cite/"]:
        for size, zoom in ((320, "100%"), (640, "200%")):
            page.set_viewport_size({"width": size, "height": 800})
            page.goto(live_server.url + address)
            page.evaluate(f"document.documentElement.style.setProperty('font-size', '{zoom}')")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, size)
