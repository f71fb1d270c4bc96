"""An import is undone."""

import pytest

from tests import make
from timeline.imports.events.undo_batch import UndoRefused, undo
from timeline.models import (
    Actor,
    Briefing,
    Citation,
    Event,
    EventRelation,
)

from .desk_client import rows
from .import_files import SIX, brought_in, ged, without_history

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_undone_import_leaves_nothing_but_its_history(tmp_path):
    before = without_history(rows())
    batch = brought_in(tmp_path, ged(*SIX), publish=True)
    undo(batch)

    assert without_history(rows()) == before
    batch.refresh_from_db()
    assert batch.undone_at
    assert set(Event.history.filter(history_type="-").values_list("history_change_reason", flat=True)) == {
        f"Undone: {batch}"
    }
    with pytest.raises(UndoRefused, match="undone already"):
        undo(batch)


def test_undone_update_is_as_before(tmp_path):
    first = brought_in(tmp_path, ged(*SIX), publish=True)
    before = without_history(rows())
    second = brought_in(
        tmp_path,
        ged(
            SIX[0] | {"best": "7", "side_b_new_id": "9", "side_b": "Others", "source_article": '"A,2014-09-01,B"'},
            {"id": "new"},
        ),
        publish=True,
    )
    with pytest.raises(UndoRefused, match=f"Import {second.pk}"):
        undo(first)
    undo(second)

    def plain(tables):
        rows = {name: [dict(row) for row in table_rows] for name, table_rows in tables.items()}
        for row in (row for table_rows in rows.values() for row in table_rows):
            for name in ("updated_at", "revision", "revised_at"):
                row.pop(name, None)
        for name in ("timeline_participation", "timeline_citation"):
            for row in rows[name]:
                row.pop("id"), row.pop("public_id", None)
            rows[name].sort(key=str)
        return rows

    assert plain(without_history(rows())) == plain(before)
    undo(first)


@pytest.mark.parametrize("what", ["edit", "actuality", "basis", "citation", "relation", "merge", "withdrawal"])
def test_import_on_which_something_rests_is_not_undone(tmp_path, what):
    batch = brought_in(tmp_path, ged(*SIX), publish=True)
    event = Event.objects.get(imported__external_id="0")
    if what == "edit":
        event.summary = "Ours."
        event.save()
    elif what == "actuality":
        event.actuality = "unclear"
        event.save()
    elif what == "basis":
        cited = event.citations.first()
        cited.basis = "hearsay"
        cited.save()
    elif what == "citation":
        Citation.objects.create(event=event, briefing=Briefing.objects.first(), quote="More words", act="reports")
    elif what == "relation":
        EventRelation.objects.create(from_event=make.event(), kind="follows", to_event=event)
    elif what == "merge":
        make.event("Ours").merge_into(event)
    else:
        event.withdraw("Wrong.")
    before = rows()

    with pytest.raises(UndoRefused) as refused:
        undo(batch)

    assert len(refused.value.reasons) == 1
    assert ("Ours" if what == "merge" else event.title) in refused.value.reasons[0]
    assert rows() == before


def test_what_was_edited_since_stays(tmp_path):
    batch = brought_in(tmp_path, ged(*SIX), publish=True)
    actor = Actor.objects.get(name="Group 0")
    actor.description = "Ours."
    actor.save()

    undo(batch)

    assert list(Actor.objects.filter(name__startswith="Group ")) == [actor]
