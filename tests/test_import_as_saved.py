"""What imports write past `save()` is what `save()` would have written: both derive by the `derive` beside each model."""

import pytest
from django.db import models

from tests import make
from timeline.models import (
    Actor,
    ActorAncestor,
    Briefing,
    BriefingWords,
    Citation,
    Conflict,
    Event,
    Participation,
    Place,
)

from .import_files import SIX, brought_in, ged, table
from .test_import_package import content, load, package  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db
SAVED = (Actor, Place, Conflict, Briefing, Event, Participation, Citation)
DERIVED = (ActorAncestor, BriefingWords)  # rows of their own that saving makes
CLOCKS = ("updated_at", "revision", "revised_at")
ROW = {"id": "1", "title": "A càll", "summary": "Of ministers", "type": "phone-call", "actors": "Arménia [initiator]"}
ROW |= {"place": "Yerevan", "country": "AM", "conflict": "Karabakh", "source_titles": "A Réadout ‖ "}
ROW |= {"source_dates": "2022-03-25 ‖ ", "acts": "denies ‖ confirms", "briefings": " ‖ talks"}
DATES = ("2022-03-24", "", "[2022-03-21,2022-03-22]", "[..2022-03-25]", "2022-03/..", "2022?")


def stored() -> dict[str, list[dict]]:
    """Return the rows of each table but the clocks of their last change."""
    return {
        model._meta.model_name: [
            {name: value for name, value in row.items() if name not in CLOCKS}
            for row in model._base_manager.order_by(*_key(model)).values()
        ]
        for model in (*SAVED, *DERIVED)
    }


def _key(model: type[models.Model]) -> list[str]:
    fields = getattr(model._meta.pk, "field_names", [model._meta.pk.name])
    return list(fields)


def save_all() -> None:
    for model in SAVED:
        for row in model.objects.order_by("pk"):
            row.full_clean()
            row.save()


def test_file_of_a_data_set(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)
    imported = stored()
    save_all()

    assert [model for model, rows in imported.items() if not rows] == []
    assert stored() == imported


def test_file_that_quotes_a_stored_briefing(tmp_path):
    talks = make.briefing("MS PORTER: The “Ceasefire” holds.\n\nQUESTION: And the talks?", slug="talks")
    talks.speakers.update_or_create(label="MS PORTER", defaults={"actor": make.actor("Jalina Porter", kind="person")})
    events = [ROW | {"id": str(number), "date": date} for number, date in enumerate(DATES)]
    quotes = ['The "Ceasefire" holds.', "And the talks?"]
    rows = [event | {"quotes": f"A Réadout ‖ {quotes[number % 2]}"} for number, event in enumerate(events)]
    brought_in(tmp_path, table(*rows), "csv", data_set="ours", publish=True)
    imported = stored()
    save_all()

    assert len(imported["event"]) == len(DATES)
    assert {row["quote_search"] for row in imported["citation"]} == {
        " a readout ",
        " the ceasefire holds § hold ",
        " and the talks § talk ",
    }
    assert stored() == imported


def test_changed_event(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)
    changes = {"where_coordinates": "Tbilisi", "country": "Georgia", "date_start": "2014-08-14", "date_prec": "2"}
    brought_in(tmp_path, ged(*(row | changes for row in SIX)), publish=True)
    imported = stored()
    save_all()

    assert {(row["country"], str(row["start_earliest"])) for row in imported["event"]} == {("GE", "2014-08-14")}
    assert stored() == imported


@pytest.mark.long
def test_package(package):  # noqa: F811 (the fixture)
    load(package, publish=True)
    imported = stored()
    save_all()

    assert [model for model, rows in imported.items() if not rows] == []
    assert stored() == imported
