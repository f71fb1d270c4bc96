import pytest
from django.core.checks import Tags, Warning, run_checks
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from timeline.apps import exports_leave_threads
from timeline.migrations import BEFORE_THE_FIRST_RELEASE


@pytest.mark.parametrize(("exports", "threads"), [(4, 4), (5, 4), (1, 1)])
def test_exports_that_can_hold_every_thread_are_warned_of(settings, exports, threads):
    settings.EXPORTS_AT_ONCE, settings.THREADS = exports, threads

    assert exports_leave_threads(None) == [
        Warning(
            f"EXPORTS_AT_ONCE is {exports}, and a process of the server has THREADS = {threads}.",
            hint="Readers of exports who stall would stop the site: set EXPORTS_AT_ONCE lower, or THREADS higher.",
            id="timeline.W001",
        )
    ]


def test_exports_that_leave_a_thread_are_not(settings):
    settings.EXPORTS_AT_ONCE, settings.THREADS = 3, 4

    assert exports_leave_threads(None) == []


def test_deployment_is_checked_for_it(settings):
    settings.EXPORTS_AT_ONCE = settings.THREADS

    warnings = run_checks(tags=[Tags.compatibility], include_deployment_checks=True)

    assert [warning.id for warning in warnings] == ["timeline.W001"]


@pytest.mark.parametrize(("applied", "errors"), [(0, []), (12, ["timeline.E001"]), (16, [])])
@pytest.mark.django_db
def test_database_between_two_old_migrations_is_refused(applied, errors):
    recorder = MigrationRecorder(connection)
    for name in BEFORE_THE_FIRST_RELEASE[applied:]:
        recorder.record_unapplied("timeline", name)

    assert [error.id for error in run_checks(tags=[Tags.database], databases=["default"])] == errors
