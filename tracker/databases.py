"""How the tracker talks to its database, by the kind of database."""

import sqlite3

# Releases of SQLite in which a WAL database cannot be corrupted by the WAL-reset bug.
# Source: sqlite.org/wal.html#walresetbug
WAL_FIXED_IN = (3, 51, 3)
WAL_FIXED_BACKPORTS = {(3, 50): 7, (3, 44): 6}  # release line -> first fixed patch
# With a rollback journal, a writer whose changes no longer fit in its cache takes the file for itself until its commit, and
# nobody can read. So up to this much of one transaction stays in memory, in KiB (a number of pages has to be negative here:
# of a positive one SQLite reads the last byte as on or off). Source: sqlite.org/pragma.html#pragma_cache_spill
SPILL_AT = 512 << 10


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """Return "WAL" where this SQLite is safe with it, else "DELETE"."""
    backport = WAL_FIXED_BACKPORTS.get(version[:2])
    fixed = version >= WAL_FIXED_IN or (backport is not None and version[2] >= backport)
    return "WAL" if fixed else "DELETE"


def with_options(database: dict) -> dict:
    """Return Django's settings for one database with the options its engine needs.

    What the address itself says, like `?sslmode=require`, stands.
    """
    address_options = database.get("OPTIONS", {})
    if "sqlite" in database["ENGINE"]:
        return database | {"OPTIONS": sqlite_options() | address_options}
    reuse = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # seconds a connection is kept for the next request
    return reuse | database | {"OPTIONS": {"connect_timeout": 2} | address_options}


def sqlite_options() -> dict:
    """Return options under which two writers wait for each other and a commit reaches the disk."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,  # seconds a writer waits for another
        "init_command": (
            f"PRAGMA journal_mode={journal_mode()}; PRAGMA synchronous=FULL; "
            f"PRAGMA cache_size=-32768; PRAGMA cache_spill=-{SPILL_AT};"
        ),
    }
