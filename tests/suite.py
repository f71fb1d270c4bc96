"""Run the suite, or the part of it for nights, and say what was left out.

python -m tests.suite [--insist] [--unit | --beside | --nightly [--part=WORDS]]

`--unit`: only the unit tests, which say most in the least time. `--beside`: only the tests of files that lie beside the repository, quick and long (see tests/beside.py). `--part`: of
the nightly parts those whose names have these words. Which part holds which tests is written in docs/testing.md. A part that fails keeps none from running.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
POSTGRES = {"DATABASE_URL": POSTGRES_URL}
STAMP = Path(".nightly/passed")
PLAYER = Path("tests/browser/player")
BACKUPS = "tests/test_backups.py"  # five minutes of CPU time, on SQLite, and once to PostgreSQL and back
# The first that is there: the shell draws the same pages without windows, in a third of the time.
CHROMIUMS = ("chromium-headless-shell", "chromium")
# The workers read what the first of them compiled, also on a machine that keeps no compiled Python.
ALWAYS = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    passes: Callable[[], bool]
    needs: Callable[[], str] = str  # returns what is missing, and how to get it; empty: nothing


def pytest(*arguments: str, **environment: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=os.environ | ALWAYS | environment).returncode == 0  # noqa: S603 (our own command)


def unit(marks: str = "not long", *files: str, **environment: str) -> bool:
    return pytest("-n", "2", "-m", marks, *(files or ("tests",)), **environment)


def marked(mark: str) -> list[str]:
    """Return the modules with tests of this mark: to collect all others takes seconds, in each worker."""
    return sorted(str(file) for file in Path("tests").glob("test_*.py") if f"mark.{mark}" in file.read_text("utf-8"))


def of_pages() -> list[str]:
    """Return the modules that ask for whole pages and files, or start processes, threads and servers: the desk, the API, rights, races,
    and where a third of the tests, or more, are the public's. They take most of the time."""
    patterns = ("admin", "api", "workspace", "query_counts")
    patterns += ("attacks", "authorization", "non_interference", "redistributable", "withheld")
    names = tuple(f"test_{pattern}" for pattern in patterns)
    return sorted(
        str(file)
        for file in Path("tests").glob("test_*.py")
        if file.stem.startswith(names) or starts_others(file) or asks_for_pages(file)
    )


def starts_others(module: Path) -> bool:
    return bool(re.search(r"\bsubprocess\b|\bThread|web_server|\(shared\b|reading_process", module.read_text("utf-8")))


def asks_for_pages(module: Path) -> bool:
    """Return whether a third of the tests or more ask the site, as the public or at the desk."""
    tests = re.split(r"^def test_", module.read_text("utf-8"), flags=re.MULTILINE)[1:]
    asking = [test for test in tests if re.search(r"\bclient\b|\b(editor|reviewer|member|desk)\(", test)]
    return 3 * len(asking) >= max(1, len(tests))


def thorough(marks: str, *files: str, **environment: str) -> bool:
    return unit(marks, *files, HYPOTHESIS_PROFILE="thorough", **environment)


def browser(**environment: str) -> bool:
    """Return whether the browser tests pass; what failed has a second try, since a busy machine can miss a deadline."""
    arguments = ("-p", "playwright", "-p", "no:randomly", "tests/browser")
    if pytest("-n", "2", *arguments, **environment):
        return True
    print("ONCE MORE  the browser tests that failed", flush=True)
    return pytest("--last-failed", "--last-failed-no-failures", "none", *arguments, **environment)


def has_postgres() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def server() -> str:
    return "" if has_postgres() else "no server answers; set TEST_POSTGRES_URL to one where databases may be created"


def chromium() -> str:
    hint = "there is no chromium on this machine (Debian: apt-get install chromium-headless-shell)"
    return "" if any(map(shutil.which, CHROMIUMS)) else hint


def player() -> bool:
    """Return whether the tests of the TimelineJS player pass, in the time zone of the machine."""
    return pytest("-p", "playwright", "-p", "no:randomly", str(PLAYER))


def player_packages() -> str:
    """Bring the player by its lock file; return what is missing, empty where it is here."""
    if missing := chromium():
        return missing
    if not (npm := shutil.which("npm")):
        return "there is no npm on this machine (Debian: apt-get install npm)"
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    brought = subprocess.run(command, cwd=PLAYER, capture_output=True, text=True)  # noqa: S603 (our own command)
    return f"npm ci fails in {PLAYER}: {brought.stderr.strip()[-300:]}" if brought.returncode else ""


def quick_parts() -> list[Part]:
    return [
        Part("unit tests on SQLite", lambda: unit("not long", "tests", *(f"--ignore={file}" for file in of_pages()))),
        Part("tests of pages, files, the API and rights on SQLite", lambda: unit("not long or security", *of_pages())),
        Part(
            "tests of the database on PostgreSQL",
            lambda: unit("database and not long", *marked("database"), **POSTGRES),
            server,
        ),
        Part("browser tests", browser, chromium),
        Part("trials on real servers, a slice of `make trust`", trials),
    ]


def trials() -> bool:
    command = [sys.executable, "-m", "tests.trust", "--slice"]
    return subprocess.run(command, env=os.environ | ALWAYS).returncode == 0  # noqa: S603 (our own command)


def nightly_parts() -> list[Part]:
    return [
        Part("unit tests on PostgreSQL", lambda: unit(**POSTGRES), server),
        Part("backups and their commands", lambda: thorough("long", BACKUPS), server),
        Part("long tests on SQLite", lambda: thorough("long", "tests", f"--ignore={BACKUPS}")),
        Part("long tests on PostgreSQL", lambda: thorough("long", "tests", f"--ignore={BACKUPS}", **POSTGRES), server),
        Part("all examples on SQLite", lambda: thorough("hypothesis and not long")),
        Part(
            "all examples on PostgreSQL", lambda: thorough("hypothesis and not long and django_db", **POSTGRES), server
        ),
        *[
            Part(
                f"browser tests in {zone}",
                partial(browser, BROWSER_TIME_ZONE=zone, BROWSER_PROFILE="thorough"),
                chromium,
            )
            for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # 14 hours ahead of UTC, 11 behind
        ],
        Part("TimelineJS files in the player of npm", player, player_packages),
    ]


def stamps() -> dict[str, str]:
    """Return of each nightly part that has passed in this folder when that was last, at which commit, and how long it took."""
    lines = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []
    return dict(line.split(" | ", 1) for line in lines if " | " in line)


def stamp(name: str, seconds: float) -> None:
    """Write down that a nightly part has passed."""
    command = [shutil.which("git") or "git", "describe", "--always", "--dirty"]
    commit = subprocess.run(command, capture_output=True, text=True).stdout.strip()  # noqa: S603 (our own command)
    words = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, at {commit or 'no commit'}, in {seconds:.0f} s"
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text("".join(f"{part} | {when}\n" for part, when in (stamps() | {name: words}).items()), "utf-8")


def outcome(part: Part, is_nightly: bool) -> str:
    """Run one part; return what became of it as the first word of its line: PASSED, FAILED or LEFT OUT."""
    if missing := part.needs():
        return f"LEFT OUT  {part.name}: {missing}"
    print(f"RUNNING   {part.name}", flush=True)
    began = time.monotonic()
    passed = part.passes()
    seconds = time.monotonic() - began
    if passed and is_nightly:
        stamp(part.name, seconds)
    return f"{'PASSED' if passed else 'FAILED':8}  {part.name} ({seconds:.0f} s)"


def nightly_part_lines(parts: list[Part]) -> list[str]:
    when = stamps()
    return [f"`make nightly` last passed: {part.name}: {when.get(part.name, 'never in this folder')}" for part in parts]


def main(insist: bool, only_unit: bool, only_beside: bool, nightly: bool, words: str) -> int:
    """Return 0 where every part that could run has passed, and, with `insist`, no part was left out."""
    os.environ.pop("DATABASE_URL", None)
    beside = [
        Part("tests of files beside the repository on SQLite", lambda: unit("beside and not long", *marked("beside")))
    ]
    of_the_night = nightly_parts()
    parts = of_the_night if nightly else beside if only_beside else quick_parts()[: 1 if only_unit else None]
    if not (named := [part for part in parts if words in part.name]):
        sys.exit(f"No part has “{words}” in its name: {', '.join(part.name for part in parts)}.")
    began = time.monotonic()
    outcomes = [outcome(part, nightly) for part in named]
    outcomes.append(f"TOTAL     {time.monotonic() - began:.0f} s")
    print("", *outcomes, *nightly_part_lines(of_the_night), sep="\n")
    wrong = ("FAILED", "LEFT OUT") if insist else ("FAILED",)
    return int(any(line.startswith(wrong) for line in outcomes))


if __name__ == "__main__":
    options = [option in sys.argv[1:] for option in ("--insist", "--unit", "--beside", "--nightly")]
    part = next((option.partition("=")[2] for option in sys.argv[1:] if option.startswith("--part=")), "")
    sys.exit(main(*options, part))
