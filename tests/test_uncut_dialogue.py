"""A dialogue whose labels are not known: whoever shows it says so, and nobody is made its speaker."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests import make
from timeline.models import Briefing
from timeline.suggest import known_actors, suggestions

pytestmark = pytest.mark.django_db

WORDS = "could not be separated in this text"
UNCUT = "– We condemn the attack.\n\n– Armenia spoke with Azerbaijan on March 24th.\n\n– Why?\n\n– We condemn it.\n"
CUT = "QUESTION: We condemn the attack.\n\nMS. LEE: We condemn it.\n"


def briefing(text: str) -> Briefing:
    make.actor("Armenia", kind="state"), make.actor("Azerbaijan", kind="state")
    return make.briefing(text, publisher=make.actor("Department"), status="published")


@pytest.mark.parametrize(("text", "is_said"), [(UNCUT, True), (CUT, False)])
def test_page_and_desk_say_so(client, admin_client, text, is_said):
    stored = briefing(text)
    pages = [client.get(stored.get_absolute_url())]
    pages += [admin_client.get(f"/admin/timeline/briefing/{stored.pk}/{page}/") for page in ("change", "workspace")]

    assert [WORDS in page.content.decode().lower() for page in pages] == [is_said] * 3
    assert any("<span>statement</span>" in page.content.decode() for page in pages) is not is_said


@pytest.mark.parametrize(("text", "is_publishers"), [(UNCUT, False), ("We condemn the attack of Armenia.", True)])
def test_nothing_is_proposed_as_said_by_its_publisher(text, is_publishers):
    stored = briefing(text)

    proposed = suggestions(stored, known_actors())

    assert proposed
    assert any("spoken by Department" in suggestion.why for suggestion in proposed) is is_publishers


def test_import_says_so(tmp_path):
    (tmp_path / "talk.txt").write_text(f"Talk\n\n{UNCUT}", encoding="utf-8")
    printed = StringIO()

    call_command("import_briefings", str(tmp_path), "--publisher", make.actor("Department").slug, stdout=printed)

    assert WORDS in printed.getvalue()
