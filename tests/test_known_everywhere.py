"""How events are known, counted over the demo and two real files of a data set: each output says the same."""

import csv
import io
import json
import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client

from tests import make
from timeline.evidence.axes import Assertion, Contest, Form
from timeline.models import Event

from .beside import SHARED
from .clients import body
from .import_files import brought_in

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.beside("data/ucdp-ged")]

AXES = {"form": Form, "assertion": Assertion, "contest": Contest}
EXPECTED = {
    "form": {"data_set": 3075, "quote": 11},
    "assertion": {"not_told": 3075, "first_hand": 6, "presupposed": 3, "question": 2},
    "contest": {"none": 3085, "denied": 1},
}
LINE = re.compile(r"^Public events by (\w+): (.+)\.$", re.M)


def verified() -> dict[str, dict[str, int]]:
    """Return what `verify_quotes` counts anew."""
    out = io.StringIO()
    call_command("verify_quotes", stdout=out)
    counts = {}
    for axis, listed in LINE.findall(out.getvalue()):
        pairs = [part.rsplit(" ", 1) for part in re.split(r", (?=[a-z])", listed)]
        counts[axis] = {value: int(number.replace(",", "")) for value, number in pairs}
    return counts


def counted(records: list[dict]) -> dict[str, dict[str, int]]:
    return {axis: dict(Counter(record[axis] for record in records)) for axis in AXES}


def api_records(client: Client) -> list[dict]:
    records, address = [], "/api/v1/events/?limit=100"
    while address:
        answer = client.get(address).json()
        records += answer["events"]
        address = answer["next"]
    return records


def by_api_facets(client: Client) -> dict[str, dict[str, int]]:
    listed = {axis: client.get(f"/api/v1/facets/{axis}/").json()["facet"]["values"] for axis in AXES}
    return {axis: {value["value"]: value["count"] for value in values} for axis, values in listed.items()}


def by_page_facets(client: Client) -> dict[str, dict[str, int]]:
    sheets = {axis: client.get(f"/facets/{axis}/").context["sheet"] for axis in AXES}
    return {axis: {row.value.value: row.value.count for row in sheet.rows} for axis, sheet in sheets.items()}


def by_filters(client: Client) -> dict[str, dict[str, int]]:
    totals = {
        axis: {value: client.get(f"/?{axis}={value}").context["page"].total for value in choices.values}
        for axis, choices in AXES.items()
    }
    return {axis: {value: total for value, total in counts.items() if total} for axis, counts in totals.items()}


def test_counts_of_how_events_are_known_are_equal_everywhere(client, tmp_path):
    call_command("load_demo", stdout=io.StringIO())
    for year in (2021, 2023):
        file = SHARED / f"data/ucdp-ged/hdx_conflict_data_ukr_{year}.csv"
        brought_in(tmp_path, file.read_bytes(), publish=True, accept=frozenset({"source-day"}))
    make.citation(Event.objects.filter(form="data_set").first(), act="denies")

    assert verified() == by_page_facets(client) == by_api_facets(client) == by_filters(client) == EXPECTED
    rows = list(csv.DictReader(io.StringIO(body(client.get("/events.csv")).decode(), newline="")))
    lines = [json.loads(line) for line in body(client.get("/events.ndjson")).decode().splitlines()]
    assert counted(rows) == counted(lines) == counted(api_records(client)) == EXPECTED
    assert "11 of 3,086 events have a quote matched in a stored text" in client.get("/").content.decode()
