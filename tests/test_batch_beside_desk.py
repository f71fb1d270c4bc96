"""The desk works on while an import is undone or published, or a package is loaded: what is written holds, whoever comes first."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from timeline.database import transactions
from timeline.imports.events import publish_batch, undo_batch
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.file_bytes import FileRefused
from timeline.imports.package.package_loading import PackageLoader
from timeline.merging import ActorMerge
from timeline.models import Actor, Briefing, Event, ImportBatch, Participation, PendingChange, ReviewNote
from timeline.models import event as event_module

from . import make
from .import_files import SIX, brought_in, ged
from .races import Between
from .test_import_package import empty, exported

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.database]
POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="on SQLite the desk waits for the undoing")


@pytest.fixture
def batch(shared, tmp_path) -> ImportBatch:
    return brought_in(tmp_path, ged(*SIX))


@pytest.fixture
def carl(shared) -> User:
    return User.objects.create_superuser("carl")


def while_undone(monkeypatch, batch: ImportBatch, second) -> tuple:
    """Undo it, and do this when its events are gone, though nobody sees it yet."""
    return Between(monkeypatch, undo_batch, "_delete_events").run(lambda: undo_batch.undo(batch), second)


def test_an_event_is_saved_while_an_import_is_undone(batch, monkeypatch):
    event = make.event("Before")
    event.title = "After"

    def saved() -> bool:
        event.save()
        return ImportBatch.objects.get().undone_at is None

    assert while_undone(monkeypatch, batch, saved) == (None, POSTGRESQL)
    assert list(Event.objects.values_list("title", flat=True)) == ["After"]


def saved(event: Event) -> None:
    event.summary = "Ours."
    event.save()


@on_postgresql
@pytest.mark.parametrize(
    "change",
    [
        saved,
        lambda event: event.participations.get(actor__name="Group 0").delete(),
        lambda event: make.citation(event),
        lambda event: event.citations.get().save(),
        lambda event: make.participation(event),
        lambda event: make.event().merge_into(event),
        lambda event: ReviewNote.objects.write(event, "comment", "Look."),
        lambda event: PendingChange.objects.create(event=event, reason="Wrong."),
    ],
)
def test_what_belongs_to_an_import_cannot_be_changed_while_it_is_undone(batch, monkeypatch, change):
    monkeypatch.setattr(transactions, "ROW_WAIT", 0.1)
    event = Event.objects.get(imported__external_id="0")

    def changed():
        with transaction.atomic():
            transactions.take_write_lock()
            change(event)

    undone, refused = while_undone(monkeypatch, batch, changed)

    assert (undone, type(refused)) == (None, OperationalError)
    assert not Event.objects.exclude(title="").filter(imported__batch=batch).exists()
    assert (Event.objects.count(), ReviewNote.objects.count(), PendingChange.objects.count()) == (0, 0, 0)


def test_an_import_whose_event_is_being_edited_is_not_undone(batch, monkeypatch):
    event = Event.objects.get(imported__external_id="0")
    event.summary = "Ours."

    edited, refused = Between(monkeypatch, event_module, "derive_event").run(event.save, lambda: undo_batch.undo(batch))

    assert (edited, type(refused)) == (None, undo_batch.UndoRefused)
    assert refused.reasons == [f"“{event.title}” was changed by hand since: summary."]
    assert Event.objects.count() == 6


@on_postgresql
def test_an_actor_that_is_named_while_its_import_is_undone_stays(batch, monkeypatch):
    event, actor = make.event(), Actor.objects.get(name="Group 3")

    undone, named = while_undone(monkeypatch, batch, lambda: make.participation(event, actor))

    assert (undone, type(named)) == (None, Participation)
    assert list(Actor.objects.filter(name__startswith="Group ")) == [actor]


@on_postgresql
def test_the_write_lock_is_free_again_where_the_rows_cannot_be_locked(batch, monkeypatch):
    monkeypatch.setattr(undo_batch, "_lock_rows", lambda batch: connection.cursor().execute("SELECT 1/0"))
    with pytest.raises(Exception, match="division by zero"):
        undo_batch.undo(batch)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)


def test_a_batch_is_published_some_at_a_time_and_the_desk_comes_between(batch, carl, monkeypatch):
    monkeypatch.setattr(publish_batch, "LOT", 2)
    first, *_, dateless, last = Event.objects.order_by("pk")

    def edited() -> set[str]:
        for event, changes in ((dateless, {"edtf": ""}), (last, {"summary": "Ours."})):
            vars(event).update(changes)
            event.save()
        return set(Event.objects.public().values_list("pk", flat=True))

    count, public_between = Between(monkeypatch, publish_batch, "_publish_lot").run(
        lambda: publish_batch.publish(batch, carl), edited
    )

    assert (count, len(public_between)) == (5, 2)
    assert list(Event.objects.exclude(status="published")) == [dateless]
    assert Event.objects.get(pk=last.pk).summary == "Ours."
    assert all(event.obstacles() == [] for event in Event.objects.public())


@pytest.mark.parametrize(
    ("size", "seconds", "following"), [(100, 0.1, 100), (100, 0.5, 50), (100, 4, 25), (25, 0.2, 31), (25, 0, 100)]
)
def test_lots_are_as_large_as_somebody_who_saves_can_wait_for(size, seconds, following):
    assert publish_batch.next_size(size, seconds) == following


def test_after_each_lot_who_waits_for_the_file_of_sqlite_has_a_turn(batch, carl, monkeypatch):
    pauses = []
    monkeypatch.setattr(transactions.time, "sleep", pauses.append)

    publish_batch.publish(batch, carl)

    assert pauses == ([] if POSTGRESQL else [transactions.LOOKS_AGAIN])


@pytest.mark.parametrize("good", [0, 1])
def test_publishing_that_breaks_off_says_how_far_it_came(batch, carl, monkeypatch, good):
    monkeypatch.setattr(publish_batch, "LOT", 2)
    publish_lot, lots = publish_batch._publish_lot, []

    def busy(*arguments):
        lots.append(arguments)
        if len(lots) > good:
            raise OperationalError("busy")
        return publish_lot(*arguments)

    monkeypatch.setattr(publish_batch, "_publish_lot", busy)
    if good:
        assert publish_batch.publish(batch, carl) == 2
    else:
        with pytest.raises(OperationalError):
            publish_batch.publish(batch, carl)
    monkeypatch.setattr(publish_batch, "_publish_lot", publish_lot)

    assert (publish_batch.publish(batch, carl), Event.objects.public().count()) == (6 - 2 * good, 6)


@pytest.fixture
def loads(shared, tmp_path):
    """Return what loads a package of the demo, without its actors but one."""
    call_command("load_demo", stdout=io.StringIO())
    file = tmp_path / "events.zip"
    file.write_bytes(exported())
    with transaction.atomic():
        empty()
    make.actor("Department of State", slug="department-of-state")
    wanted = Options(file, file.name, FORMATS["datapackage"], None, publish=True)
    checked = check(wanted)
    return lambda: run(wanted, checked)


def test_an_event_is_saved_while_a_package_is_loaded(loads, monkeypatch):
    event = make.event("Before")
    event.title = "After"

    def saved() -> bool:
        event.save()
        return ImportBatch.objects.exists()

    loaded, package_was_first = Between(monkeypatch, PackageLoader, "_imported").run(loads, saved)

    assert (type(loaded), package_was_first) == (ImportBatch, not POSTGRESQL)
    assert Event.objects.public().count() == loaded.created > 0


@on_postgresql
def test_a_package_that_names_who_is_merged_meanwhile_is_refused(loads, monkeypatch):
    gone, target = Actor.objects.get(), make.actor("Department")

    loaded, merged = Between(monkeypatch, PackageLoader, "_imported").run(
        loads, lambda: ActorMerge(gone, target).apply("One")
    )

    assert (type(loaded), merged) == (FileRefused, None)
    assert str(loaded).startswith(f"“{gone}” was changed on the desk while the file was imported.")
    assert (Event.objects.count(), Briefing.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)
