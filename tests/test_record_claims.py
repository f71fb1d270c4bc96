"""What no page, file or message may claim: each case was once drawn, published or changed so."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tests import make
from tests.clients import csv_rows, page_ids
from tests.demo import demo  # noqa: F401
from tests.desk_client import reviewer, send
from tests.import_files import ACLED, brought_in, table
from timeline.history.corrections import corrections
from timeline.models import Event

pytestmark = pytest.mark.django_db

PROMISE = "Leaders will meet on 1 June."
CALL = "We call on both sides to stop."
WORDS = "Words of the record that go nowhere else."


def page(client, event: Event) -> str:
    html = re.sub(r"<[^>]+>", " ", client.get(event.get_absolute_url()).content.decode())
    return " ".join(html.split())


# A promise is not drawn as a deed


def promised(**changes) -> Event:
    briefing = make.briefing(f"MR X: {PROMISE}", published_on="2022-03-25")
    cited = {"quote": PROMISE, "act": "announces"}
    return make.published(
        "Leaders to meet", type="meeting", edtf="2022-06-01", briefing=briefing, cited=cited, **changes
    )


def test_announced_meeting_is_announced_and_never_certain(client):
    event = promised(actuality="announced")

    assert page_ids(client, "from=2022-06&to=2022-06&when=certain") == []
    assert page_ids(client, "from=2022-06&to=2022-06") == [event.public_id]
    assert "Announced for 1 June 2022" in page(client, event)
    assert "Happened" not in page(client, event)
    assert csv_rows(client, "")[0]["actuality"] == "announced"


def test_announcement_does_not_publish_what_is_said_to_have_happened():
    with pytest.raises(ValidationError, match="supports it by the codebook"):
        promised(actuality="occurred")


# Not every act carries every event


@pytest.mark.parametrize("act", ["calls_for", "announces", "denies", "disputes"])
def test_ceasefire_in_force_is_not_published_on_a_call_for_one(act):
    with pytest.raises(ValidationError, match="supports it by the codebook"):
        make.published(
            "Ceasefire in force",
            type="ceasefire",
            briefing=make.briefing(f"MR X: {CALL}"),
            cited={"quote": CALL, "act": act},
        )


def test_what_stood_so_stays_and_is_listed_and_marked(client, capsys):
    event = make.published(
        "Ceasefire in force", type="ceasefire", briefing=make.briefing(f"MR X: {CALL}"), cited={"quote": CALL}
    )
    event.citations.update(act="calls_for")
    Event.objects.refresh_support()
    Event.objects.all().refresh_evidence()

    call_command("list_unsupported")

    assert "Lacking support by the codebook: 1 public, 0 other." in capsys.readouterr().out
    assert "Under review: no source here supports this under the codebook’s rules." in page(client, event)
    assert page_ids(client, "assertion=not_told&assertion=first_hand") == []


# A toll does not change unseen


def test_death_toll_changes_in_public():
    event, chief = make.published(), reviewer()
    form = f"/admin/timeline/event/{event.pk}/change/"
    send(chief, form, deaths_low="2", deaths_best="5", deaths_high="9", change_class="update")
    send(chief, form, deaths_best="50", change_class="correction", change_reason="A slip of the pen.")

    assert [(row.kind, row.what, row.before, row.after, row.reason) for row in corrections(event)] == [
        (
            "Correction",
            "Deaths",
            "at least 2, best estimate 5, at most 9",
            "at least 2, best estimate 50, at most 9",
            "A slip of the pen.",
        ),
        ("Update", "Deaths", "", "at least 2, best estimate 5, at most 9", ""),
    ]


# What is about a day is possible on the days around it


@pytest.mark.parametrize(
    ("days", "expected"),
    [("from=2022-03-21&to=2022-03-23", True), ("from=2022-03-27&to=2022-03-28", True), ("from=2022-03-28", False)],
)
def test_about_a_day_is_possible_three_days_around_it_and_never_certain(client, days, expected):
    event = make.published(edtf="2022-03-24~")

    (row,) = csv_rows(client, "")
    assert (row["start_earliest"], row["start_latest"]) == ("2022-03-21", "2022-03-27")
    assert page_ids(client, days) == [event.public_id] * expected
    assert page_ids(client, f"{days}&when=certain") == []


def test_week_of_acled_is_its_days(client, tmp_path, settings):
    event = acled(tmp_path, settings, time_precision="2", event_date="2022-03-24")

    assert page_ids(client, "from=2022-03-21&to=2022-03-23") == [event.public_id]
    assert (event.start_earliest.isoformat(), event.end_latest.isoformat()) == ("2022-03-21", "2022-03-27")


# ACLED's words stay, and are not misread


def acled(tmp_path, settings, **changes) -> Event:
    settings.SHOWN_DATA_SETS = ["acled"]
    brought_in(tmp_path, table(ACLED | {"notes": WORDS} | changes), "acled", publish=True)
    return Event.objects.get()


def test_words_of_acled_stand_in_no_frame_and_no_structured_data(client, tmp_path, settings):
    event = acled(tmp_path, settings)
    addresses = [f"/embed/events/{event.public_id}/", "/embed/", "/events.csv", "/events.json", "/api/v1/events/"]
    html = client.get(event.get_absolute_url()).content.decode()

    structured = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert WORDS in html
    assert [WORDS in json.dumps(json.loads(text)) for text in structured] == [False] * len(structured)
    bodies = [
        b"".join(answer.streaming_content) if answer.streaming else answer.content
        for answer in map(client.get, addresses)
    ]
    assert [WORDS.encode() in body for body in bodies] == [False] * len(addresses)


def test_figure_and_place_of_acled_are_what_acled_says(client, tmp_path, settings):
    shown = page(client, acled(tmp_path, settings, fatalities="0", geo_precision="2"))

    assert "ACLED has no deaths reported." in shown
    assert "At least 0" not in shown
    assert "Deaths, as counted" not in shown
    assert "within about 25 km" not in shown


# A tick says what was matched, and with what


def test_text_of_the_demo_is_not_called_verified(client, demo):  # noqa: F811
    event = Event.objects.public().filter(form="quote").first()

    shown = page(client, event)
    assert "quote matched" in shown
    assert "verified" not in shown.lower()
    assert "not compared with the publisher’s page" in shown
