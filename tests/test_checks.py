import pytest
from django.core.checks import Tags, Warning, run_checks

from timeline.checks import exports_leave_threads


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

    found = run_checks(tags=[Tags.compatibility], include_deployment_checks=True)

    assert [warning.id for warning in found] == ["timeline.W001"]
