"""The command line, with a line in the log for each command that nobody watches: of timers and scripts."""

import logging
import sys
import time

from django.apps import apps
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from timeline.database.faults import classify_error

logger = logging.getLogger(__name__)

UNLOGGED = {"runserver", "shell", "dbshell", "help", "check", "version"}


def execute(arguments: list[str]) -> None:
    """Run the command. Its options are not logged: they may name what is entered. A fault of the database or of a disk is said
    in words, with `--traceback` where it was met."""
    since, ending = time.monotonic(), "failed"
    try:
        execute_from_command_line(arguments)
        ending = "done"
    except (DatabaseError, OSError) as error:
        if "--traceback" in arguments or not (fault := classify_error(error)):
            raise
        sys.exit(f"CommandError: {fault.words}")
    except SystemExit as ended:
        ending = f"ended with {ended.code}" if ended.code else "done"
        raise
    finally:
        _log(arguments, ending, time.monotonic() - since)


def _log(arguments: list[str], ending: str, seconds: float) -> None:
    name = (arguments[1:2] or ["help"])[0]
    if not apps.ready or name in UNLOGGED or name.startswith("-") or sys.stderr.isatty():
        return
    fields = {"command": name, "ending": ending, "seconds": round(seconds, 1)}
    logger.info("command %s: %s after %.1f s", name, ending, seconds, extra={"fields": fields})
