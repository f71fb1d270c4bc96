"""A site in a folder of its own, as its commands see it: a SQLite file with the demo, uploads, and a folder of backups."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.test_settings import CLEAN, ROOT


@dataclass(frozen=True, slots=True)
class BackupSite:
    folder: Path
    address: str  # of the database

    @classmethod
    def of(cls, folder: Path) -> "BackupSite":
        return cls(folder, f"sqlite:///{folder / 'site.sqlite3'}")

    @property
    def backups(self) -> list[Path]:
        return sorted(path for path in (self.folder / "backups").iterdir() if path.suffix != ".json")

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        given = CLEAN | {
            "DATABASE_URL": self.address,
            "BACKUP_DIR": str(self.folder / "backups"),
            "IMPORT_DIR": str(self.folder / "imports"),
            "SITE_URL": "http://127.0.0.1:8000",
        }
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=given | environment, capture_output=True, text=True)  # noqa: S603

    def done(self, *arguments: str, **environment: str) -> str:
        """Return what a command says that succeeds."""
        finished = self.manage(*arguments, **environment)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    def refused(self, *arguments: str, **environment: str) -> str:
        """Return the reason of a command that refuses."""
        finished = self.manage(*arguments, **environment)
        assert finished.returncode == 1, finished.stdout
        (reason,) = [line for line in finished.stderr.splitlines() if line.startswith("CommandError: ")]
        return reason.removeprefix("CommandError: ")


def rewritten(backup: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Return a copy of an archive in which each entry is as `change` gives it; None: it is left out."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def with_manifest(**changes) -> Callable[[str, bytes], bytes]:
    """Return a change of the manifest alone; a value that can be called is given what is there."""

    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        new = {key: value(manifest[key]) if callable(value) else value for key, value in changes.items()}
        return json.dumps(manifest | new).encode()

    return change
