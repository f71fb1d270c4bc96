"""What an error of the database, or of a disk, means to who meets it: only what passes by itself is worth trying again.

Sources of the codes: sqlite.org/rescode.html; postgresql.org/docs/current/errcodes-appendix.html.
"""

import errno
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, OperationalError, connection

logger = logging.getLogger(__name__)

RETRY_AFTER = 5  # seconds


@dataclass(frozen=True, slots=True)
class DatabaseFault:
    words: str
    status: int = 503
    passes: bool = False  # over by itself, soon
    is_readable: bool = False  # pages can still be read


BUSY = DatabaseFault(
    f"Nothing was saved: the database was busy for too long. Try again in {RETRY_AFTER} seconds. While a large file is imported, or "
    "an import is undone, it may stay busy for some minutes.",
    passes=True,
    is_readable=True,
)
OUT_OF_REACH = DatabaseFault(
    f"The database cannot be reached. Try again in {RETRY_AFTER} seconds. "
    "If you sent a form, check whether it was saved before you send it again.",
    passes=True,
)
NOT_MIGRATED = DatabaseFault(
    "The database has no such table or column as this page needs: the migrations of this version have not been run. "
    "The administrator of the site must run manage.py migrate.",
    status=500,
)
TOO_SLOW = DatabaseFault(
    "The search was ended because it took the database too long. Narrow it: choose a shorter period, an actor or a place, or search for "
    "a rarer or a longer word.",
    is_readable=True,
)
FULL = DatabaseFault(
    "Nothing was saved: the disk of the database is full. The administrator of the site must free space on it.",
    status=507,
    is_readable=True,
)
READ_ONLY = DatabaseFault(
    "Nothing was saved: the database is read-only. The administrator of the site must make it writable.",
    is_readable=True,
)
DISK_FULL = DatabaseFault(
    "Nothing was saved: a disk of the site is full. The administrator of the site must free space on it.",
    status=507,
    is_readable=True,
)
DISK_READ_ONLY = DatabaseFault(
    "Nothing was saved: a folder of the site is read-only. The administrator of the site must make it writable.",
    is_readable=True,
)
NOT_OPENED = DatabaseFault(
    "The file of the database cannot be opened. The administrator of the site must check that its folder exists and may "
    "be written to."
)
BROKEN = DatabaseFault(
    "The database cannot be read: its file or its disk is damaged. The administrator of the site must repair it or restore "
    "a backup.",
    status=500,
)

OF_DISK = {errno.ENOSPC: DISK_FULL, errno.EDQUOT: DISK_FULL, errno.EROFS: DISK_READ_ONLY}
OUTPUT = 10  # of SQLite: an error of the disk, of whatever kind
NO_ROOM = 64 << 10  # bytes that are left on a full disk
OF_SQLITE = {
    3: READ_ONLY,
    5: BUSY,
    6: BUSY,
    8: READ_ONLY,
    9: TOO_SLOW,
    10: BROKEN,
    11: BROKEN,
    13: FULL,
    14: NOT_OPENED,
    26: BROKEN,
}
MISSING_IN_SQLITE = ("no such table", "no such column", "has no column named")  # its code 1 says no more than "error"
OF_POSTGRESQL = {
    **dict.fromkeys(("40001", "40P01", "55P03"), BUSY),
    **dict.fromkeys(("53300", "57P01", "57P02", "57P03"), OUT_OF_REACH),
    **dict.fromkeys(("42P01", "42703"), NOT_MIGRATED),
    **dict.fromkeys(("58030", "58P01", "XX001", "XX002"), BROKEN),
    "25006": READ_ONLY,
    "57014": TOO_SLOW,
    "53100": FULL,
}


def classify_error(error: BaseException | None) -> DatabaseFault | None:
    """Return what it means; None: no fault of the database or of a disk, or none that is known."""
    if isinstance(error, OSError):
        return OF_DISK.get(error.errno or 0)
    if not isinstance(error, DatabaseError):
        return None
    cause = error.__cause__
    if code := getattr(cause, "sqlite_errorcode", None):
        if code & 0xFF == OUTPUT and _is_full():
            return FULL
        is_missing = any(words in str(cause) for words in MISSING_IN_SQLITE)
        return OF_SQLITE.get(code & 0xFF, NOT_MIGRATED if is_missing else None)  # its low byte is the kind
    if code := getattr(cause, "sqlstate", None):
        return OUT_OF_REACH if code.startswith("08") else OF_POSTGRESQL.get(code)
    return OUT_OF_REACH if isinstance(error, OperationalError) else None  # psycopg's of connections have no code


def _is_full() -> bool:
    """Return whether the disk of the file has no room: SQLite may say no more than that it could not write."""
    try:
        disk = os.statvfs(Path(connection.settings_dict["NAME"]).parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < NO_ROOM


def log_fault(fault: DatabaseFault | None, error: BaseException, where: str) -> None:
    """Log it with its traceback; that others were writing, or that a search took too long, is only worth a line."""
    where = where.encode("unicode_escape").decode()  # an address writes no lines of its own
    if fault in (BUSY, TOO_SLOW):
        logger.warning("%s: %s", where, error)
    else:
        logger.error("%s: %s", where, fault.words if fault else error, exc_info=error)
