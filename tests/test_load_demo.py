import io
import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tests import make
from timeline import models
from timeline.management.commands.load_demo import FIXTURES
from timeline.models import Briefing, Citation, Event, Participation

from .demo import demo  # noqa: F401

pytestmark = pytest.mark.django_db

TABLES = [
    models.Actor,
    models.ActorAlias,
    models.Place,
    models.Conflict,
    models.Briefing,
    models.BriefingSpeaker,
    models.Event,
    models.Participation,
    models.Citation,
    models.EventRelation,
]
CLOCKS = {"recorded_at", "updated_at", "published_at"}
# No account has worked on the demo
DESK = {"author", "submitted_by", "submitted_at", "reviewer", "self_reviewed", "merged_into"}
# The demo has one text, which nobody has read in full
DESK |= {"added_on", "earlier_text", "found_from", "text_stored_at", "read_in_full"}
DESK |= {"data_set", "revision", "revised_at"}  # entered here, and counted anew
DESK |= {"deaths_low", "deaths_best", "deaths_high"}  # the demo counts none
GENERATED = {field.name for model in TABLES for field in model._meta.fields if field.generated}  # by the database


def load_demo(*arguments: str) -> str:
    said = io.StringIO()
    call_command("load_demo", *arguments, stdout=said)
    return said.getvalue()


def fixtures() -> list[dict]:
    """Return the records of all fixtures, without the moments and the people that wrote them."""
    records = []
    for name in FIXTURES:
        records += json.loads((settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8"))
    return [without_clocks(record) for record in records]


def without_clocks(record: dict) -> dict:
    return record | {
        "fields": {name: value for name, value in record["fields"].items() if name not in CLOCKS | DESK | GENERATED}
    }


def stored() -> list[dict]:
    """Return what the tables hold, in the form of the fixtures."""
    written = io.StringIO()
    labels = [model._meta.label for model in TABLES]
    call_command("dumpdata", *labels, natural_primary=True, natural_foreign=True, stdout=written)
    return [without_clocks(record) for record in json.loads(written.getvalue())]


def in_any_order(records: list[dict]) -> list[str]:
    return sorted(json.dumps(record, sort_keys=True) for record in records)


def test_load_demo_stores_what_the_fixtures_say(demo):  # noqa: F811
    assert in_any_order(stored()) == in_any_order(fixtures())


def test_load_demo_stores_quotes_that_stand_in_their_briefing(demo):  # noqa: F811
    call_command("verify_quotes", stdout=io.StringIO())
    assert set(Citation.objects.values_list("state", flat=True)) == {"verified"}


def test_load_demo_stores_only_what_validation_accepts(demo):  # noqa: F811
    for model in TABLES:
        for row in model.objects.all():
            row.full_clean(validate_constraints=False)  # these the database has held already


def test_load_demo_writes_the_history_an_editor_would_have(demo):  # noqa: F811
    event = Event.objects.first()
    rows = event.history.order_by("history_id").values_list("history_type", "status")
    assert list(rows) == [("+", "draft"), ("~", "published")]
    assert [model.history.filter(history_type="+").count() for model in TABLES] == [
        model.objects.count() for model in TABLES
    ]


def test_load_demo_a_second_time_changes_nothing(demo):  # noqa: F811
    before = [list(model.objects.order_by("pk").values()) for model in TABLES]
    history = [model.history.count() for model in TABLES]

    assert load_demo() == "0 demo records added.\n"

    assert [list(model.objects.order_by("pk").values()) for model in TABLES] == before
    assert [model.history.count() for model in TABLES] == history


def test_load_demo_leaves_alone_what_was_changed(demo):  # noqa: F811
    changed, withdrawn = Event.objects.all()[:2]
    changed.title = "Changed by an editor"
    changed.save()
    withdrawn.withdraw("Wrong day.")

    load_demo()

    changed.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (changed.title, withdrawn.status) == ("Changed by an editor", "withdrawn")


def test_load_demo_adds_again_what_was_deleted(demo):  # noqa: F811
    Participation.objects.first().delete()

    assert load_demo() == "1 demo records added.\n"


def test_load_demo_if_empty_fills_an_empty_database():
    assert load_demo("--if-empty") == f"{len(fixtures())} demo records added.\n"


def test_load_demo_if_empty_leaves_a_database_in_use_alone():
    make.event()

    assert load_demo("--if-empty") == "The database holds data already; no demo data loaded.\n"
    assert Event.objects.count() == 1


def test_load_demo_if_empty_does_not_bring_back_what_an_editor_deleted():
    make.event().delete()

    assert load_demo("--if-empty") == "The database holds data already; no demo data loaded.\n"
    assert Briefing.objects.count() == 0


def test_load_demo_adds_all_or_nothing(monkeypatch):
    def refuse(event):
        raise ValidationError("not this one")

    monkeypatch.setattr(Event, "publish", refuse)
    with pytest.raises(ValidationError):
        load_demo()

    assert [model.objects.count() for model in TABLES] == [0] * len(TABLES)


def test_fixtures_load_by_loaddata_too():
    call_command("loaddata", *FIXTURES, verbosity=0)

    assert in_any_order(stored()) == in_any_order(fixtures())
