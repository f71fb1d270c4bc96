"""What axe finds on a page, and the looks in which a page is checked.

Every look is tried at night. While somebody waits two are, which differ in both width and colours: each rule is tried at
both widths and in both schemes, though not in each of the four together.
"""

import os

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDE, NARROW = 1440, 390
THOROUGH = os.environ.get("BROWSER_PROFILE") == "thorough"
ALL_LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (WIDE, 768, NARROW, 320)]
LOOKS = ALL_LOOKS if THOROUGH else [("light", WIDE), ("dark", NARROW)]
AXE = Axe()


def violations(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds on the page, or within the elements of a selector: each with the first place it is at."""
    results = AXE.run(page, within, {"resultTypes": ["violations"]})  # what passes is not listed: half the time
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in results.response["violations"]]


def set_look(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour is caught half-way
    page.set_viewport_size({"width": width, "height": 900})


def wrong_in_each_look(page: Page, within: str | None = None) -> list[str]:
    """Return what is wrong with the page that is open, in each look: what axe finds, and whether it scrolls sideways."""
    wrong = []
    for scheme, width in LOOKS:
        set_look(page, scheme, width)
        wrong += [f"{scheme}, {width} px: {violation}" for violation in violations(page, within)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{scheme}, {width} px: scrolls sideways")
    return wrong
