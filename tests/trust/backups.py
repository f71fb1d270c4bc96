"""Twenty backups beside a writer of a hundred transactions a second: each is verified, and the last restored with equal rows."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.backup_site import BackupSite

BACKUPS = 20
PAUSE = 0.01  # seconds between two transactions
INSERTED = (  # rows of two tables that belong together
    "INSERT INTO auth_group (name) VALUES ('group {number}')",
    "INSERT INTO django_admin_log (action_time, object_repr, action_flag, change_message, user_id) "
    "VALUES ('2026-01-01 00:00:00', '{number}', 1, '', (SELECT min(id) FROM auth_user))",
)


def connect(site: BackupSite):
    if site.address.startswith("postgres"):
        import psycopg

        return psycopg.connect(site.address)
    import sqlite3

    import tracker.databases  # noqa: F401 (puts the newer SQLite in place, or two would lose each other's locks)

    return sqlite3.connect(site.folder / "site.sqlite3", timeout=60)


def write(site: BackupSite, stop: threading.Event, written: list[int]) -> None:
    with closing(connect(site)) as connection:
        due = time.monotonic()
        while not stop.is_set():
            cursor = connection.cursor()
            for statement in INSERTED:
                cursor.execute(statement.format(number=len(written)))
            connection.commit()
            written.append(len(written))
            due = max(due + PAUSE, time.monotonic() - 1)
            time.sleep(max(0.0, due - time.monotonic()))


def run(site: BackupSite, restored: BackupSite, backups: int = BACKUPS) -> bool:
    """Print how many backups are good, and what the writer wrote meanwhile; `restored`: a site without rows."""
    stop, written, began = threading.Event(), [], time.monotonic()
    writer = threading.Thread(target=write, args=(site, stop, written))
    writer.start()
    try:
        made = [path for number in range(backups) if (path := make(site, number))]
    finally:
        stop.set()
        writer.join()
    rate = len(written) / (time.monotonic() - began)
    with ThreadPoolExecutor(2) as pool:
        good = sum(pool.map(partial(is_good, site), made))
    restored.done("restore", str(made[-1]))
    restored.done("backup")
    is_equal = manifest(restored.backups[-1])["tables"] == manifest(made[-1])["tables"]
    print(
        f"  {len(made)} of {backups} backups made beside {len(written):,} transactions, {rate:.0f} a second; {good} verified"
    )
    print(f"  the last one restored: rows and digests of all tables {'equal' if is_equal else 'DIFFER'}")
    return len(made) == good == backups and is_equal


def make(site: BackupSite, number: int) -> Path | None:
    """Make one in a folder of its own, since of one day only the last is left; return it, None where it failed or is not whole."""
    folder = site.folder / "backups" / str(number)
    if not succeeds(site, "backup", "--out", str(folder)):
        return None
    backup = next(folder.glob("*.zip"))
    return backup if both_or_none(backup) else None


def is_good(site: BackupSite, backup: Path) -> bool:
    """Return whether it can be restored, with all rows and quotes, and pages open."""
    return succeeds(site, "verify_backup", str(backup))


def succeeds(site: BackupSite, *arguments: str) -> bool:
    finished = site.manage(*arguments)
    print("".join(f"  {line}\n" for line in finished.stderr.splitlines() if "Error" in line), end="")
    return finished.returncode == 0


def both_or_none(backup: Path) -> bool:
    """Return whether it has as many rows of the one table as of the other; four groups are there before."""
    tables = manifest(backup)["tables"]
    return tables["auth.Group"]["rows"] == tables["admin.LogEntry"]["rows"] + 4


def manifest(backup: Path) -> dict:
    return json.loads(Path(f"{backup}.json").read_text())
