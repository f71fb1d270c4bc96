"""Run the whole suite and say what was left out: python -m tests.suite [--insist]."""

import os
import shutil
import subprocess
import sys

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def pytest(*arguments: str, **environment: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=os.environ | environment).returncode == 0  # noqa: S603 (our own command)


def has_postgres() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def browser() -> bool:
    """Return whether the browser tests pass; what failed has a second try, since a busy machine can miss a deadline."""
    if pytest("-p", "no:randomly", "tests/browser"):
        return True
    print("ONCE MORE  the browser tests that failed")
    return pytest("-p", "no:randomly", "--last-failed", "--last-failed-no-failures", "none", "tests/browser")


def main(insist: bool) -> int:
    """Return 0 where every part that could run has passed, and, with `insist`, no part was left out."""
    os.environ.pop("DATABASE_URL", None)
    failed, left_out = [], []
    if not pytest("-n", "2", "tests"):
        failed.append("SQLite")
    if has_postgres():
        if not pytest("-n", "2", "tests", DATABASE_URL=POSTGRES_URL):
            failed.append("PostgreSQL")
    else:
        left_out.append("PostgreSQL: no server answers; set TEST_POSTGRES_URL to one where databases may be created")
    if shutil.which("chromium"):
        if not browser():
            failed.append("browser")
    else:
        left_out.append("browser: there is no chromium on this machine (Debian: apt-get install chromium)")
    for part in left_out:
        print(f"LEFT OUT  {part}")
    for part in failed:
        print(f"FAILED    the suite on {part}" if part != "browser" else "FAILED    the browser tests")
    return 1 if failed or (insist and left_out) else 0


if __name__ == "__main__":
    sys.exit(main("--insist" in sys.argv[1:]))
