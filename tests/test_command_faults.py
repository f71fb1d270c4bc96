"""What a command says where the database or a disk takes nothing."""

import errno

import pytest
from django.db import IntegrityError

from tests.database_errors import database_error
from timeline.database.faults import DISK_FULL, FULL
from tracker.logs import commands


@pytest.fixture
def failing(monkeypatch):
    def fail_with(error: Exception) -> None:
        def run(arguments):
            raise error

        monkeypatch.setattr(commands, "execute_from_command_line", run)

    return fail_with


@pytest.mark.parametrize(
    ("error", "fault"), [(database_error("53100"), FULL), (OSError(errno.ENOSPC, "No space left on device"), DISK_FULL)]
)
def test_a_known_fault_is_said_in_words(failing, error, fault):
    failing(error)

    with pytest.raises(SystemExit) as ended:
        commands.execute(["manage.py", "import_events"])

    assert ended.value.code == f"CommandError: {fault.words}"


@pytest.mark.parametrize(
    ("error", "options"),
    [(IntegrityError("twice"), []), (FileNotFoundError(), []), (database_error("53100"), ["--traceback"])],
)
def test_any_other_is_shown_where_it_was_met(failing, error, options):
    failing(error)

    with pytest.raises(type(error)):
        commands.execute(["manage.py", "import_events", *options])
