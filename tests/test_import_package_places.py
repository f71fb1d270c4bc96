"""The places of a package: one that is here already is that one, none lies within itself, and older packages come in."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from tests import make
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.events.import_summary import Summary
from timeline.merging import PlaceMerge
from timeline.models import Event, Place, PlaceAncestor, PlaceExternalId

from .clients import body
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@made_once
def content() -> bytes:
    """Return a package of one event in a village in a district, which has an id elsewhere; leave no event and no place."""
    district = make.place("District", slug="district", country="UA")
    PlaceExternalId.objects.create(scheme="pcode", value="UA14", place=district)
    village = make.place("Village", slug="village", country="UA", latitude=48, longitude=37, parent=district)
    make.published("Strike", type="strike", place=village, place_precision="near", public_id="e000000001")
    package = body(Client().get("/events.zip"))
    Event.objects.all().delete()
    village.delete()
    district.delete()
    return package


def altered(content: bytes, change: Callable[[list[dict]], list[dict]], table: str = "places") -> bytes:
    """Return the package with other rows of a table, described as what they are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = change(list(csv.DictReader(io.StringIO(parts[f"{table}.csv"].decode()))))
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    parts[f"{table}.csv"] = file.getvalue().encode()
    described = json.loads(parts["datapackage.json"])
    for resource in described["resources"]:
        if resource["name"] == table:
            resource["hash"] = f"sha256:{hashlib.sha256(parts[f'{table}.csv']).hexdigest()}"
    parts["datapackage.json"] = json.dumps(described).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


@pytest.fixture
def bring_in(tmp_path, content) -> Callable:
    """Return how a test brings the package in, with its rows of places changed; what is refused is looked at alone."""

    def bring(change: Callable[[list[dict]], list[dict]] = lambda rows: rows) -> Summary:
        file = tmp_path / "events.zip"
        file.write_bytes(altered(content, change))
        wanted = Options(file, file.name, FORMATS["datapackage"], None, publish=True)
        summary = check(wanted)
        if not summary.fatal:
            run(wanted, summary)
        return summary

    return bring


def event() -> tuple[str, str]:
    return Event.objects.values_list("place__slug", "place_precision").get()


def test_places_come_with_parent_and_ids(bring_in):
    assert bring_in().tables["places"] == (2, 0)

    assert event() == ("village", "near")
    assert Place.objects.get(slug="village").parent.slug == "district"
    assert PlaceAncestor.objects.count() == 3
    assert PlaceExternalId.objects.values_list("place__slug", "scheme", "value").get() == ("district", "pcode", "UA14")


def test_place_that_is_here_under_another_slug_is_that_one(bring_in):
    make.place("VILLAGE", slug="here", country="UA", latitude="48.1", longitude="37")
    raion = make.place("Raion", slug="raion")
    PlaceExternalId.objects.create(scheme="pcode", value="UA14", place=raion)

    assert bring_in().tables["places"] == (0, 2)
    assert (event(), Place.objects.count()) == (("here", "near"), 2)


def test_slug_of_a_place_that_was_merged_here_leads_to_the_other(bring_in):
    gone, stays = make.place("V", slug="village"), make.place("Town", slug="town")
    PlaceMerge(gone, stays).apply("One")

    bring_in()
    assert event() == ("town", "near")


def test_older_package_comes_in(bring_in):
    def as_before(rows: list[dict]) -> list[dict]:
        names = ("slug", "name", "country", "latitude", "longitude", "precision", "description")
        return [{name: row.get(name, "exact") for name in names} for row in rows]

    assert bring_in(as_before).tables["places"] == (2, 0)
    assert (event(), Place.objects.filter(parent=None).count()) == (("village", "near"), 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"district": {"parent": "village"}}, "row 2: the place would lie within itself"),
        ({"village": {"parent": "village"}}, "row 3: the place would lie within itself"),
        ({"village": {"parent": "nowhere"}}, "row 3: there is no place “nowhere” in the package or on this site"),
        ({"district": {"external_ids": "wikidata 1953"}}, "Write it like Q1953"),
    ],
)
def test_wrong_place_is_refused_by_row(bring_in, changes, message):
    assert message in bring_in(lambda rows: [row | changes.get(row["slug"], {}) for row in rows]).fatal
    assert Place.objects.count() == Event.objects.count() == 0
