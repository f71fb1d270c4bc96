"""The trial of a backup: it is restored into a database of its own and looked at as readers would."""

import io
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from timeline.models import Briefing, Event

from .archive import BackupRefused

PAGES = ("/", "/events.csv", "/events.json", "/export/", "/compare/", "/briefings/", "/actors/", "/places/")
PAGES += ("/conflicts/", "/api/v1/", "/events.atom")


def try_backup(path: Path, identity: Path | None = None, database: str = "") -> str:
    """Restore a backup into an empty database, by a process of its own, and return what it says: rows as promised, every quote
    in its source, the pages open. `database`: the address of another than a SQLite file for a moment.

    Raises BackupRefused with the reason.
    """
    with TemporaryDirectory(prefix="tracker-trial-") as folder:
        scratch = database or f"sqlite:///{Path(folder) / 'trial.sqlite3'}"
        given = os.environ | {"DATABASE_URL": scratch, "BACKUP_DIR": folder}
        given["IMPORT_DIR"] = f"{folder}/imports"
        said = manage(["restore", str(path), *(["--identity", str(identity)] if identity else [])], given)
        return said + manage(["backup_status", "--look"], given)


def manage(arguments: list[str], environment: dict[str, str]) -> str:
    """Run a command of manage.py in a process of its own, and return what it says. Raises BackupRefused where it fails."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603  # nosec B603 (our own command)
    if done.returncode:
        reason = next((line for line in done.stderr.splitlines() if "Error: " in line), done.stderr[-500:])
        raise BackupRefused(reason.partition("Error: ")[2] or reason)
    return done.stdout


def look() -> str:
    """Return in words what this database shows. Raises BackupRefused where a quote is not found or a page does not open."""
    said = io.StringIO()
    try:
        call_command("verify_quotes", stdout=said)
    except CommandError as error:
        raise BackupRefused(f"Not every quote is found in its source: {error}") from error
    pages = opened_pages()
    return f"{said.getvalue().splitlines()[-1]}\n{len(pages)} pages open.\n"


def opened_pages() -> list[str]:
    client = Client(headers={"Host": settings.ALLOWED_HOSTS[0].removeprefix("*").removeprefix(".") or "localhost"})
    details = [f"/events/{public_id}/" for public_id in Event.objects.public().values_list("public_id", flat=True)[:3]]
    details += [f"/briefings/{slug}/" for slug in Briefing.objects.public().values_list("slug", flat=True)[:3]]
    pages = [*PAGES, *details]
    for page in pages:
        response = client.get(page, secure=True)
        if response.status_code != 200:
            raise BackupRefused(f"The page {page} answers {response.status_code}.")
        response.close()
    return pages
