"""Faults of the disk and of the database under a served site: what is said, that nothing was saved, and that it goes on by itself.

A disk of its own (tmpfs) needs root; without it these trials are left out.
"""

import http.cookiejar
import os
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.backup_site import BackupSite
from tests.trust.sites import HOST, PASSWORD, OwnPostgreSQL, copied, fetch, served

DISK = 24 << 20  # bytes
ACCOUNT = "from django.contrib.auth.models import User; User.objects.create_superuser('ada', '', '{password}')"


class Desk:
    """Somebody signed in at the desk of a served site. `cookies`: of somebody who is signed in already."""

    def __init__(self, port: int, cookies: http.cookiejar.CookieJar | None = None):
        self.root = f"http://{HOST}:{port}"
        self.cookies = http.cookiejar.CookieJar() if cookies is None else cookies
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        if cookies is None:
            self.send("/admin/login/", username="ada", password=PASSWORD)

    def open(self, path: str, data: bytes | None = None) -> tuple[int, str]:
        try:
            with self.browser.open(self.root + path, data, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Open a form, fill it in and send it; return the answer."""
        _, page = self.open(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        return self.open(path, urllib.parse.urlencode(hidden | fields).encode())

    def add_place(self, name: str) -> tuple[int, str]:
        slug = re.sub(r"\W+", "-", name.lower())
        return self.send("/admin/timeline/place/add/", name=name, slug=slug, **{"_save": "Save"})


def prepare(site: BackupSite) -> None:
    """Make the tables, the demo and an account."""
    for arguments in (["migrate", "-v0"], ["load_demo"], ["shell", "-v0", "-c", ACCOUNT.format(password=PASSWORD)]):
        site.done(*arguments)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    disk = folder / "disk"
    disk.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)], check=True)  # noqa: S603, S607
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)  # noqa: S603, S607


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)  # noqa: S603, S607


def places_of(site: BackupSite) -> int:
    count = "from timeline.models import Place; print(Place.objects.count())"
    return int(site.done("shell", "-v0", "-c", count).split()[-1])


def fill(disk: Path) -> Path:
    """Write a file until nothing more goes onto the disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler


def full_and_read_only_disk(folder: Path, prepared: BackupSite) -> bool:
    """Print what is said where the disk is full, can only be read, and where the file is broken; return whether that is right.
    `prepared`: a site to be copied there."""
    with small_disk(folder) as disk:
        is_right = full_disk(copied(prepared, disk), disk, folder / "beside_full")
    with small_disk(folder) as disk:
        return read_only_disk(copied(prepared, disk, "DELETE"), disk, folder / "beside_read_only") and is_right


def full_disk(site: BackupSite, disk: Path, folder: Path) -> bool:
    with served(site, folder, TMPDIR=str(folder)) as port:
        desk, before, outcomes = Desk(port), places_of(site), {}
        outcomes["room: saved"] = desk.add_place("Before")[0] == 200 and places_of(site) == before + 1
        filler = fill(disk)
        outcomes["full: said"] = "the disk of the database is full" in desk.add_place("Full")[1]
        outcomes["full: read on"] = fetch(port, "/?q=ceasefire")[0] == 200
        outcomes["full: a text with its original refused"] = refused_text(site, folder)
        filler.unlink()
        outcomes["full: nothing half"] = places_of(site) == before + 1 and sound(site)
        outcomes["room again: saved"] = desk.add_place("Room")[0] == 200 and places_of(site) == before + 2
    return say(outcomes)


def read_only_disk(site: BackupSite, disk: Path, folder: Path) -> bool:
    """With a rollback journal: of a write-ahead log SQLite has to write a file beside the database to read it."""
    outcomes, before = {}, places_of(site)
    with served(site, folder) as port:
        desk = Desk(port)
    cookies = desk.cookies
    remount(disk, "ro")
    with served(site, folder) as port:
        outcomes["read only: said"] = "is read-only" in Desk(port, cookies).add_place("Read only")[1]
        outcomes["read only: read on"] = fetch(port, "/?q=ceasefire")[0] == 200
    remount(disk, "rw")
    with served(site, folder) as port:
        outcomes["writable again: saved"] = Desk(port).add_place("Again")[0] == 200 and places_of(site) == before + 1
        break_file(site)
        status, page = fetch(port, "/?q=armenia")
        outcomes["broken: said"] = status == 500 and "damaged" in page
    return say(outcomes)


def refused_text(site: BackupSite, folder: Path) -> bool:
    """Import a text with its original onto the full disk; return whether that was refused in words and nothing of it stored."""
    file = folder / "call.md"
    file.write_text("---\ntitle: A call\ndate: 2023-09-30\nlanguage: en\n---\n" + "The ceasefire holds. " * 9_000)
    finished = site.manage("import_briefings", str(file), "--publisher", "Desk", TMPDIR=str(folder))
    stored = "from timeline.models import Briefing; print(Briefing.objects.filter(title='A call').count())"
    words = finished.stdout + finished.stderr
    return finished.returncode != 0 and "full" in words and site.done("shell", "-v0", "-c", stored).split()[-1] == "0"


def sound(site: BackupSite) -> bool:
    check = "from django.db import connection as c; k = c.cursor(); k.execute('PRAGMA integrity_check'); print(k.fetchone()[0])"
    return site.done("shell", "-v0", "-c", check).split()[-1] == "ok"


def break_file(site: BackupSite) -> None:
    with (site.folder / "site.sqlite3").open("r+b") as file:
        size = os.path.getsize(site.folder / "site.sqlite3")
        file.seek(4096)
        file.write(os.urandom(size - 4096))


def database_away(server: OwnPostgreSQL, site: BackupSite) -> bool:
    """Print what is said while the server of the database is stopped, twice, and that the site comes back by itself."""
    outcomes = {}
    with served(site, site.folder) as port:
        for mode in ("immediate", "fast"):
            outcomes[f"{mode}: there before"] = fetch(port, "/?q=ceasefire")[0] == 200
            server.stop(mode)
            status, page = fetch(port, f"/?q={mode}")
            outcomes[f"{mode}: said"] = status == 503 and "cannot be reached" in page
            server.start()
            outcomes[f"{mode}: back by itself"] = fetch(port, f"/?q={mode}")[0] == 200
    return say(outcomes)


def say(outcomes: dict[str, bool]) -> bool:
    print("\n".join(f"  {'holds ' if holds else 'FAILS '} {name}" for name, holds in outcomes.items()))
    return all(outcomes.values())


def can_mount() -> bool:
    return os.geteuid() == 0
