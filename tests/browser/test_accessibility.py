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
    "/briefings/?kind=report&from=2022",
    "/search/?q=troop",
    "/actors/?kind=state&order=events",
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


def test_pages_fit_320_pixels_and_twice_the_text(page, live_server, demo, complaints):
    event = Event.objects.public().first()
    make_release("The demo.")
    sideways = []
    for address in [
        *PAGES,
        "/facets/actor/",
        "/compare/?a=from%3D2022&b=to%3D2021",
        "/embed/",
        "/?q=troop",
        "/search/?q=armenia",
    ]:
        for size, zoom in ((320, "100%"), (390, "200%"), (768, "200%")):
            page.set_viewport_size({"width": size, "height": 800})
            page.goto(live_server.url + address.format(event=event.public_id))
            page.evaluate(f"document.documentElement.style.setProperty('font-size', '{zoom}')")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                sideways.append((address, size, zoom))
    complaints[:] = [text for text in complaints if "status of 40" not in text]

    assert sideways == []


UNSEEN = """() => {
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  const isUnseen = (element) => {
    const { fill, stroke } = getComputedStyle(element);
    return [ground, "rgba(0, 0, 0, 0)"].includes(fill) && [ground, "none", "rgba(0, 0, 0, 0)"].includes(stroke);
  };
  const drawn = [...document.querySelectorAll(":is(.mark, .bucket, .versus-plot) :is(rect, use, path):not(.m-hit)")];
  return [drawn.length, drawn.filter(isUnseen).map((element) => element.outerHTML)];
}"""


def test_forced_colours_leave_every_mark_and_what_is_selected(page, live_server, demo):
    event = Event.objects.public().first()
    wrong = {}
    for address in ["/", "/?category=statement&from=2022", "/compare/?a=actor%3Darmenia&b=actor%3Dazerbaijan"]:
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        page.goto(live_server.url + address)
        drawn, unseen = page.evaluate(UNSEEN)
        assert drawn > 5, address
        wrong[address] = unseen + violations(page)
    page.goto(live_server.url + "/?category=statement&from=2022")
    selected, other = (
        page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")
        for selector in (".segments [aria-current]", ".segments .button:not([aria-current])")
    )
    page.goto(live_server.url + event.get_absolute_url())
    wrong["event"] = violations(page)

    assert wrong == dict.fromkeys(wrong, [])
    assert selected != other
