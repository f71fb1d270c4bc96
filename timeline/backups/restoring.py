"""Bringing a backup back: whole or not at all, and what was there before is kept."""

import datetime as dt
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from timeline.database.statements import statement
from timeline.redaction.replay import apply_redactions, export_redactions

from .archive import FOLDERS, BackupRefused, check_archive, copy_out, lines_of
from .table_lines import backed_up_models, clear, count_and_digest, load, set_next_keys

Say = Callable[[str], None]


def restore(archive: zipfile.ZipFile, say: Say, replace: bool = False) -> dict:
    """Put the rows and files of a backup in the place of those of this site; return its manifest. What was there stays: of
    SQLite the file, of PostgreSQL a backup that the caller makes before; files are never removed.

    Raises BackupRefused where the backup is damaged, foreign, older or newer, or where there are rows and not `replace`.
    """
    manifest = check_archive(archive)
    if holds_rows() and not replace:
        raise BackupRefused(
            "The database holds rows already. With --replace they are set aside, and the backup replaces them."
        )
    redactions = redactions_since(manifest["at"])
    if connection.vendor == "sqlite":
        _restore_sqlite(archive, manifest, redactions, say)
    else:
        fill(archive, manifest, redactions, say)
    restore_files(archive, manifest)
    return manifest


def holds_rows() -> bool:
    """Return whether anything was entered: migrations alone bring types and roles, and no account."""
    names = ["auth_user", "timeline_event", "timeline_briefing"]
    tables = set(connection.introspection.table_names()).intersection(names)
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(statement("SELECT 1 FROM {table} LIMIT 1", table=name))
            if cursor.fetchone():
                return True
    return False


def _restore_sqlite(archive: zipfile.ZipFile, manifest: dict, redactions: dict, say: Say) -> None:
    """Fill a new file and put it in the place of the old one, which stays beside it."""
    path = Path(connection.settings_dict["NAME"])
    new = path.with_name(f"{path.name}.restoring")
    new.unlink(missing_ok=True)
    had_tables = bool(connection.introspection.table_names())
    try:
        with _file_of_default(new):
            fill(archive, manifest, redactions, say)
        connection.close()
        if had_tables:
            say(f"The database that was there is now {_put_aside(path)}.")
        os.replace(new, path)
    finally:
        for ending in ENDINGS:
            Path(f"{new}{ending}").unlink(missing_ok=True)


@contextmanager
def _file_of_default(path: Path) -> Iterator[None]:
    """Have Django use another file: migrations know no database but the default one."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()  # the log of the file is written into it
        connection.settings_dict["NAME"] = before


ENDINGS = ("", "-wal", "-shm", "-journal")


def _put_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.before-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}")
    for ending in ENDINGS:
        if (part := Path(f"{path}{ending}")).exists():
            part.rename(f"{aside}{ending}")
    return aside


def fill(archive: zipfile.ZipFile, manifest: dict, redactions: dict, say: Say) -> None:
    """Run the migrations, put the rows of the backup in the place of those that are there, and make the redactions again."""
    call_command("migrate", verbosity=0)
    load_all(archive, manifest, "default", say)
    if not redactions["redactions"]:
        return
    replay = apply_redactions(redactions)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # or the words would stay in free pages of the file
    say(
        f"{replay.applied} redactions that were made since were made again; {replay.absent} are of rows that are not there."
    )
    for value in replay.differing or ():
        say(f"Check by hand: {value}")


def redactions_since(at: str) -> dict:
    """Return the redactions that this site has made since a moment; none where its tables cannot be read."""
    try:
        return export_redactions(dt.datetime.fromisoformat(at))
    except DatabaseError:
        return {"redactions": []}


def load_all(archive: zipfile.ZipFile, manifest: dict, alias: str, say: Say) -> None:
    """Load every table of a whole backup, in one transaction, and compare what is there then with the manifest. Raises
    BackupRefused where the database does not give back what was written."""
    with transaction.atomic(using=alias):
        clear(alias)
        for model in backed_up_models():
            load(model, lines_of(archive, model._meta.label), alias)
        set_next_keys(alias)
        if wrong := different_tables(manifest, alias):
            raise BackupRefused(f"The database does not give back what was written: {'; '.join(wrong)}.")
    rows = sum(table["rows"] for table in manifest["tables"].values())
    say(f"{rows:,} rows of {len(manifest['tables'])} tables are as in the backup of {manifest['at']}.")


def different_tables(manifest: dict, alias: str) -> list[str]:
    """Return in words which tables differ from the manifest. It reads every row."""
    wrong = []
    for model in backed_up_models():
        label = model._meta.label
        there, promised = asdict(count_and_digest(model, alias)), manifest["tables"].get(label)
        if there != promised:
            counts = (
                f"{there['rows']:,} rows, promised were {promised['rows']:,}"
                if promised
                else "it is not in the manifest"
            )
            wrong.append(f"{label} differs ({counts})")
    return wrong


def restore_files(archive: zipfile.ZipFile, manifest: dict) -> None:
    """Write the files into the folders of this site; those that are there already stay unchanged."""
    for name in filter(manifest["files"].get, manifest["files"]):  # without those that went while it was made
        folder, _, rest = name.removeprefix("files/").partition("/")
        root = Path(getattr(settings, FOLDERS[folder], "")).resolve()
        target = (root / rest).resolve()
        if not target.is_relative_to(root):
            raise BackupRefused(f"The backup names a file outside of its folder: {name}.")
        if not target.exists():
            copy_out(archive, name, target)
