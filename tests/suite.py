"""Run the whole suite and say what was left out: python -m tests.suite [--insist] [--beside].

Its parts: the unit tests, quick enough to wait for; the long ones, with every test of Hypothesis again over all of its
examples; both on SQLite and on PostgreSQL; and the browser tests. The quickest part comes first, and a part that fails keeps
none from running. `--beside`: only the tests of files that lie beside the repository, quick and long (see tests/beside.py).
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
POSTGRES = {"DATABASE_URL": POSTGRES_URL}
# The workers read what the first of them compiled, also on a machine that keeps no compiled Python.
ALWAYS = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    passes: Callable[[], bool]
    needs: str = ""  # what is missing, and how to get it; empty: nothing


def pytest(*arguments: str, **environment: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=os.environ | ALWAYS | environment).returncode == 0  # noqa: S603 (our own command)


def unit(**environment: str) -> bool:
    return pytest("-n", "2", "tests", **environment)


def long(**environment: str) -> bool:
    return pytest("-n", "2", "-m", "long or hypothesis", "tests", HYPOTHESIS_PROFILE="thorough", **environment)


def browser() -> bool:
    """Return whether the browser tests pass; what failed has a second try, since a busy machine can miss a deadline."""
    arguments = ("-p", "playwright", "-p", "no:randomly", "tests/browser")
    if pytest(*arguments):
        return True
    print("ONCE MORE  the browser tests that failed", flush=True)
    return pytest("--last-failed", "--last-failed-no-failures", "none", *arguments)


def beside(marked: str = "beside", **environment: str) -> bool:
    return pytest("-n", "2", "-m", marked, "tests", **environment)


def has_postgres() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def parts(only_beside: bool) -> list[Part]:
    server = "" if has_postgres() else "no server answers; set TEST_POSTGRES_URL to one where databases may be created"
    chromium = (
        "" if shutil.which("chromium") else "there is no chromium on this machine (Debian: apt-get install chromium)"
    )
    if only_beside:
        return [
            Part("tests of files beside the repository on SQLite", beside),
            Part("the same on PostgreSQL", lambda: beside("beside and django_db", **POSTGRES), server),
        ]
    return [
        Part("unit tests on SQLite", unit),
        Part("unit tests on PostgreSQL", lambda: unit(**POSTGRES), server),
        Part("long tests on SQLite", long),
        Part("long tests on PostgreSQL", lambda: long(**POSTGRES), server),
        Part("browser tests", browser, chromium),
    ]


def outcome(part: Part) -> str:
    """Run one part; return what became of it as the first word of its line: PASSED, FAILED or LEFT OUT."""
    if part.needs:
        return f"LEFT OUT  {part.name}: {part.needs}"
    print(f"RUNNING   {part.name}", flush=True)
    began = time.monotonic()
    word = "PASSED" if part.passes() else "FAILED"
    return f"{word:8}  {part.name} ({time.monotonic() - began:.0f} s)"


def main(insist: bool, only_beside: bool) -> int:
    """Return 0 where every part that could run has passed, and, with `insist`, no part was left out."""
    os.environ.pop("DATABASE_URL", None)
    outcomes = [outcome(part) for part in parts(only_beside)]
    print("", *outcomes, sep="\n")
    wrong = ("FAILED", "LEFT OUT") if insist else ("FAILED",)
    return int(any(line.startswith(wrong) for line in outcomes))


if __name__ == "__main__":
    sys.exit(main("--insist" in sys.argv[1:], "--beside" in sys.argv[1:]))
