"""Sites to try things on: each in a folder and a database of its own, on SQLite in both journal modes and on a PostgreSQL server of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from tests.backup_site import BackupSite
from tests.test_settings import CLEAN, ROOT

HOST = "127.0.0.1"
START = 300  # seconds that a server may take until it answers
PASSWORD = "a password of the trials"  # noqa: S105 (of accounts that last as long as a trial)


def sqlite_site(folder: Path, journal: str = "") -> BackupSite:
    """Return a site without tables yet. `journal`: "WAL" or "DELETE"; empty: what the tracker chooses."""
    folder.mkdir(parents=True, exist_ok=True)
    made = BackupSite.of(folder)
    command = quote(f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;", safe="")
    return BackupSite(folder, f"{made.address}?init_command={command}" if journal else made.address)


def copied(site: BackupSite, folder: Path, journal: str = "") -> BackupSite:
    """Return a copy of a site on SQLite that nobody has open. Its file has the journal mode already: it could not be changed while
    somebody writes."""
    from tracker.databases import journal_mode, sqlite3

    made = sqlite_site(folder, journal)
    shutil.copy(site.folder / "site.sqlite3", folder / "site.sqlite3")
    with closing(sqlite3.connect(folder / "site.sqlite3")) as connection:
        connection.execute(f"PRAGMA journal_mode={journal or journal_mode()}")
    return made


def environment_of(site: BackupSite, **more: str) -> dict[str, str]:
    unlimited = dict.fromkeys(("API_REQUESTS_PER_MINUTE", "FILES_PER_MINUTE", "PAGES_PER_MINUTE"), "0")
    folders = {
        "BACKUP_DIR": str(site.folder / "backups"),
        "IMPORT_DIR": str(site.folder / "imports"),
    }
    return CLEAN | folders | unlimited | {"DATABASE_URL": site.address, "SITE_URL": f"http://{HOST}"} | more


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return listening.getsockname()[1]


def fetch(port: int, path: str, timeout: float = 30) -> tuple[int, str]:
    """Return status and body."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=timeout) as response:  # noqa: S310 (of this machine)
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


@contextmanager
def served(site: BackupSite, logs: Path, workers: int = 1, **more: str) -> Iterator[int]:
    """Serve the site as documented, but for the workers, and yield the port. `logs`: a folder for its log and its cache."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--bind", f"{HOST}:{port}", "--workers", str(workers)]
    logs.mkdir(parents=True, exist_ok=True)
    log = (logs / "server.log").open("ab")
    beside = {"SECRET_KEY": "of a trial" * 5, "CACHE_URL": f"filecache://{logs / 'cache'}"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment_of(site, **beside, **more), stdout=log, stderr=log)  # noqa: S603
    try:
        until = time.monotonic() + START
        while time.monotonic() < until:
            with suppress(OSError):
                if fetch(port, "/", timeout=START)[0] == 200:
                    break
            time.sleep(0.3)
        yield port
    finally:
        server.terminate()
        server.wait(30)
        log.close()


class OwnPostgreSQL:
    """A server of PostgreSQL with files in a folder, which may be stopped and killed."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder / "cluster", free_port()
        self.user = "postgres" if os.getuid() == 0 else None  # it does not run as root
        folder.chmod(0o777)
        self.run("initdb", "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--no-sync")
        self.start()

    def run(self, program: str, *arguments: str) -> None:
        command = [postgresql_program(program), "--pgdata", str(self.folder), *arguments]
        subprocess.run(command, user=self.user, cwd="/", check=True, stdout=subprocess.DEVNULL)  # noqa: S603

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={HOST} -c max_connections=40"
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "--wait", "--options", options, "--log", log)

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "stop", "--mode", mode)

    def site(self, folder: Path, template: str = "template0") -> BackupSite:
        """Return a site in a database of its own, named as its folder: a copy of another, or without tables."""
        import psycopg

        folder.mkdir(parents=True, exist_ok=True)
        with psycopg.connect(self.address("postgres"), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{folder.name}" TEMPLATE "{template}"')
        return BackupSite(folder, self.address(folder.name))

    def address(self, database: str) -> str:
        return f"postgres://postgres@{HOST}:{self.port}/{database}"


def postgresql_program(name: str) -> str:
    """Return where it is. Raises IndexError where there is none."""
    return shutil.which(name) or str(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1])


def has_postgresql() -> bool:
    with suppress(IndexError):
        return bool(postgresql_program("initdb"))
    return False
