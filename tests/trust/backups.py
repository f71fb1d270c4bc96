"""Twenty backups beside a writer of a hundred transactions a second: each is verified, and the last restored with equal rows."""

import json
import threading
import time
from contextlib import closing
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
    stop, written, good, began = threading.Event(), [], 0, time.monotonic()
    writer = threading.Thread(target=write, args=(site, stop, written))
    writer.start()
    try:
        for _ in range(backups):
            finished = site.manage("backup", "--keep", "99d", "--verify")
            good += finished.returncode == 0 and both_or_none(site)
            print("".join(f"  {line}\n" for line in finished.stderr.splitlines() if "Error" in line), end="")
    finally:
        stop.set()
        writer.join()
    rate = len(written) / (time.monotonic() - began)
    restored.done("restore", str(site.backups[-1]))
    restored.done("backup")
    is_equal = manifest(restored)["tables"] == manifest(site)["tables"]
    print(f"  {good} of {backups} backups good beside {len(written):,} transactions, {rate:.0f} a second")
    print(f"  the last one restored: rows and digests of all tables {'equal' if is_equal else 'DIFFER'}")
    return good == backups and is_equal


def both_or_none(site: BackupSite) -> bool:
    """Return whether the newest backup has as many rows of the one table as of the other; four groups are there before."""
    tables = manifest(site)["tables"]
    return tables["auth.Group"]["rows"] == tables["admin.LogEntry"]["rows"] + 4


def manifest(site: BackupSite) -> dict:
    return json.loads(Path(f"{site.backups[-1]}.json").read_text())
