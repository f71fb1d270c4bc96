"""The folder of backups: making one, which to keep, and how old the newest is that was tried."""

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .archive import BackupRefused, encrypt, file_sha256, sync, write_archive

NAME = re.compile(r"tracker-(\d{8}T\d{6}Z)\.zip(?:\.age)?")
MOST_LOST = 0.1  # share of the rows by which a backup may be smaller than the one before it
KEEP = "7d4w12m"  # days, weeks and months of which the newest backup is kept


@dataclass(frozen=True, slots=True)
class StoredBackup:
    path: Path
    at: dt.datetime  # UTC

    @property
    def manifest_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def manifest(self) -> dict:
        """Return what lies beside it: the manifest, its SHA-256, and when it was verified. Empty: nothing readable."""
        try:
            manifest = json.loads(self.manifest_path.read_text())
        except (OSError, ValueError):
            return {}
        return manifest if isinstance(manifest, dict) else {}

    def write_manifest(self, manifest: dict) -> None:
        _write(self.manifest_path, json.dumps(manifest, indent=1).encode())


def stored_backups(folder: Path) -> list[StoredBackup]:
    """Return the backups of a folder, the newest first."""
    backups = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if named := NAME.fullmatch(path.name):
            at = dt.datetime.strptime(named[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
            backups.append(StoredBackup(path, at))
    return sorted(backups, key=lambda backup: backup.at, reverse=True)


def make_backup(
    folder: Path, at: dt.datetime, recipient: str = "", verify: Callable[[Path], None] | None = None
) -> StoredBackup:
    """Write a backup and return it: nothing has its name before it is whole and on the disk. `verify` is called with the
    archive before it is encrypted, and raises BackupRefused. `recipient`: public key of age; empty: not encrypted."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [folder / f".tracker-{at:%Y%m%dT%H%M%SZ}.zip.partial"]
    _write(made[0], b"")  # readable by its owner alone from the beginning
    try:
        manifest = write_archive(made[0], at)
        if verify:
            verify(made[0])
            manifest["verified_at"] = dt.datetime.now(dt.UTC).isoformat()
        if recipient:
            made.append(encrypt(made[0], recipient))
        ending = ".zip.age" if recipient else ".zip"
        backup = StoredBackup(folder / f"tracker-{at:%Y%m%dT%H%M%SZ}{ending}", at)
        made[-1].chmod(0o600)
        sync(made[-1])
        manifest["sha256"] = file_sha256(made[-1])
        os.replace(made[-1], backup.path)
        backup.write_manifest(manifest)
        sync(folder)
    finally:
        for path in made:
            path.unlink(missing_ok=True)
    return backup


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def check_size(backup: StoredBackup, before: StoredBackup | None) -> None:
    """Raise BackupRefused where the backup has far fewer rows than the one before it: something may have been lost."""
    rows, rows_before = (_rows(given.manifest()) if given else 0 for given in (backup, before))
    if rows < rows_before * (1 - MOST_LOST):
        words = f"{backup.path} was made, but has {rows:,} rows, and the one before it {rows_before:,}."
        raise BackupRefused(f"{words} No older backup was removed. Check whether rows were lost.")


def _rows(manifest: dict) -> int:
    return sum(table["rows"] for table in manifest.get("tables", {}).values())


# Which to keep

PERIODS = {"d": "%Y-%m-%d", "w": "%G-%V", "m": "%Y-%m"}


def read_rule(rule: str) -> dict[str, int]:
    """Return how many days, weeks and months have a backup kept: {"d": 7, "w": 4, "m": 12}. Raises ValueError."""
    if not re.fullmatch(r"(\d+[dwm])+", rule):
        raise ValueError("Write days, weeks and months like 7d4w12m.")
    return {letter: int(number) for number, letter in re.findall(r"(\d+)([dwm])", rule)}


def superfluous(backups: Iterable[StoredBackup], rule: dict[str, int]) -> list[StoredBackup]:
    """Return the backups that may go; given the newest first. The newest never is among them."""
    seen: dict[str, set[str]] = {letter: set() for letter in rule}
    going = []
    for number, backup in enumerate(backups):
        is_kept = number == 0
        for letter, most in rule.items():
            period = backup.at.strftime(PERIODS[letter])
            if period not in seen[letter] and len(seen[letter]) < most:
                seen[letter].add(period)
                is_kept = True
        if not is_kept:
            going.append(backup)
    return going


def remove(backup: StoredBackup) -> None:
    backup.path.unlink()
    backup.manifest_path.unlink(missing_ok=True)


# How old the newest is


def last_verified(folder: Path) -> StoredBackup | None:
    """Return the newest backup that was restored for a trial and found whole, and is as it was then."""
    return next((backup for backup in stored_backups(folder) if backup.manifest().get("verified_at")), None)
