"""A source entered from a file, as an editor sees it: what was found first, then the saved source."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.pdf_files import pdf
from timeline.models import Briefing, Original

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ("The talks\nMarch 25, 2022\nMR. PRICE: They hold.", "QUESTION: Why?\nMR. PRICE: They agreed.")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_file_is_read_shown_and_stored(page, live_server, admin_login, settings, tmp_path, width, scheme):
    settings.IMPORT_DIR = str(tmp_path / "uploads")
    make.actor("US Department of State", kind="organisation")
    file = tmp_path / "talks.pdf"
    file.write_bytes(pdf(*WORDS, catalogue=b"/Lang(en)"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    admin_login()

    page.goto(f"{live_server.url}/admin/timeline/briefing/add/")
    page.get_by_label("From a file").set_input_files(file)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(
        "found: Press briefing, 3 turns, language en, published 2022-03-25"
    )
    expect(page.get_by_label("Title")).to_have_value("The talks")
    expect(page.locator("#id_text")).to_have_value("\n\n".join(WORDS))
    expect(page.locator("#id_text")).not_to_be_editable()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not Briefing.objects.exists()

    page.locator(".field-publisher .picker-words").fill("US Department of State")
    page.get_by_role("option", name="US Department of State").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert Original.objects.get().text_sha256 == Briefing.objects.get().text_sha256
