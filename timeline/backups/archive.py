"""The archive: a zip with a manifest, a file of lines for each table, and the files that the site stores; encrypted with age where
a recipient is given (age-encryption.org). Beside it lies its manifest, which holds numbers and digests, and no word of a row.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import tracker

from .table_lines import Digest, Lines, backed_up_models, one_state

KIND = "conflict event timeline backup"
LAYOUT = 1  # of the archive; another number is another program's
MANIFEST = "manifest.json"
LOT = 1024 * 1024  # bytes
FOLDERS = {"imports": "IMPORT_DIR"}  # in the archive -> setting


class BackupRefused(Exception):
    """A backup that cannot be made, read or restored. The message says why, and what would help."""


def migrations_of(alias: str) -> list[str]:
    """Return the migrations that a database has, as `app.name`, sorted."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())


def check_schema(alias: str) -> None:
    """Raise BackupRefused where the tables are not those of this version: migrations were not run, or undone."""
    executor = MigrationExecutor(connections[alias])
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        migration, _ = plan[0]
        words = f"The database lacks {len(plan)} migrations of this version, the first is {migration}."
        raise BackupRefused(f"{words} Make the backup with the version that the site runs on, or run migrate first.")


def stored_files() -> Iterator[tuple[str, Path]]:
    """Yield the name in the archive and the path of each file that the site stores beside its database."""
    for folder, setting in FOLDERS.items():
        root = Path(getattr(settings, setting, "") or "/nonexistent")
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            if path.is_file():
                yield f"files/{folder}/{path.relative_to(root).as_posix()}", path


def write_archive(path: Path, at: dt.datetime, alias: str = "default") -> dict:
    """Write one state of the database, and the files, to a new file; return the manifest. `at`: UTC."""
    check_schema(alias)
    manifest: dict = {"kind": KIND, "layout": LAYOUT, "software": tracker.__version__, "at": at.isoformat()}
    with one_state(alias) as state, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        manifest |= {"database": connections[alias].vendor, "migrations": migrations_of(state)}
        manifest["tables"] = {
            model._meta.label: asdict(_write_table(archive, Lines(model, state))) for model in backed_up_models()
        }
        manifest["files"] = {name: _write_file(archive, name, file) for name, file in stored_files()}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _write_table(archive: zipfile.ZipFile, lines: Lines) -> Digest:
    with archive.open(f"tables/{lines.model._meta.label}.ndjson", "w", force_zip64=True) as entry:
        for line in lines:
            entry.write(line)
    return lines.digest


def _write_file(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Return the SHA-256 of what was written: an upload may go at any moment, so the digest is of the copy."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as entry:
            while lot := file.read(LOT):
                digest.update(lot)
                entry.write(lot)
    except FileNotFoundError:
        return ""  # it went meanwhile
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def encrypt(path: Path, recipient: str) -> Path:
    """Return the path of the encrypted archive, beside the plain one. Raises BackupRefused for what is no recipient."""
    encrypted = path.with_name(f"{path.name}.age")
    try:
        pyrage.encrypt_file(str(path), str(encrypted), [pyrage.x25519.Recipient.from_str(recipient)])
    except pyrage.RecipientError as error:
        raise BackupRefused("The recipient is not a public key of age: that begins with “age1”.") from error
    return encrypted


@contextmanager
def opened_archive(path: Path, identity: Path | None = None) -> Iterator[zipfile.ZipFile]:
    """Give the archive, decrypted into a temporary file where it has to be. Raises BackupRefused."""
    with TemporaryDirectory(prefix="tracker-restore-") as folder:
        plain = Path(folder) / "backup.zip"
        if path.suffix == ".age":
            _decrypt(path, plain, identity)
        else:
            plain = path
        try:
            archive = zipfile.ZipFile(plain)
        except (zipfile.BadZipFile, OSError) as error:
            raise BackupRefused(f"{path} cannot be read as a backup: {error}") from error
        with archive:
            yield archive


def _decrypt(path: Path, plain: Path, identity: Path | None) -> None:
    if identity is None:
        raise BackupRefused(f"{path} is encrypted: give the file with its secret key by --identity.")
    try:
        keys = [line.strip() for line in identity.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
        pyrage.decrypt_file(str(path), str(plain), [pyrage.x25519.Identity.from_str(key) for key in keys])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise BackupRefused(f"{path} cannot be decrypted with this key: {error}") from error


def read_manifest(archive: zipfile.ZipFile) -> dict:
    """Return what a backup says of itself. Raises BackupRefused for a file of another program, or another layout."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        kind, layout = manifest["kind"], manifest["layout"]
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise BackupRefused("The file is not a backup of a conflict event timeline: it has no manifest.") from error
    if kind != KIND:
        raise BackupRefused(
            f"The file is not a backup of a conflict event timeline. Its manifest says that it is: {kind}."
        )
    if layout != LAYOUT:
        raise BackupRefused(
            f"The backup has layout {layout}; this version reads {LAYOUT}. Restore it with its own version."
        )
    return manifest


def check_migrations(manifest: dict) -> None:
    """Raise BackupRefused where the tables of the backup are not those of this version."""
    loader = MigrationLoader(None)
    here = {f"{app}.{name}" for app, name in loader.graph.nodes}
    made_with, replaced = set(manifest["migrations"]), set()
    for (app, name), migration in loader.replacements.items():  # it was run where all that it replaces were
        parts = {f"{app_of_part}.{part}" for app_of_part, part in migration.replaces}
        replaced |= parts
        (made_with.add if parts <= made_with else made_with.discard)(f"{app}.{name}")
    if newer := sorted(made_with - here - replaced):
        raise BackupRefused(
            f"The backup is of a newer version: {newer[-1]} is not known here. Install that version first."
        )
    if missing := sorted(here - made_with):
        words = (
            f"The backup is of an older version, before {missing[0]}. Install version {manifest['software']} with the"
        )
        raise BackupRefused(f"{words} migrations of the backup, restore there, then upgrade and run migrate.")


def lines_of(archive: zipfile.ZipFile, label: str) -> Iterator[bytes]:
    """Yield the lines of a table. Raises BackupRefused where the archive is damaged."""
    try:
        with archive.open(f"tables/{label}.ndjson") as entry:
            yield from entry
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
        raise BackupRefused(f"The backup is damaged in the table {label}: {error}") from error


def check_archive(archive: zipfile.ZipFile) -> dict:
    """Return the manifest of a whole backup of this version; every byte is read. Raises BackupRefused."""
    manifest = read_manifest(archive)
    check_migrations(manifest)
    for label, promised in manifest["tables"].items():
        sha256, rows = hashlib.sha256(), 0
        for rows, line in enumerate(lines_of(archive, label), 1):  # noqa: B007 (the last number counts)
            sha256.update(line)
        if promised != {"rows": rows, "sha256": sha256.hexdigest()}:
            is_short = rows != promised["rows"]
            counts = f"{rows:,} rows, promised were {promised['rows']:,}" if is_short else "a row is not as it was"
            raise BackupRefused(f"The backup is damaged: {label} differs ({counts}).")
    for name, sha256 in manifest["files"].items():
        if sha256 and _entry_sha256(archive, name) != sha256:
            raise BackupRefused(f"The backup is damaged: the file {name} is not as it was.")
    return manifest


def _entry_sha256(archive: zipfile.ZipFile, name: str) -> str:
    try:
        with archive.open(name) as entry:
            return hashlib.file_digest(entry, "sha256").hexdigest()
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
        raise BackupRefused(f"The backup is damaged in the file {name}: {error}") from error


def copy_out(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as entry, target.open("wb") as file:
        shutil.copyfileobj(entry, file, LOT)
