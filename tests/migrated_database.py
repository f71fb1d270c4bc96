"""A copy of the migrated test database, kept between runs: migrating anew takes as long as some hundred tests.

It is kept for SQLite alone, and filed under all that made it: another migration, or another Django, makes another.
Migrations still run on the copy, and find nothing to do.
"""

import hashlib
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from django.db.backends.sqlite3.base import DatabaseWrapper

MIGRATIONS = Path(__file__).parent.parent / "timeline" / "migrations"
LIBRARIES = ("django", "django-simple-history")


def digest() -> str:
    """Return what names the copy: a hash of each migration and of the libraries that bring some of their own."""
    made_by = [f"{library} {version(library)}".encode() for library in LIBRARIES]
    made_by += [part for file in sorted(MIGRATIONS.glob("*.py")) for part in (file.name.encode(), file.read_bytes())]
    return hashlib.sha256(b"\0".join(made_by)).hexdigest()[:16]


def fill(connection: DatabaseWrapper, file: Path) -> None:
    """Bring the copy into a database in memory that has just been made; where there is none, leave it to migrations."""
    if file.exists() and connection.is_in_memory_db() and not connection.introspection.table_names():
        with closing(sqlite3.connect(file)) as copy:
            copy.backup(connection.connection)


def keep(connection: DatabaseWrapper, file: Path) -> None:
    """Keep a copy of the database as migrations left it, in place of those of other migrations."""
    if file.exists() or not connection.is_in_memory_db():
        return
    part = file.with_suffix(f".{id(connection)}")  # another worker may be at it too
    with closing(sqlite3.connect(part)) as copy:
        connection.connection.backup(copy)
    for older in file.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    part.replace(file)
