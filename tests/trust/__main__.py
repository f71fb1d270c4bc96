"""Try what the site must bear, on real servers: python -m tests.trust [--reduced]. Prints what was tried and what came of it.

Each part works in a temporary folder, on databases of its own; PostgreSQL is a server of its own, started from the programs of the
machine. `--reduced`: a tenth of the requests and kills, and a shorter time for slow clients.
"""

import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path

import django

from tests.backup_site import BackupSite
from tests.suite import Part, chromium, outcome, pytest
from tests.trust import backups, bad_requests, faults, slow_clients
from tests.trust.sites import OwnPostgreSQL, copied, environment_of, has_postgresql, served, sqlite_site

SHARE = 0.1  # of a full run, where it is reduced
REQUESTS, KILLS_OF_SQLITE, KILLS_OF_POSTGRESQL, SECONDS = 20_000, 50, 40, 120  # of SQLite: in each journal mode
BIG = 3_000  # events of the site that slow clients read: the file must not fit into the buffers of the kernel
ROWS = 30_000  # of an import beside which somebody saves
NO_POSTGRESQL = "" if has_postgresql() else "there is no initdb (Debian: apt-get install postgresql)"
NO_MOUNT = "" if faults.can_mount() else "a small disk needs root"


class Trials:
    """The parts of one run, in one folder."""

    def __init__(self, folder: Path, share: float):
        self.folder, self.share = folder, share

    @cached_property
    def server(self) -> OwnPostgreSQL:
        return OwnPostgreSQL(self.folder)

    def close(self) -> None:
        if "server" in vars(self):
            self.server.stop()

    def part_of(self, number: int) -> int:
        return max(1, round(number * self.share))

    def parts(self) -> list[Part]:
        count = self.part_of
        return [
            Part(f"{count(REQUESTS):,} bad requests on SQLite", lambda: self.bad_requests("sqlite")),
            Part(
                f"{count(REQUESTS):,} bad requests on PostgreSQL",
                lambda: self.bad_requests("postgresql"),
                NO_POSTGRESQL,
            ),
            Part(
                f"{count(KILLS_OF_SQLITE)} kills on SQLite, write-ahead log", lambda: self.kills("WAL", KILLS_OF_SQLITE)
            ),
            Part(
                f"{count(KILLS_OF_SQLITE)} kills on SQLite, rollback journal",
                lambda: self.kills("DELETE", KILLS_OF_SQLITE),
            ),
            Part(
                f"{count(KILLS_OF_POSTGRESQL)} kills on PostgreSQL",
                lambda: self.kills("", KILLS_OF_POSTGRESQL),
                NO_POSTGRESQL,
            ),
            Part("kills while migrating", self.kills_of_migrations),
            Part(
                "a disk that is full, read only, broken",
                lambda: faults.full_and_read_only_disk(self.folder, self.prepared),
                NO_MOUNT,
            ),
            Part(
                "a database that goes away",
                lambda: faults.database_away(self.server, self.site("postgresql", "away")),
                NO_POSTGRESQL,
            ),
            Part(f"slow clients for {count(SECONDS)} s", self.slow_clients),
            Part(f"{count(backups.BACKUPS)} backups beside a writer on SQLite", lambda: self.backups("sqlite")),
            Part(
                f"{count(backups.BACKUPS)} backups beside a writer on PostgreSQL",
                lambda: self.backups("postgresql"),
                NO_POSTGRESQL,
            ),
            Part(f"saves while {count(ROWS):,} rows are imported on PostgreSQL", self.saves, NO_POSTGRESQL),
            Part("what is hidden, on every public address", self.leaks),
            Part("payloads in every text field, in Chromium", self.payloads, chromium()),
            Part("two time zones", self.zones),
        ]

    @cached_property
    def prepared(self) -> BackupSite:
        """Return a site on SQLite with the demo and an account, to be copied."""
        site = sqlite_site(self.folder / "prepared", "DELETE")
        faults.prepare(site)
        return site

    @cached_property
    def prepared_name(self) -> str:
        """Return the database on PostgreSQL that is to be copied."""
        site = self.server.site(self.folder / "prepared_database")
        faults.prepare(site)
        return site.folder.name

    def site(self, database: str, name: str, journal: str = "") -> BackupSite:
        """Return a site of its own with the demo and an account."""
        folder = self.folder / f"{name}_{journal or database}".lower()
        if database == "postgresql":
            return self.server.site(folder, self.prepared_name)
        return copied(self.prepared, folder, journal)

    def bad_requests(self, database: str) -> bool:
        site = self.site(database, "requests")
        with served(site, site.folder) as port:
            return bad_requests.run(port, self.part_of(REQUESTS))

    def kills(self, journal: str, number: int) -> bool:
        database = "sqlite" if journal else "postgresql"
        site = self.site(database, "kills", journal)
        return here("tests.trust.kills", str(self.part_of(number)), **environment_of(site))

    def kills_of_migrations(self) -> bool:
        """Kill `migrate` at some moments, and run it again each time to its end."""
        ends = []
        for number, seconds in enumerate([4, 8, 12, 16, 20, 24, 28, 32][: self.part_of(8)]):
            site = sqlite_site(self.folder / f"migration_{number}", "DELETE" if number % 2 else "WAL")
            command = [sys.executable, "manage.py", "migrate", "-v0"]
            process = subprocess.Popen(command, env=environment_of(site))  # noqa: S603 (our own command)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            ends.append(site.manage("migrate", "-v0").returncode == 0 and site.manage("load_demo").returncode == 0)
        print(f"  {sum(ends)} of {len(ends)} ended well when run again")
        return all(ends)

    def slow_clients(self) -> bool:
        site = self.site("sqlite", "slow")
        file = self.folder / "slow.csv"
        from benchmarks.imports import write_file

        write_file(file, BIG)
        site.done("import_events", "--format", "ucdp-ged", "--yes", "--publish", str(file))
        with served(site, site.folder) as port:
            return slow_clients.run(port, self.part_of(SECONDS))

    def backups(self, database: str) -> bool:
        empty = self.folder / f"restored_{database}"
        restored = self.server.site(empty) if database == "postgresql" else sqlite_site(empty)
        return backups.run(self.site(database, "backups"), restored, self.part_of(backups.BACKUPS))

    def saves(self) -> bool:
        site = self.site("postgresql", "saves")
        return here("tests.trust.saves_during_import", str(self.part_of(ROWS)), **environment_of(site))

    def leaks(self) -> bool:
        files = ["tests/test_non_interference.py", "tests/test_crawl.py"]
        return pytest("-n", "2", "-m", "not long" if self.share < 1 else "", *files)

    def payloads(self) -> bool:
        site = self.site("sqlite", "payloads")
        with served(site, site.folder) as port:
            return here("tests.trust.payloads", str(port), str(self.folder), **environment_of(site))

    def zones(self) -> bool:
        files = [
            f"tests/test_{name}.py"
            for name in ("dates", "periods", "as_known", "event_export", "histogram", "sessions", "feed_pages")
        ]
        return all(pytest("-n", "2", *files, TZ=zone) for zone in ("Pacific/Kiritimati", "America/Los_Angeles"))


def here(module: str, *arguments: str, **environment: str) -> bool:
    """Run a module of ours with an environment of its own; return whether it ends well."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment).returncode == 0  # noqa: S603 (our own command)


@contextmanager
def trials(share: float) -> Iterator[Trials]:
    with tempfile.TemporaryDirectory() as folder:
        started = Trials(Path(folder), share)
        try:
            yield started
        finally:
            started.close()


def passes(part: Part) -> bool:
    """Return whether it passes; a trial that breaks off keeps none from running."""
    try:
        return part.passes()
    except Exception:
        traceback.print_exc()
        return False


def main(arguments: list[str]) -> int:
    """Return 0 where every part that could run has passed. Other arguments: words of the parts to run."""
    words = [argument for argument in arguments if not argument.startswith("--")]
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()  # for the names of parameters; no database is asked here
    with trials(SHARE if "--reduced" in arguments else 1.0) as started:
        parts = [part for part in started.parts() if not words or any(word in part.name for word in words)]
        outcomes = [outcome(Part(part.name, partial(passes, part), part.needs)) for part in parts]
    print("", *outcomes, sep="\n")
    return int(any(line.startswith("FAILED") for line in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
