"""Who takes part in an imported event is who the cells of its row name: files built by the code books, and real ones."""

import csv
from collections import defaultdict
from itertools import cycle, islice, product

import pytest

from timeline.imports.events.formats.gdelt import ONE
from timeline.imports.events.undo_batch import undo
from timeline.models import Actor, ActorAncestor, Event, ImportedEvent

from .beside import SHARED
from .import_files import ACLED, GED, brought_in, counts, table

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REAL = SHARED / "data/ucdp-ged"
ROWS = 240
EARLY = frozenset({"source-day"})

# of the ACLED code book: actors, their interaction code as a number and as words, and the kind here; None: nobody
ACTORS = [
    ("Military Forces of Armenia (2018-)", "1", "State forces", "organisation"),
    ("Police Forces of India (2014-) Border Security Force", "1", "State forces", "organisation"),
    ("Government of Armenia (2018-)", "1", "State forces", "organisation"),
    ("Example Front", "2", "Rebel group", "armed_group"),
    ("Example Party Militia", "3", "Political militia", "armed_group"),
    ("Example Communal Militia (India)", "4", "Identity militia", "armed_group"),
    ("Rioters (Armenia)", "5", "Rioters", None),
    ("Protesters (Armenia)", "6", "Protesters", None),
    ("Civilians (Armenia)", "7", "Civilians", None),
    ("Example Mission", "8", "External/Other forces", "group"),
    ("NA", "0", "", None),
    ("", "", "", None),
    ("---", "", "", None),
]
ASSOCIATED = ["", "NA", "Example Green Party; Taxi Drivers", "Labour Group (Armenia)", "Civilians (Armenia); Students"]
KINDS = {name: kind for name, _, _, kind in ACTORS} | dict.fromkeys(
    ["Example Green Party", "Taxi Drivers", "Labour Group (Armenia)", "Students"], "group"
)


def acled_rows() -> list[dict]:
    """Return rows in which every pair of actors meets, their codes as numbers and as words in turn."""
    pairs = cycle(product(ACTORS, ACTORS))
    events = ("Battles", "Protests", "Riots", "Violence against civilians")
    rows = []
    for number, (first, second) in enumerate(islice(pairs, ROWS)):
        code = 1 + number % 2
        row = {"event_id_cnty": f"TST{number}", "event_type": events[number % 4]}
        row |= {"actor1": first[0], "inter1": first[code], "actor2": second[0], "inter2": second[code]}
        row |= {f"assoc_actor_{side}": ASSOCIATED[(number + side) % len(ASSOCIATED)] for side in (1, 2)}
        rows.append(ACLED | row)
    return rows


def stored() -> dict[str, set[tuple[str, str, str]]]:
    """Return name, kind and role of who takes part, by the id of the event in its data set."""
    taking_part = defaultdict(set)
    columns = ("external_id", *(f"event__participations__{name}" for name in ("actor__name", "actor__kind", "role")))
    for external_id, *part in ImportedEvent.objects.values_list(*columns):
        taking_part[external_id].update([tuple(part)] if part[0] else [])
    return dict(taking_part)


def test_participants_of_acled_are_those_that_its_cells_name(tmp_path):
    rows = acled_rows()
    batch = brought_in(tmp_path, table(*rows), "acled")

    expected = {}
    for row in rows:
        names = [row["actor1"], row["actor2"], *row["assoc_actor_1"].split("; "), *row["assoc_actor_2"].split("; ")]
        expected[row["event_id_cnty"]] = {(name, KINDS[name], "participant") for name in names if KINDS.get(name)}
    assert (batch.created, stored()) == (ROWS, expected)
    assert counts(brought_in(tmp_path, table(*rows), "acled")) == (0, 0, ROWS, 0)


def test_forces_and_governments_belong_to_their_state_and_go_with_it_when_undone(tmp_path):
    batch = brought_in(tmp_path, table(*acled_rows()), "acled")

    belonging = Actor.objects.exclude(parent=None).values_list("name", "parent__name", "parent__kind")
    assert set(belonging) == {
        ("Military Forces of Armenia (2018-)", "Armenia", "state"),
        ("Government of Armenia (2018-)", "Armenia", "state"),
        ("Police Forces of India (2014-) Border Security Force", "India", "state"),
    }
    lines = ActorAncestor.objects.exclude(actor__parent=None).values_list("actor__name", "ancestor__name")
    assert set(lines) == {(name, name) for name, *_ in belonging} | {(name, state) for name, state, _ in belonging}
    undo(batch)
    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("known", "kind", "parent"),
    [
        ("Armenia", "state", "Armenia"),
        ("Government of Armenia", "state", "Government of Armenia"),
        ("Armenia", "person", None),
        ("Georgia", "state", "Armenia"),
    ],
)
def test_state_of_forces_is_one_that_is_known(tmp_path, known, kind, parent):
    Actor.objects.create(slug="known", name=known, kind=kind)
    brought_in(tmp_path, table(ACLED | {"actor1": "Military Forces of Armenia (2018-)", "inter1": "1"}), "acled")

    forces = Actor.objects.get(name="Military Forces of Armenia (2018-)")
    assert (forces.parent and forces.parent.name) == parent


@pytest.mark.parametrize("name", ["Military Forces of Exampleland (2018-)", "Military Forces of Armenia and Others"])
def test_forces_of_no_country_that_iso_names_belong_to_nobody(tmp_path, name):
    brought_in(tmp_path, table(ACLED | {"actor1": name, "inter1": "1"}), "acled")

    assert Actor.objects.get(name=name).parent is None


def test_participants_of_gdelt_are_those_that_its_cells_name_whatever_code_they_share(tmp_path):
    people = ["PRESIDENT", "MINISTER", "ILHAM ALIYEV", "POLICE", "NA", "", "ARMENIA", "PROTESTER", "---"]
    rows = []
    for number, (first, second) in enumerate(islice(cycle(product(people, people)), ROWS)):
        codes = {name: "ARM" if name == "ARMENIA" else "AZEGOV" if name != "POLICE" else "AZECOP" for name in people}
        row = {"GLOBALEVENTID": str(number), "SQLDATE": "20150218", "EventCode": "042", "DATEADDED": "20150219"}
        row |= {"Actor1Name": first, "Actor1Code": codes[first], "Actor2Name": second, "Actor2Code": codes[second]}
        row |= {"Actor1CountryCode": codes[first][:3], "Actor2CountryCode": codes[second][:3]}
        rows.append(dict.fromkeys(ONE, "") | row | {"SOURCEURL": f"https://news.example/{number}"})
    file = "".join("\t".join(row[name] for name in ONE) + "\n" for row in rows)
    batch = brought_in(tmp_path, file, "gdelt")

    expected = {}
    for row in rows:
        sides = (("Actor1Name", "initiator"), ("Actor2Name", "recipient"))
        named = [(row[column], role) for column, role in sides if row[column] not in ("", "NA", "---")]
        expected[row["GLOBALEVENTID"]] = {
            (name.title(), "state" if name == "ARMENIA" else "group", role) for name, role in named
        }
    assert (batch.created, stored()) == (ROWS, expected)
    assert counts(brought_in(tmp_path, file, "gdelt")) == (0, 0, ROWS, 0)


def ged_parts(row: dict) -> set[tuple[str, str]]:
    """Return name and role of the sides, as the code book of GED has them."""
    if row["type_of_violence"] == "3":
        return {(row["side_a"], "initiator")}
    return {(row[side], "participant") for side in ("side_a", "side_b") if row[side] not in ("", "NA")}


def test_participants_of_ged_are_its_sides(tmp_path):
    sides = ["Government of Ukraine", "DPR", "Fulani", "Civilians", "NA"]
    rows = []
    for number, (code, first, second) in enumerate(islice(cycle(product("123", sides[:3], sides)), ROWS)):
        row = {"id": str(number), "type_of_violence": code, "side_a": first, "side_b": second, "best": str(number % 4)}
        rows.append(GED | row | {"side_a_new_id": first[:2], "side_b_new_id": second[:2]})
    batch = brought_in(tmp_path, table(*rows))

    parts = {name: {(actor, role) for actor, _, role in stored_parts} for name, stored_parts in stored().items()}
    assert (batch.created, parts) == (ROWS, {row["id"]: ged_parts(row) for row in rows})
    assert counts(brought_in(tmp_path, table(*rows))) == (0, 0, ROWS, 0)
    kinds = dict(Actor.objects.values_list("name", "kind"))
    assert (kinds["Government of Ukraine"], kinds["DPR"]) == ("state", "armed_group")


@pytest.mark.long
@pytest.mark.beside("data/ucdp-ged")
def test_participants_of_a_real_file_are_its_sides(tmp_path):
    content = (REAL / "ged231_sample1000.csv").read_bytes()
    batch = brought_in(tmp_path, content, accept=EARLY)

    with (REAL / "ged231_sample1000.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    parts = {name: {(actor, role) for actor, _, role in stored_parts} for name, stored_parts in stored().items()}
    known = {name: {(" ".join(actor.split()), role) for actor, role in ged_parts(row)} for name, row in rows.items()}
    assert (counts(batch), parts) == ((1000, 0, 0, 0), known)
    assert counts(brought_in(tmp_path, content, accept=EARLY)) == (0, 0, 1000, 0)


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({}, "State-based violence, Donetsk town: 2 deaths, 1 to 3"),
        ({"type_of_violence": "2", "low": "1", "best": "1", "high": "1"}, "Non-state violence, Donetsk town: 1 death"),
        (
            {"type_of_violence": "3", "best": "1200", "low": "0", "high": "2000"},
            "One-sided violence, Donetsk town: 1,200 deaths, 0 to 2,000",
        ),
        ({"low": "5"}, "State-based violence, Donetsk town: 2 deaths"),
        ({"best": ""}, "State-based violence, Donetsk town"),
        ({"where_coordinates": "", "country": ""}, "State-based violence: 2 deaths, 1 to 3"),
    ],
)
def test_title_of_ged_is_what_its_code_book_calls_it_and_its_deaths(tmp_path, change, title):
    brought_in(tmp_path, table(GED | change))

    event = Event.objects.get()
    assert event.title == title
    assert event.summary.startswith(f"UCDP type_of_violence {(GED | change)['type_of_violence']}, ")


def test_types_of_acled_keep_their_names(tmp_path):
    change = {"event_type": "Strategic developments", "sub_event_type": "Agreement"}
    brought_in(tmp_path, table(ACLED | change), "acled")

    event = Event.objects.get()
    assert event.summary == "ACLED event_type Strategic developments, sub_event_type Agreement."
    assert event.event_type.slug == "agreement"
