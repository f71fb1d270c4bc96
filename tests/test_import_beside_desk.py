"""The desk works on while a file is imported: neither waits for the other on PostgreSQL, and what is written holds."""

import pytest
from django.db import connection

from timeline.database import transactions
from timeline.imports.events import event_import, premises
from timeline.imports.events.store_events import EventWriter
from timeline.imports.file_bytes import FileRefused
from timeline.merging import ActorMerge
from timeline.models import Actor, DataSet, Event, ImportBatch, Participation, Place
from timeline.models import event as event_module

from . import make
from .import_files import brought_in, ged, options
from .races import Between

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.database]
POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="on SQLite the desk waits for the import")


def importing(tmp_path, text: str):
    """Return what imports this file, looked through already."""
    import_options = options(tmp_path, text)
    checked = event_import.check(import_options)
    return lambda: event_import.run(import_options, checked)


def beside(monkeypatch, first, second) -> tuple:
    return Between(monkeypatch, EventWriter, "create").run(first, second)


def test_an_event_is_saved_while_a_file_is_imported(shared, monkeypatch, tmp_path):
    event = make.event("Before")
    event.title = "After"

    def saved() -> bool:
        event.save()
        return ImportBatch.objects.exists()

    imported, import_was_first = beside(monkeypatch, importing(tmp_path, ged()), saved)

    assert (type(imported), import_was_first) == (ImportBatch, not POSTGRESQL)
    assert set(Event.objects.values_list("title", flat=True)) > {"After"}
    assert Event.objects.count() == 2


@on_postgresql
def test_an_import_that_names_who_is_merged_meanwhile_is_refused(shared, monkeypatch, tmp_path):
    gone, target = make.actor("DPR", kind="group"), make.actor("Kept", kind="group")

    imported, merged = beside(monkeypatch, importing(tmp_path, ged()), lambda: ActorMerge(gone, target).apply("One"))

    assert (type(imported), str(imported), merged) == (FileRefused, premises.CHANGED.format("DPR"), None)
    assert (Event.objects.count(), ImportBatch.objects.count(), DataSet.objects.count()) == (0, 0, 0)
    assert not Participation.objects.filter(actor=gone).exists()


@on_postgresql
@pytest.mark.parametrize("changes", [{"country": "RU"}, {"name": "Another name"}])
def test_only_what_the_rows_are_derived_from_counts(shared, monkeypatch, tmp_path, changes):
    place = make.place("Donetsk town", country="UA", latitude="48.0", longitude="37.8")
    Place.objects.filter(pk=place.pk).update(country="UA")

    imported, _ = beside(
        monkeypatch, importing(tmp_path, ged()), lambda: Place.objects.filter(pk=place.pk).update(**changes)
    )

    refused = "country" in changes
    assert isinstance(imported, FileRefused if refused else ImportBatch)
    assert list(Event.objects.values_list("country", flat=True)) == ([] if refused else ["UA"])


@on_postgresql
def test_an_event_edited_while_its_row_is_read_keeps_the_edit(shared, monkeypatch, tmp_path):
    brought_in(tmp_path, ged({"best": "2", "high": "9"}))
    event = Event.objects.get()
    event.deaths_best = 5

    imported, _ = beside(monkeypatch, importing(tmp_path, ged({"best": "4", "high": "9"})), event.save)

    assert (imported.updated, imported.kept) == (0, 1)
    assert Event.objects.get().deaths_best == 5


@on_postgresql
def test_a_row_whose_like_was_added_meanwhile_is_refused_in_words(shared, monkeypatch, tmp_path):
    imports = importing(tmp_path, ged())
    known = Between(monkeypatch, event_import, "KnownRows")

    imported, _ = known.run(imports, lambda: make.actor("Another", slug="dpr"))

    assert (type(imported), str(imported)) == (FileRefused, premises.ADDED)
    assert list(Actor.objects.values_list("slug", flat=True)) == ["dpr"]


@on_postgresql
def test_one_file_is_imported_at_a_time(shared, monkeypatch, tmp_path):
    monkeypatch.setattr(transactions, "WAIT", 0.2)
    (tmp_path / "other").mkdir()
    second = importing(tmp_path / "other", ged({"id": "2002"}))

    imported, waited = beside(monkeypatch, importing(tmp_path, ged()), second)

    assert isinstance(imported, ImportBatch)
    assert "lock timeout" in str(waited)
    assert Event.objects.count() == 1


def test_a_late_write_lock_waits_for_who_has_it(shared, monkeypatch):
    monkeypatch.setattr(transactions, "PATIENCE", 0.1)
    event = make.event()

    def late():
        with transactions.transaction.atomic():
            transactions.take_write_lock_patiently()
            return Event.objects.get().title

    event.title = "Saved"
    saved, title = Between(monkeypatch, event_module, "derive_event").run(event.save, late)

    assert (saved, title) == (None, "Saved")
