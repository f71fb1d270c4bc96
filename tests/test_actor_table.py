"""States and organisations that are known by name before they are entered."""

import pytest
from django_countries import countries

from tests import make
from timeline.models import Actor
from timeline.models.actor import ActorKind
from timeline.suggest.actor_table import TABLE, entered_as, listed_actors, listed_as, lookup

from .desk_client import editor, fields

QUICK_ADD = "/admin/timeline/actor/quick-add/"


def test_table_has_kinds_codes_and_numbers_that_are_right():
    rows = listed_actors()
    states = [row for row in rows if row.kind == "state"]

    assert {row.kind for row in rows} <= set(ActorKind.values)
    assert {row.country for row in rows} - {""} <= set(dict(countries))
    assert set(dict(countries)) - {row.country for row in states} == set()
    assert len({row.name for row in rows}) == len(rows)
    assert {row.parent for row in rows} - {""} <= {row.name for row in states}
    assert all(len(row.name) <= 300 and max(map(len, row.other_names), default=0) <= 150 for row in rows)
    present = [row.number for row in states if row.number and not row.years]
    assert len(set(present)) == len(present)


def test_numbers_are_those_of_gleditsch_and_ward_and_not_of_others():
    """Germany, Serbia and Yemen have other numbers in the Correlates of War, and so have the states of the Pacific."""
    wanted = {
        **{"Germany": 260, "German Reich": 255, "Serbia": 340, "Yugoslavia": 345, "Yemen": 678, "Russia": 365},
        **{"Kiribati": 970, "Nauru": 971, "Tonga": 972, "Tuvalu": 973, "Andorra": 232, "Seychelles": 591, "Samoa": 990},
        **{"Vietnam": 816, "Republic of Vietnam": 817, "Tibet (1913–1950)": 711, "Korea (until 1910)": 730},
    }

    numbers = {row.name: row.number for row in listed_actors()}

    assert {name: int(numbers[name]) for name in wanted} == wanted


def test_table_names_licence_source_and_what_it_does_not_say():
    head = [line for line in TABLE.read_text().splitlines() if line.startswith("#")]

    assert ["Unicode License v3" in line for line in head].count(True) == 1
    assert any("says nothing of statehood or borders" in line for line in head)


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("armenia", "Armenia"),
        ("Армения", "Armenia"),
        ("Ermənistan", "Armenia"),
        ("أرمينيا", "Armenia"),
        ("U.S.", "United States"),
        ("USSR", "Soviet Union"),
        ("East Germany", "German Democratic Republic"),
        ("ОБСЕ", "Organization for Security and Co-operation in Europe"),
        ("Minsk Group", "OSCE Minsk Group"),
        ("State Department", "United States Department of State"),
    ],
)
def test_names_of_each_language_lead_to_one(term, name):
    assert (lookup(term)[0].name, listed_as(term).name) == (name, name)


def test_exact_names_come_before_beginnings_and_words():
    assert [row.name for row in lookup("Niger")][:2] == ["Niger", "Nigeria"]
    assert "Government of Armenia" in [row.name for row in lookup("Armenia")][1:]
    assert (lookup(" "), lookup("Zembla"), listed_as("")) == ([], [], None)


@pytest.mark.django_db
def test_actor_that_is_entered_is_met_by_code_and_by_name():
    assert entered_as(listed_as("Armenia")) is None
    state, bloc = make.actor("Rep. of Armenia", country="AM"), make.actor("Nato", kind="organisation")

    assert (entered_as(listed_as("Armenia")), entered_as(listed_as("NATO"))) == (state, bloc)
    assert not Actor.objects.filter(name="Armenia").exists()


@pytest.mark.django_db
def test_picker_fills_in_what_the_table_knows_and_adds_other_names():
    client = editor()
    make.actor("Armenia", country="AM")

    page = client.get(QUICK_ADD, {"name": "Минская группа ОБСЕ"})
    assert {name: fields(page)[name] for name in ("name", "kind")} == {
        "name": "OSCE Minsk Group",
        "kind": "organisation",
    }
    assert not Actor.objects.filter(name="OSCE Minsk Group").exists()
    client.post(QUICK_ADD, fields(page))
    office = client.get(QUICK_ADD, {"name": "Government of Armenia"})
    client.post(QUICK_ADD, fields(office) | {"sure": "1"})

    group, government = (Actor.objects.get(name=name) for name in ("OSCE Minsk Group", "Government of Armenia"))
    assert "Минская группа ОБСЕ" in group.aliases.values_list("name", flat=True)
    assert (government.country, government.parent.name) == ("AM", "Armenia")


@pytest.mark.django_db
def test_picker_offers_the_actor_that_is_meant():
    state = make.actor("Rep. of Armenia", country="AM")

    page = editor().get(QUICK_ADD, {"name": "Армения"})

    assert page.context["similar"] == [(state, "State, Armenia")]
    assert fields(editor("other").get(QUICK_ADD, {"name": "Zembla"}))["name"] == "Zembla"
