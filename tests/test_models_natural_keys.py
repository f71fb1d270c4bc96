import io
import json

import pytest
from django.core.management import call_command

from tests import make
from timeline import models
from timeline.models import Actor, ActorAlias, BriefingSpeaker, Citation, EventRelation, EventType

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DEPENDENT_FIRST = [
    models.EventRelation,
    models.Citation,
    models.Participation,
    models.Event,
    models.BriefingSpeaker,
    models.Briefing,
    models.ActorAlias,
    models.Actor,
    models.Place,
    models.Conflict,
    models.EventType,
]


@made_once
def one_of_each() -> None:
    ministry = make.actor("A ministry", parent=make.actor("Zembla", country="AM"))  # dumped before its parent
    ActorAlias.objects.create(actor=ministry, name="The Ministry")
    briefing = make.briefing(publisher=ministry)
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=ministry)
    event = make.published(
        briefing=briefing,
        edtf="[..2022-03-25]",
        place=make.place(country="AZ", latitude=1, longitude=2, parent=make.place("A district")),
        conflict=make.conflict(),
    )
    make.participation(event, ministry, "mediator", office="Minister")
    draft = make.event(edtf="")
    make.citation(draft, briefing, quote="Nobody said this.")
    EventRelation.objects.create(
        from_event=event, kind="follows", to_event=draft, citation=event.citations.get(), note="As told."
    )


def dump() -> str:
    written = io.StringIO()
    labels = [model._meta.label for model in DEPENDENT_FIRST]
    call_command("dumpdata", *labels, natural_primary=True, natural_foreign=True, indent=1, stdout=written)
    return written.getvalue()


def records_of(dumped: str) -> list[dict]:
    """Return the records without the count of their public changes, of which loading is one. A moment whose milliseconds
    are cut to 0 comes back without them."""
    records = json.loads(dumped.replace(".000Z", "Z"))
    for record in records:
        record["fields"].pop("revision", None), record["fields"].pop("revised_at", None)
    return records


def empty() -> None:
    Actor.objects.update(parent=None)
    models.Place.objects.update(parent=None)
    for table in (models.ActorAncestor, models.PlaceAncestor):
        table.objects.all().delete()
    models.BriefingWords.objects.all().delete()
    for model in DEPENDENT_FIRST:
        rows = model.objects.all()
        rows._raw_delete(rows.db)


def test_every_table_comes_back_by_its_natural_keys(tmp_path, one_of_each):
    before, rows = dump(), [model.objects.count() for model in DEPENDENT_FIRST]
    file = tmp_path / "all.json"
    file.write_text(before, encoding="utf-8")

    empty()
    call_command("loaddata", str(file), verbosity=0)

    assert records_of(dump()) == records_of(before)
    assert [model.objects.count() for model in DEPENDENT_FIRST] == rows == [1, 2, 1, 2, 1, 1, 1, 2, 2, 1, 32]


def test_loaded_actors_belong_to_whom_they_belonged(tmp_path, one_of_each):
    file = tmp_path / "all.json"
    file.write_text(dump(), encoding="utf-8")

    empty()
    call_command("loaddata", str(file), verbosity=0)

    state, district = Actor.objects.get(name="Zembla"), models.Place.objects.get(name="A district")
    assert [actor.name for actor in Actor.objects.within([state.pk])] == ["A ministry", "Zembla"]
    assert models.Place.objects.within([district.pk]).count() == 2


@pytest.mark.parametrize("natural", [True, False])
def test_whole_dump_loads_beside_what_is_derived_in_loading(natural, tmp_path):
    make.actor("A ministry", parent=make.actor("Zembla"))
    file = tmp_path / "all.json"
    dump_of = ["timeline.actor", "timeline.actorancestor"]
    call_command("dumpdata", *dump_of, natural_primary=natural, natural_foreign=natural, output=str(file), verbosity=0)

    empty()
    make.actor("Already there")
    call_command("loaddata", str(file), verbosity=0)

    state = Actor.objects.get(name="Zembla")
    assert [actor.name for actor in Actor.objects.within([state.pk])] == ["A ministry", "Zembla"]


def test_natural_keys_load_twice_into_the_same_rows(tmp_path, one_of_each):
    before = dump()
    file = tmp_path / "all.json"
    file.write_text(before, encoding="utf-8")

    call_command("loaddata", str(file), verbosity=0)

    assert records_of(dump()) == records_of(before)


def test_natural_keys_of_each_table():
    actor = make.actor(slug="armenia")
    alias = ActorAlias.objects.create(actor=actor, name="Hayastan")
    briefing = make.briefing(slug="porter")
    speaker = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=actor)
    event, other = make.event(), make.event()
    taking_part = make.participation(event, actor, "mediator")
    citation = make.citation(event, briefing)
    relation = EventRelation.objects.create(from_event=event, kind="follows", to_event=other)
    place, conflict = make.place(slug="farrukh"), make.conflict(slug="karabakh")

    keys = {
        actor: ("armenia",),
        alias: ("armenia", "Hayastan"),
        briefing: ("porter",),
        speaker: ("porter", "MS PORTER"),
        event: (event.public_id,),
        taking_part: (event.public_id, "armenia", "mediator"),
        citation: (citation.public_id,),
        relation: (event.public_id, "follows", other.public_id),
        place: ("farrukh",),
        conflict: ("karabakh",),
        EventType.objects.get(slug="meeting"): ("meeting",),
    }
    assert {row: row.natural_key() for row in keys} == keys
    assert [type(row).objects.get_by_natural_key(*key) for row, key in keys.items()] == list(keys)


def test_citation_loaded_by_natural_key_stands_where_it_stood(tmp_path, one_of_each):
    before = list(Citation.objects.order_by("public_id").values_list("public_id", "start", "end", "state", "prefix"))
    file = tmp_path / "all.json"
    file.write_text(dump(), encoding="utf-8")

    empty()
    call_command("loaddata", str(file), verbosity=0)

    after = Citation.objects.order_by("public_id").values_list("public_id", "start", "end", "state", "prefix")
    assert list(after) == before
