"""Events that tests of exports start from, and the files that they take."""

import io
import zipfile

from django.test import Client

from tests import make
from timeline.models import Event

from .clients import body


def call() -> Event:
    """Return an event with everything a row can hold, under ids that do not change."""
    briefing = make.briefing(
        "MS PORTER: I can confirm the call.",
        slug="march",
        title="=Briefing of March",
        publisher=make.actor("Department"),
        url="https://www.state.gov/march",
        origin=make.actor("Wire", slug="wire"),
    )
    place = make.place("Yerevan", country="AM", latitude="40.181100", longitude="-44.513600")
    event = make.event(
        "-Call",
        edtf="2020-11",
        type="phone-call",
        place=place,
        place_precision="near",
        public_id="e000000001",
        date_as_stated="in November",
    )
    make.participation(event, make.actor("Ada", slug="ada"), "initiator", office="Secretary", position=1)
    make.participation(event, make.actor("Ben", slug="ben"), "recipient", position=2)
    speaker = make.actor("Porter", slug="porter")
    values = {"basis": "first_hand", "deaths_best": 3, "place": make.place("Gyumri", slug="gyumri")}
    words = {"quote": "I can confirm the call.", "act": "confirms", "speaker": speaker}
    make.citation(event, briefing, public_id="c000000001", **words, **values)
    event.publish()
    return event


def month() -> Event:
    """Return an event known to the month."""
    event = make.event("Ceasefire", edtf="2020-11", public_id="e000000001")
    make.citation(event)
    event.publish()
    return event


def taken(client: Client, extension: str, query: str = "") -> bytes:
    """Return the events of a filter as a file."""
    response = client.get(f"/events.{extension}?{query}")
    assert response.status_code == 200
    return body(response)


def unzipped(content: bytes) -> str:
    """Return all that the files of an archive hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
