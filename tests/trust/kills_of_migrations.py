"""Kills of `migrate` on its way from an empty database: run again it goes on, and ends with the tables of one that was never killed."""

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

from tests.backup_site import BackupSite
from tests.trust.sites import environment_of, postgresql_program

MOST = 6  # migrations that are applied before a kill
LONGEST = 0.3  # seconds between the last of them and the kill


def run(site: BackupSite, never_killed: BackupSite, kills: int) -> bool:
    """Print how many kills there were; return whether both have the same tables, and the demo can be loaded."""
    dice = random.Random(kills)  # noqa: S311 (no secret)
    applied = [applied_until_killed(site, dice.randint(1, MOST), dice.uniform(0, LONGEST)) for _ in range(kills)]
    ends_well = site.manage("migrate", "-v0").returncode == 0 and site.manage("load_demo").returncode == 0
    same = tables_of(site) == tables_of(never_killed)
    print(
        f"  {kills} kills after {', '.join(map(str, applied))} migrations; run again it {'ends' if ends_well else 'FAILS'}"
    )
    print(f"  the tables are {'' if same else 'NOT '}those of a database that was never killed")
    return ends_well and same


def applied_until_killed(site: BackupSite, most: int, seconds: float) -> int:
    """Run `migrate` until it has applied so many migrations, and kill it some seconds later; return how many it said it had."""
    command = [sys.executable, "-u", "manage.py", "migrate", "--no-color"]
    process = subprocess.Popen(command, env=environment_of(site), stdout=subprocess.PIPE, text=True)  # noqa: S603
    applied = 0
    for line in process.stdout or ():
        applied += line.rstrip().endswith("OK")
        if applied == most:
            break
    time.sleep(seconds)
    process.kill()
    process.communicate()
    return applied


def tables_of(site: BackupSite) -> str:
    """Return the statements that make tables, indexes and triggers."""
    if site.address.startswith("postgres"):
        command = [postgresql_program("pg_dump"), "--schema-only", "--no-owner", site.address]
        dumped = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
        return "\n".join(line for line in dumped.splitlines() if not line.startswith(("--", "\\")))
    with closing(sqlite3.connect(site.folder / "site.sqlite3")) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        return "\n".join(sorted(sql for (sql,) in rows))
