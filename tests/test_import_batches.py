"""Batches: the same file again, a new version, and the work of editors."""

import pytest
from django.contrib.auth.models import User

from timeline.imports.events.event_import import ImportRefused, check, run
from timeline.models import (
    Briefing,
    Citation,
    DataRevision,
    Event,
    ImportedEvent,
    PublicRevision,
)
from timeline.models.publication import Status

from .desk_client import rows
from .import_files import SIX, brought_in, counts, ged, looked_at, options

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_batch_says_what_was_brought_in(tmp_path):
    ada = User.objects.create_user("ada")
    batch = brought_in(tmp_path, ged(*SIX), by=ada)

    assert (batch.format, batch.file_name, batch.rows, batch.by, batch.publish) == (
        "ucdp-ged",
        "events.csv",
        6,
        ada,
        False,
    )
    assert (len(batch.sha256), counts(batch)) == (64, (6, 0, 0, 0))
    assert set(Event.objects.values_list("author", flat=True)) == {ada.pk}
    assert set(ImportedEvent.objects.values_list("batch", flat=True)) == {batch.pk}


def test_every_row_is_told_in_the_history(tmp_path):
    batch = brought_in(tmp_path, ged(*SIX), by=User.objects.create_user("ada"))

    for model in (Event, Citation, Briefing):
        history = set(
            model.history.values_list("history_type", "history_change_reason", "history_user__username", "history_date")
        )
        assert history == {("+", str(batch), "ada", batch.at)}
        assert model.history.count() == model.objects.count()


def test_published_events_have_evidence_and_a_revision(tmp_path):
    brought_in(tmp_path, ged({}, {"id": "2", "source_article": ""}), publish=True)

    number, at = PublicRevision.objects.current()
    rows = Event.objects.order_by("pk").values_list(
        "status", "supporting_count", "revision", "revised_at", "first_reported_on"
    )
    published, draft = rows
    assert published[:4] == (Status.PUBLISHED, 1, number, at)
    assert published[4].isoformat() == "2014-08-15"
    assert draft == (Status.DRAFT, 0, 0, None, None)
    assert number == 1


def test_drafts_change_nothing_that_the_public_reads(tmp_path):
    brought_in(tmp_path, ged(*SIX))

    assert PublicRevision.objects.current() == (0, None)
    assert not Briefing.objects.public().exists()


def test_revision_of_the_data_rises(tmp_path):
    before = dict(DataRevision.objects.values_list("part", "number"))
    brought_in(tmp_path, ged(*SIX))

    assert dict(DataRevision.objects.values_list("part", "number")) != before


def test_number_of_queries_does_not_grow_with_the_rows(tmp_path, django_assert_max_num_queries):
    many = ged(*({"id": str(number)} for number in range(400)))
    import_options = options(tmp_path, many)
    checked = check(import_options)
    with django_assert_max_num_queries(60):
        run(import_options, checked)


def test_same_file_again_changes_nothing(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)
    before = rows()
    batch = brought_in(tmp_path, ged(*SIX), publish=True)

    assert counts(batch) == (0, 0, 6, 0)
    after = rows()
    assert after.pop("timeline_importbatch") != before.pop("timeline_importbatch")
    before.pop("timeline_datarevision"), after.pop("timeline_datarevision")
    assert after == before


def test_new_version_changes_what_is_different_and_lists_what_is_gone(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)
    event = Event.objects.get(imported__external_id="0")
    newer = ged(SIX[0] | {"best": "7", "side_b_new_id": "9", "side_b": "Others"}, *SIX[1:5], {"id": "new"})
    summary = looked_at(tmp_path, newer)
    batch = brought_in(tmp_path, newer, publish=True)

    assert counts(summary) == counts(batch) == (1, 1, 4, 0)
    assert (summary.disappeared, summary.first_disappeared, batch.disappeared) == (1, ["5"], 1)
    event.refresh_from_db()
    assert (event.deaths_best, event.title) == (7, "State-based violence, Donetsk town: 7 deaths")
    assert [participation.actor.name for participation in event.participations.all()] == [
        "Government of Ukraine",
        "Others",
    ]
    assert event.history.count() == 2
    assert event.history.first().history_change_reason == str(batch)
    assert event.revision == PublicRevision.objects.current()[0] == 2
    event.full_clean()


def test_new_source_of_a_known_event_is_added_and_counted(tmp_path):
    brought_in(tmp_path, ged({}), publish=True)
    citation = Citation.objects.get()
    two = '"Reuters News,2014-08-15,Death toll rises";"AFP,2014-08-14,More"'
    brought_in(tmp_path, ged({"source_article": two}), publish=True)

    event = Event.objects.get()
    assert list(event.citations.values_list("quote", flat=True)) == ["Death toll rises", "More"]
    assert event.citations.first() == citation
    assert (event.supporting_count, event.first_reported_on.isoformat()) == (2, "2014-08-14")


def test_what_editors_changed_is_not_written_over(tmp_path):
    brought_in(tmp_path, ged({}))
    event = Event.objects.get()
    event.title, event.summary = "Fighting at Donetsk", "Ours."
    event.save()
    newer = ged({"side_b_new_id": "9", "side_b": "Others", "best": "9"})  # changes title, actors and the count
    batch = brought_in(tmp_path, newer)

    event.refresh_from_db()
    assert (event.title, event.summary, event.deaths_best) == ("Fighting at Donetsk", "Ours.", 9)
    assert (counts(batch), batch.kept) == ((0, 1, 0, 0), 1)
    assert counts(brought_in(tmp_path, newer)) == (0, 0, 1, 0)


def test_conflict_is_named_and_the_file_wins_where_it_is_asked(tmp_path):
    brought_in(tmp_path, ged({}))
    event = Event.objects.get()
    event.deaths_best = 4
    event.save()
    newer = ged({"best": "9"})

    summary = looked_at(tmp_path, newer)
    assert summary.first_kept == [
        [
            "1001",
            "State-based violence, Donetsk town: 9 deaths",
            "Changed here by hand and in the file too: deaths, best estimate.",
        ]
    ]
    assert counts(summary) == (0, 0, 1, 0)
    assert counts(brought_in(tmp_path, newer, overwrite=True)) == (0, 1, 0, 0)
    event.refresh_from_db()
    assert (event.deaths_best, event.title) == (9, "State-based violence, Donetsk town: 9 deaths")


def test_event_deleted_or_withdrawn_here_stays_so(tmp_path):
    brought_in(tmp_path, ged(*SIX[:2]), publish=True)
    deleted, withdrawn = Event.objects.order_by("pk")
    withdrawn.withdraw("Wrong.")
    Citation.objects.filter(event=deleted).update(event=withdrawn)
    models_event = Event.objects.filter(pk=deleted.pk)
    models_event.update(status="draft")
    deleted.refresh_from_db()
    deleted.delete()
    summary = looked_at(tmp_path, ged(*(row | {"best": "9"} for row in SIX[:2])))

    assert [line[2] for line in summary.first_kept] == ["It was deleted here.", "It was withdrawn here."]
    assert counts(summary) == (0, 0, 2, 0)


def test_public_event_is_not_changed_by_who_may_not_publish(tmp_path):
    brought_in(tmp_path, ged({}), publish=True)

    summary = looked_at(tmp_path, ged({"best": "9"}), may_change_public=False)

    assert counts(summary) == (0, 0, 1, 0)
    assert summary.first_kept[0][2] == "It is public, and changing it needs the permission to publish."


def test_one_wrong_row_refuses_the_file_unless_it_is_left_out(tmp_path):
    import_options = options(tmp_path, ged(*SIX, {"id": "x", "latitude": "9999"}))
    before = rows()
    with pytest.raises(ImportRefused):
        run(import_options, check(import_options))
    assert rows() == before

    import_options.skip_refused = True
    assert counts(run(import_options, check(import_options))) == (6, 0, 0, 1)


def test_id_that_stands_twice_is_refused(tmp_path):
    summary = looked_at(tmp_path, ged({}, {}))

    assert [(problem.row, problem.column, problem.value) for problem in summary.first_problems] == [(3, "id", "1001")]
