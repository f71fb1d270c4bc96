"""What the migrations of places make of a database that is in use."""

import json

import pytest

from .old_migrations import migrate

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.database, pytest.mark.long]

BEFORE, AFTER = "0017_sources_by_month", "0019_one_place"


@pytest.fixture
def before(transactional_db):
    """Yield the models as they were before."""
    yield migrate(BEFORE)
    migrate()


def add_event(apps, place, number: int):
    """Add an event at a place, with a line of its history and what an import remembers of it."""
    state = {"title": "Strike", "place": place.pk, "conflict": None}
    day = f"2022-03-{number:02}"
    days = dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), day)
    fields = {"public_id": f"e{number}", "title": "Strike", "edtf": day, "place_id": place.pk} | days
    kinds = apps.get_model("timeline", "EventType").objects  # emptied, as all tables are after a test of this kind
    kind = kinds.get_or_create(slug="strike", defaults={"name": "Strike", "category": "clash", "claim": "deed"})[0].pk
    event = apps.get_model("timeline", "Event").objects.create(**fields, event_type_id=kind, sort_on=day)
    history = {"id": event.pk, "history_date": "2022-04-01T00:00Z", "history_type": "+", "event_type_id": kind}
    moments = {"recorded_at": "2022-04-01T00:00Z", "updated_at": "2022-04-01T00:00Z"}
    apps.get_model("timeline", "HistoricalEvent").objects.create(**fields, **history, **moments)
    batch = apps.get_model("timeline", "ImportBatch").objects.create(
        format="csv", file_name="f", sha256="0" * 64, rows=1, at="2022-04-01T00:00Z"
    )
    baseline = json.dumps(state, separators=(",", ":"))
    apps.get_model("timeline", "ImportedEvent").objects.create(
        event_id=event.pk, external_id=str(number), batch=batch, baseline=baseline
    )
    return event


def test_precision_of_a_place_goes_to_its_events_their_history_and_what_imports_remember(before):
    places = before.get_model("timeline", "Place").objects
    near = places.create(slug="near", name="Avdiivka", precision="near")
    exact = places.create(slug="exact", name="Pisky", precision="exact")
    keys = [add_event(before, place, number).pk for number, place in enumerate((near, exact), 1)]

    after = migrate(AFTER)

    for table, key in (("Event", "pk"), ("HistoricalEvent", "id")):
        rows = after.get_model("timeline", table).objects.order_by(key)
        assert list(rows.values_list(key, "place_precision")) == list(zip(keys, ["near", "exact"], strict=True))
    baselines = after.get_model("timeline", "ImportedEvent").objects.order_by("pk").values_list("baseline", flat=True)
    assert list(baselines) == [
        f'{{"title":"Strike","place":{place.pk},"place_precision":"{place.precision}","conflict":null}}'
        for place in (near, exact)
    ]


def test_doubles_become_one_and_nothing_is_lost(before, capsys):
    """The place with most events stays; one further off, of another country or without a point is another."""
    places = before.get_model("timeline", "Place").objects
    point = {"country": "UA", "latitude": "48.0", "longitude": "37.7"}
    gone = places.create(slug="avdiivka", name="Avdiivka", precision="near", **point)
    stays = places.create(slug="avdiivka-2", name="AVDIIVKA", **point | {"latitude": "48.2"})
    others = [
        places.create(slug=f"other-{number}", name="Avdiivka", **point | changes)
        for number, changes in enumerate(
            ({"latitude": "48.5"}, {"country": "RU"}, {"latitude": None, "longitude": None})
        )
    ]
    keys = [add_event(before, place, number).pk for number, place in enumerate((gone, stays, stays, others[0]), 1)]
    before.get_model("timeline", "PlaceExternalId").objects.create(scheme="name-x", value="y", place_id=gone.pk)

    after = migrate(AFTER)

    merged = after.get_model("timeline", "Place").objects.filter(merged_into__isnull=False)
    assert list(merged.values_list("slug", "merged_into__slug")) == [("avdiivka", "avdiivka-2")]
    for table, key in (("Event", "pk"), ("HistoricalEvent", "id")):
        rows = after.get_model("timeline", table).objects.order_by(key).values_list(key, "place_id", "place_precision")
        assert list(rows) == [
            (keys[0], stays.pk, "near"),
            *((key, stays.pk, "exact") for key in keys[1:3]),
            (keys[3], others[0].pk, "exact"),
        ]
    remembered = after.get_model("timeline", "ImportedEvent").objects.order_by("pk").first()
    assert json.loads(remembered.baseline)["place"] == stays.pk
    assert after.get_model("timeline", "PlaceExternalId").objects.get().place_id == stays.pk
    assert after.get_model("timeline", "PlaceAncestor").objects.count() == 5
    history = after.get_model("timeline", "HistoricalPlace").objects.get()
    reason = "Merged into “avdiivka-2”: the same name and country, 22.2 km apart."
    assert (history.id, history.merged_into_id, history.history_change_reason) == (gone.pk, stays.pk, reason)
    assert "avdiivka into avdiivka-2: Avdiivka, 22.2 km apart, 1 events" in capsys.readouterr().out


def test_roles_may_do_with_ids_of_places_what_they_may_do_with_places(before):
    for name in ("Viewer", "Editor", "Reviewer", "Administrator", "Of this site"):
        before.get_model("auth", "Group").objects.get_or_create(name=name)
    before.get_model("auth", "Permission").objects.filter(codename__endswith="_placeexternalid").delete()

    after = migrate(AFTER)

    rows = after.get_model("auth", "Group").objects.filter(permissions__codename="change_placeexternalid")
    assert set(rows.values_list("name", flat=True)) == {"Editor", "Reviewer", "Administrator"}
