import io

import pytest
from django.core.management import CommandError, call_command

from tests import make
from timeline.models import Event

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: Armenia and Azerbaijan signed a treaty yesterday.\n\nThank you."


def said(slug: str) -> str:
    written = io.StringIO()
    call_command("suggest_events", slug, stdout=written)
    return written.getvalue()


def test_suggest_events():
    make.actor("Armenia"), make.actor("Azerbaijan")
    make.briefing(TEXT, slug="porter", title="A treaty")
    key = said("porter")[:12]

    assert said("porter") == (
        f"{key}  agreement  2022-03-24  occurred  Armenia and Azerbaijan signed a treaty yesterday\n"
        "  “Armenia and Azerbaijan signed a treaty yesterday.”\n"
        "  MS PORTER, statement, reports; characters 12 to 60\n"
        "  date: “yesterday”, The day before the briefing of 25 March 2022.\n"
        "  actors: Armenia (participant), Azerbaijan (participant)\n"
        "  why: “signed a treaty” is a trigger of Agreement signed; names Armenia and Azerbaijan.\n\n"
        "1 event is proposed from “A treaty”. Nothing is saved.\n"
    )
    assert Event.objects.count() == 0


def test_what_is_not_certain_is_marked_and_names_nobody():
    make.actor("Armenia"), make.actor("Azerbaijan")
    make.briefing("MS PORTER: Yesterday the Armenian side, they say, met with Azerbaijan.", slug="side", title="Sides")

    lines = said("side").splitlines()

    assert (lines[0][14:], lines[4]) == (
        "meeting?  2022-03-24?  occurred?  Yesterday the Armenian side, they say, met with Azerbaijan",
        "  actors: for the coder to say",
    )


def test_suggest_events_of_a_briefing_without_any():
    make.briefing("MS PORTER: Good morning.", slug="short", title="Short")

    assert said("short") == "0 events are proposed from “Short”. Nothing is saved.\n"


def test_suggest_events_of_no_briefing():
    with pytest.raises(CommandError, match="There is no source “none”. Its slug is the last part of its address."):
        said("none")
