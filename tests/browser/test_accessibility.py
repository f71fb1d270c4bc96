"""axe finds nothing on any kind of page, on wide and narrow screens, in light and dark."""

import pytest

from tests.browser.axe import violations, wrong_in_each_look
from timeline.exports.make_release import make_release
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
    "/events/{event}/report/",
    "/about/",
    "/method/",
    "/codebook/",
    "/changes/",
    "/changes/?kind=none",
    "/releases/",
    "/releases/1/",
    "/actors/?q=armenia",
    "/actors/?q=-",
    "/?actor=armenia&actor=azerbaijan&page=all",
    "/nowhere/",
]


def test_public_pages_pass_axe(page, live_server, demo, complaints):
    event = Event.objects.get(title__startswith="Assistant Secretary Donfried").public_id
    make_release("The demo.")
    wrong = {}
    for address in PAGES:
        page.goto(live_server.url + address.format(event=event))
        wrong[address] = wrong_in_each_look(page)
    complaints[:] = [text for text in complaints if "status of 40" not in text]  # the wrong filter and the lost page

    assert wrong == {address: [] for address in PAGES}


def test_withdrawn_event_passes_axe(page, live_server, demo):
    event = Event.objects.public().first()
    event.withdraw("Entered twice.")
    page.goto(live_server.url + event.get_absolute_url())

    assert violations(page) == []


def test_pages_fit_320_pixels_and_twice_the_text(page, live_server, demo):
    event = Event.objects.public().first()
    addresses = ["/", event.get_absolute_url(), "/briefings/state-department-2022-03-25/", "/actors/", "/api/docs/"]
    addresses += ["/export/", "/verify/", f"{event.get_absolute_url()}cite/", f"{event.get_absolute_url()}report/"]
    for address in [*addresses, "/about/", "/method/", "/codebook/", "/changes/", "/conflicts/armenia-azerbaijan/"]:
        for size, zoom in ((320, "100%"), (640, "200%")):
            page.set_viewport_size({"width": size, "height": 800})
            page.goto(live_server.url + address)
            page.evaluate(f"document.documentElement.style.setProperty('font-size', '{zoom}')")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, size)
