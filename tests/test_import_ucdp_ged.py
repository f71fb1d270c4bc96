"""UCDP GED: what a row becomes, and what is refused."""

import datetime as dt

import pytest
from django.db.models import Sum

from tests import make
from timeline.imports.events.snapshot import current_states
from timeline.models import Actor, ActorExternalId, Briefing, Citation, DataSet, Event, Place

from .beside import SHARED
from .import_files import GED, brought_in, counts, ged, looked_at, table, wrong

pytestmark = pytest.mark.django_db
REAL = SHARED / "data/ucdp-ged"


def only() -> Event:
    return Event.objects.select_related("event_type", "place", "conflict", "data_set").get()


def test_row_becomes_an_event_with_all_that_it_states(tmp_path):
    brought_in(tmp_path, ged())

    event = only()
    assert (event.title, event.status, event.edtf) == (
        "State-based violence, Donetsk town: 2 deaths, 1 to 3",
        "draft",
        "2014-08-15",
    )
    assert (event.deaths_low, event.deaths_best, event.deaths_high, event.deaths_out_of_order) == (1, 2, 3, False)
    assert (event.event_type.slug, event.conflict.name, event.data_set.slug) == (
        "clash",
        "Ukraine: Novorossiya",
        "ucdp-ged",
    )
    assert (event.place.name, event.place.country, event.place_precision) == ("Donetsk town", "UA", "exact")
    assert (float(event.place.latitude), float(event.place.longitude)) == (48.0, 37.805278)
    assert event.country == "UA"
    assert event.summary == "UCDP type_of_violence 1, state-based. Deaths by UCDP’s count: side A 2."
    assert list(event.participations.values_list("actor__name", "role")) == [
        ("Government of Ukraine", "participant"),
        ("DPR", "participant"),
    ]
    assert event.imported.external_id == "1001"


def test_article_becomes_a_citation_of_its_record(tmp_path):
    brought_in(tmp_path, ged())

    citation = Citation.objects.get()
    assert (citation.quote, citation.state, citation.act) == ("Death toll rises", "no_text", "reports")
    assert citation.note == "Original source by UCDP: Military source"
    briefing = citation.briefing
    assert (briefing.title, briefing.kind, briefing.publisher.name) == (
        "Death toll rises",
        "data_record",
        "Reuters News",
    )
    assert (briefing.published_on, briefing.url) == (dt.date(2014, 8, 15), "https://ucdp.uu.se/downloads/")
    assert briefing.status == "draft"  # nothing of a draft is public, its source neither


def test_several_articles_become_several_citations_whatever_their_headlines_hold(tmp_path):
    cell = '"A, B,2014-08-15,One; two, ""three""";"Office,2014-08-16,Another";"Old 1989 ""NO FORM"'
    brought_in(tmp_path, ged({"source_article": cell}))

    rows = Citation.objects.order_by("position").values_list("quote", "briefing__publisher__name", "briefing__slug")
    assert [row[:2] for row in rows] == [
        ('One; two, ""three""', "A, B"),
        ("Another", "Office"),
        ('Old 1989 ""NO FORM', "Uppsala Conflict Data Program"),
    ]
    assert rows[2][2] == "ucdp-ged"


@pytest.mark.parametrize(
    ("precision", "start", "end", "edtf"),
    [
        ("1", "2014-08-15", "2014-08-15", "2014-08-15"),
        ("1", "2014-01-22 00:00:00.000", "2014-01-22 00:00:00.000", "2014-01-22"),
        ("2", "2014-08-14", "2014-08-15", "[2014-08-14..2014-08-15]"),
        ("2", "2014-08-14", "2014-08-14", "2014-08-14~"),
        ("3", "2014-08-11", "2014-08-17", "[2014-08-11..2014-08-17]"),
        ("3", "2014-08-14", "2014-08-14", "[2014-08-11..2014-08-17]"),
        ("4", "2014-02-01", "2014-02-28", "2014-02"),
        ("4", "2014-08-02", "2014-08-31", "[2014-08-02..2014-08-31]"),
        ("4", "2014-08-14", "2014-08-14", "2014-08"),
        ("5", "2014-01-01", "2014-12-31", "2014"),
        ("5", "2014-03-01", "2014-12-31", "[2014-03-01..2014-12-31]"),
        ("5", "2014-08-14", "2014-08-14", "2014"),
    ],
)
def test_date_is_as_precise_as_date_prec_says(tmp_path, precision, start, end, edtf):
    brought_in(tmp_path, ged({"date_prec": precision, "date_start": start, "date_end": end}))

    event = only()
    assert event.edtf == edtf
    assert event.date_note.startswith(f"UCDP date_prec {precision}: known ")
    assert (event.known_on is not None) == (precision == "1")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"date_prec": "6"}, "date_prec"),
        ({"date_prec": "1", "date_end": "2014-08-16"}, "date_end"),
        ({"date_start": "2014-02-31"}, "date_start"),
        ({"date_end": "2014-08-01"}, "date_end"),
        ({"date_start": ""}, "date_start"),
        ({"latitude": "9999"}, "latitude"),
        ({"longitude": "nan"}, "longitude"),
        ({"latitude": ""}, "latitude"),
        ({"where_prec": "8"}, "where_prec"),
        ({"type_of_violence": "4"}, "type_of_violence"),
        ({"best": "-1"}, "best"),
        ({"best": "many"}, "best"),
        ({"best": "2147483648"}, "best"),
        ({"id": ""}, "id"),
        ({"side_a": ""}, "side_a"),
        ({"side_a": "=1+1"}, "side_a"),
        ({"source_article": '"R,2014-02-31,Headline"'}, "source_article"),
    ],
)
def test_row_that_breaks_a_rule_is_refused_with_its_column(tmp_path, change, column):
    summary = looked_at(tmp_path, ged({}, {"id": "1002"} | change))

    assert counts(summary) == (1, 0, 0, 1)
    assert (3, column) in wrong(summary)


def test_counts_out_of_order_come_in_and_are_marked(tmp_path):
    batch = brought_in(tmp_path, ged({"low": "5", "best": "2", "high": "2"}))

    event = only()
    assert counts(batch) == (1, 0, 0, 0)
    assert (event.deaths_low, event.deaths_best, event.deaths_high) == (5, 2, 2)
    assert event.deaths_out_of_order


def test_hxl_row_is_passed_over_and_columns_are_found_by_name(tmp_path):
    row = dict(reversed(GED.items()))
    hxl = {name: "#tag" if name == "country" else "" for name in row}

    assert counts(looked_at(tmp_path, table(hxl, row))) == (1, 0, 0, 0)


def test_file_without_a_needed_column_is_refused(tmp_path):
    row = {name: value for name, value in GED.items() if name != "date_prec"}

    assert looked_at(tmp_path, table(row)).fatal == (
        "The header has no column “date_prec”. Is the format the right one?"
    )


def test_violence_against_civilians_has_who_used_it(tmp_path):
    brought_in(tmp_path, ged({"type_of_violence": "3", "side_b": "Civilians"}))

    event = only()
    assert event.event_type.slug == "violence-against-civilians"
    assert list(event.participations.values_list("actor__name", "role")) == [("Government of Ukraine", "initiator")]


def test_actor_is_found_by_id_then_name_then_alias(tmp_path):
    by_id, by_name, by_alias = make.actor("Kyiv"), make.actor("dpr"), make.actor("News")
    ActorExternalId.objects.create(actor=by_id, scheme="ucdp-actor", value="61")
    by_alias.aliases.create(name="REUTERS news")

    summary = looked_at(tmp_path, ged())
    brought_in(tmp_path, ged())

    assert summary.actors == []
    assert set(Event.objects.get().participations.values_list("actor", flat=True)) == {by_id.pk, by_name.pk}
    assert Briefing.objects.get().publisher == by_alias
    assert ActorExternalId.objects.get(value="6711").actor == by_name


def test_near_actor_is_offered_and_not_taken(tmp_path):
    make.actor("Ukraine", slug="ukraine")

    summary = looked_at(tmp_path, ged())

    near = [("ukraine", "Ukraine")]
    assert summary.actors[0] == {"name": "Government of Ukraine", "kind": "state", "state": "", "near": near}
    brought_in(tmp_path, ged())
    assert Actor.objects.filter(name="Government of Ukraine").exists()


def test_actor_that_somebody_has_chosen_is_taken_and_remembered(tmp_path):
    ukraine = make.actor("Ukraine", slug="ukraine")
    brought_in(tmp_path, ged(), actor_matches={"Government of Ukraine": "ukraine"})
    brought_in(tmp_path, ged({"id": "1002"}))

    assert not Actor.objects.filter(name="Government of Ukraine").exists()
    assert ukraine.participations.count() == 2
    assert list(ukraine.aliases.values_list("name", flat=True)) == ["Government of Ukraine"]


def test_two_of_the_name_are_not_chosen_between(tmp_path):
    make.actor("DPR")
    make.actor("DPR")

    summary = looked_at(tmp_path, ged())

    assert [(problem.column, problem.value) for problem in summary.first_problems] == [("side_a", "DPR")]


def test_place_of_that_name_elsewhere_is_another_place(tmp_path):
    brought_in(tmp_path, ged({}, {"id": "2", "latitude": "46"}, {"id": "3", "latitude": "48.0001"}))

    assert Place.objects.count() == 2


def test_new_names_of_one_actor_are_one_actor(tmp_path):
    brought_in(tmp_path, ged({}, {"id": "2", "side_b_new_id": "5840"}))

    assert Actor.objects.filter(name="DPR").count() == 1
    assert ActorExternalId.objects.filter(actor__name="DPR").count() == 2


@pytest.mark.long
@pytest.mark.beside("data/ucdp-ged")
def test_real_file_of_2023_updates_that_of_2021(tmp_path):
    def real(name):
        return (REAL / name).read_bytes()

    early = frozenset({"source-day"})
    first = brought_in(tmp_path, real("hdx_conflict_data_ukr_2021.csv"), publish=True, accept=early)
    second = brought_in(tmp_path, real("hdx_conflict_data_ukr_2023.csv"), publish=True, accept=early)
    again = looked_at(tmp_path, real("hdx_conflict_data_ukr_2023.csv"), accept=early)

    assert (counts(first), first.accepted, second.accepted) == ((993, 0, 0, 0), {"source-day": 2}, {"source-day": 19})
    assert (sum(counts(second)), second.refused) == (2989, 0)
    assert (second.created, second.disappeared) == (2082, 993 - (2989 - 2082))
    assert counts(again) == (0, 0, 2989, 0)
    import csv

    text = real("hdx_conflict_data_ukr_2023.csv").decode()
    rows = {row["id"]: row for row in csv.DictReader(text.splitlines(keepends=True)) if row["id"]}
    mine = Event.objects.filter(imported__external_id__in=rows)
    assert mine.aggregate(Sum("deaths_best"))["deaths_best__sum"] == sum(int(row["best"]) for row in rows.values())
    for external_id, known_on in mine.values_list("imported__external_id", "known_on"):
        row = rows[external_id]
        assert (known_on.isoformat() if known_on else None) == (
            row["date_start"][:10] if row["date_prec"] == "1" else None
        )
    event = mine.filter(status="published").first()
    assert DataSet.objects.get().events.filter(status="draft").count() == 0
    event.full_clean()
    assert current_states([event.pk])[event.pk]["citations"]


def test_names_have_up_to_300_characters(tmp_path):
    names = {"side_b": "b" * 300, "conflict_name": "c" * 300, "where_coordinates": "w" * 300}

    assert wrong(looked_at(tmp_path, ged(dict.fromkeys(names, "x" * 301) | {"side_a": "a"}))) == [
        (2, "conflict_name"),
        (2, "where_coordinates"),
        (2, "side_a"),
    ]
    brought_in(tmp_path, ged(names))
    assert (Actor.objects.filter(name="b" * 300).count(), Event.objects.get().place.name) == (1, "w" * 300)
