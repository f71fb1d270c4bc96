"""Try what the site must bear, on real servers: python -m tests.trust [--reduced | --slice] [WORD ...]. Prints what was tried and
what came of it. Words: of the parts to run.

Each part works in a temporary folder, on databases of its own; PostgreSQL is a server of its own, started from the programs of the
machine. `--reduced`: a tenth of the requests and kills, and a shorter time for slow clients. `--slice`: less still, of what the
suite tries nowhere else.
"""

import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

import django

from tests.backup_site import BackupSite
from tests.suite import Part, chromium, outcome, pytest
from tests.trust import backups, bad_requests, faults, kills_of_migrations, load, slow_clients
from tests.trust.kills import WORKS
from tests.trust.sites import OwnPostgreSQL, copied, environment_of, has_postgresql, served, sqlite_site

SHARES = {"--reduced": 0.1, "--slice": 0.03}  # of a full run
# What runs side by side: words of the names of parts.
LANES = (
    ("requests on SQLite", "kills on SQLite", "migrating on SQLite", "payloads"),
    (
        "requests on PostgreSQL",
        "kills on PostgreSQL",
        "migrating on PostgreSQL",
        "goes away",
        "hidden",
        "disk",
        "zones",
    ),
    ("backups",),
)
# These measure how long somebody waits on a machine that does little else.
SLOW = (("slow clients on SQLite",), ("slow clients on PostgreSQL",))
ALONE = ("load for", "saves")
SLICE = (  # what the suite tries nowhere else (see docs/testing.md); each lane needs one database alone
    ("requests on SQLite", "write-ahead", "disk", "payloads"),
    ("kills on PostgreSQL", "migrating on PostgreSQL", "goes away", "zones"),
)
REQUESTS, KILLS_OF_SQLITE, KILLS_OF_POSTGRESQL, SECONDS = 20_000, 50, 40, 120  # of SQLite: in each journal mode
LATER = 25  # seconds until the slow clients of PostgreSQL come: those of SQLite have their files by then, and only wait
BIG = 3_000  # events of the site that slow clients read: the file must not fit into the buffers of the kernel
ROWS = 30_000  # of an import beside which somebody saves
MIGRATIONS, LOAD = 6, 60  # kills while migrating; seconds of many people at once
PAYLOADS = 30  # words that would be scripts


def no_postgresql() -> str:
    return "" if has_postgresql() else "there is no initdb (Debian: apt-get install postgresql)"


def no_mount() -> str:
    return "" if faults.can_mount() else "a small disk needs root"


def of_postgresql(name: str, passes: Callable[[], bool]) -> Part:
    return Part(name, passes, no_postgresql)


OF_LEAKS = ("tests/test_non_interference.py", "tests/test_crawl.py")
OF_ZONES = tuple(
    f"tests/test_{name}.py"
    for name in ("dates", "source_periods", "as_known", "event_export", "histogram", "sessions", "feed_pages")
)


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

    def kills_of(self, number: int) -> int:
        return max(len(WORKS), self.part_of(number))

    def parts(self) -> list[Part]:
        """Return them in order: those that need PostgreSQL after their like on SQLite."""
        count = self.part_of
        requests, seconds = f"{count(REQUESTS):,} bad requests on", f"for {count(SECONDS)} s"
        kills, migrations = f"{self.kills_of(KILLS_OF_SQLITE)} kills on SQLite,", "kills while migrating on"
        backed_up, minute = f"{count(backups.BACKUPS)} backups beside a writer on", f"for {count(LOAD)} s on"
        hidden = "what is hidden, on every public address, on"
        return [
            Part(f"{requests} SQLite", lambda: self.bad_requests("sqlite")),
            of_postgresql(f"{requests} PostgreSQL", lambda: self.bad_requests("postgresql")),
            Part(f"{kills} write-ahead log", lambda: self.kills("WAL", KILLS_OF_SQLITE)),
            Part(f"{kills} rollback journal", lambda: self.kills("DELETE", KILLS_OF_SQLITE)),
            of_postgresql(
                f"{self.kills_of(KILLS_OF_POSTGRESQL)} kills on PostgreSQL", lambda: self.kills("", KILLS_OF_POSTGRESQL)
            ),
            Part(f"{migrations} SQLite", lambda: self.kills_of_migrations("sqlite")),
            of_postgresql(f"{migrations} PostgreSQL", lambda: self.kills_of_migrations("postgresql")),
            Part(
                "a disk that is full, read only, broken",
                lambda: faults.full_and_read_only_disk(self.folder, self.prepared),
                no_mount,
            ),
            of_postgresql(
                "a database that goes away", lambda: faults.database_away(self.server, self.site("postgresql", "away"))
            ),
            Part(f"slow clients on SQLite {seconds}", lambda: self.slow_clients("sqlite")),
            of_postgresql(f"slow clients on PostgreSQL {seconds}", lambda: self.slow_clients("postgresql")),
            Part(f"{backed_up} SQLite", lambda: self.backups("sqlite")),
            of_postgresql(f"{backed_up} PostgreSQL", lambda: self.backups("postgresql")),
            Part(f"load {minute} SQLite", lambda: self.load("sqlite")),
            of_postgresql(f"load {minute} PostgreSQL", lambda: self.load("postgresql")),
            of_postgresql(f"saves beside {count(ROWS):,} rows on PostgreSQL", self.saves),
            Part(f"{hidden} SQLite", self.leaks),
            of_postgresql(f"{hidden} PostgreSQL", lambda: self.leaks(DATABASE_URL=self.server.address("postgres"))),
            Part("payloads in every text field, in Chromium", self.payloads, chromium),
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
        return here("tests.trust.kills", str(self.kills_of(number)), **environment_of(site))

    def kills_of_migrations(self, database: str) -> bool:
        """Kill `migrate` at some moments, on SQLite in each journal mode."""
        if database == "postgresql":
            empty = self.server.site(self.folder / "migrated")
            return kills_of_migrations.run(empty, self.site(database, "never_killed"), self.part_of(MIGRATIONS))
        sites = [sqlite_site(self.folder / f"migrated_{journal}", journal) for journal in ("WAL", "DELETE")]
        return all(kills_of_migrations.run(site, self.prepared, self.part_of(MIGRATIONS)) for site in sites)

    def slow_clients(self, database: str) -> bool:
        site = self.site(database, "slow")
        file = self.folder / "slow.csv"
        from benchmarks.imports import write_file

        write_file(file, BIG)
        site.done("import_events", "--format", "ucdp-ged", "--yes", "--publish", str(file))
        if database == "postgresql":
            time.sleep(self.part_of(LATER))
        with served(site, site.folder, workers=2) as port:
            return slow_clients.run(port, self.part_of(SECONDS))

    def backups(self, database: str) -> bool:
        empty = self.folder / f"restored_{database}"
        restored = self.server.site(empty) if database == "postgresql" else sqlite_site(empty)
        return backups.run(self.site(database, "backups"), restored, self.part_of(backups.BACKUPS))

    def load(self, database: str) -> bool:
        site = self.site(database, "load")
        with served(site, site.folder, workers=2) as port:
            return load.run(site, port, self.part_of(LOAD))

    def saves(self) -> bool:
        site = self.site("postgresql", "saves")
        return here("tests.trust.saves_beside", str(self.part_of(ROWS)), **environment_of(site))

    def leaks(self, **environment: str) -> bool:
        files = OF_LEAKS[:1] if environment else OF_LEAKS
        return pytest("-n", "2", "-m", "not long or security" if self.share < 1 else "", *files, **environment)

    def payloads(self) -> bool:
        site = self.site("sqlite", "payloads")
        with served(site, site.folder, REPORTS_PER_HOUR="1000") as port:
            number = str(self.part_of(PAYLOADS))
            return here("tests.trust.payloads", str(port), str(self.folder), number, **environment_of(site))

    def zones(self) -> bool:
        arguments = ["-n", "2", *OF_ZONES] if self.share > SHARES["--slice"] else OF_ZONES[:2]
        return all(pytest(*arguments, TZ=zone) for zone in ("Pacific/Kiritimati", "America/Los_Angeles"))


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
    """Return whether it passes; a trial that breaks off keeps none from running. Prints the CPU time of what it started, but that
    of PostgreSQL."""
    began = sum(os.times()[:4])
    try:
        return part.passes()
    except Exception:
        traceback.print_exc()
        return False
    finally:
        print(f"  {sum(os.times()[:4]) - began:.0f} s of CPU", flush=True)


def run(share: float, words: Sequence[str]) -> list[str]:
    """Run the parts that have one of these words in their names; return what became of each."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()  # for the names of parameters; no database is queried here
    del os.environ["DJANGO_SETTINGS_MODULE"]  # the tests have settings of their own
    with trials(share) as started:
        parts = [part for part in started.parts() if any(word in part.name for word in words)]
        return [outcome(Part(part.name, partial(passes, part), part.needs), is_nightly=False) for part in parts]


def run_lanes(arguments: list[str], lanes: Sequence[Sequence[str]]) -> list[str]:
    """Run parts in so many processes at once; return what became of each."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        return [*chain(*pool.map(partial(_run_lane, arguments), range(1, len(lanes) + 1), lanes))]


def _run_lane(arguments: list[str], number: int, words: Sequence[str]) -> list[str]:
    """Print its lines, behind its number, as they come."""
    command, outcomes = [sys.executable, "-u", "-m", "tests.trust", *arguments, *words], []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as lane:  # noqa: S603
        for line in lane.stdout or ():
            print(f"{number} {line}", end="", flush=True)
            outcomes += [line.rstrip()] if line.startswith(ENDS) else []
    broke_off = lane.returncode and not any(line.startswith("FAILED") for line in outcomes)
    return [*outcomes, "FAILED    a lane that broke off"] if broke_off else outcomes


ENDS = ("PASSED", "FAILED", "LEFT OUT")


def main(arguments: list[str]) -> int:
    """Return 0 where every part that could run has passed."""
    words, began = [argument for argument in arguments if argument not in SHARES], time.monotonic()
    share = next((SHARES[argument] for argument in arguments if argument in SHARES), 1.0)
    if words:
        outcomes = run(share, words)
    elif "--slice" in arguments:
        outcomes = run_lanes(arguments, SLICE)
    else:
        outcomes = [*run_lanes(arguments, LANES), *run_lanes(arguments, SLOW), *run(share, ALONE)]
    print("", *outcomes, f"TOTAL     {time.monotonic() - began:.0f} s", sep="\n")
    return int(any(line.startswith("FAILED") for line in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
