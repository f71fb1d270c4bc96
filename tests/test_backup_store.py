"""Which backups are kept, and which is the newest that was tried."""

import datetime as dt
import json
from pathlib import Path

import pytest

from timeline.backups.store import StoredBackup, last_verified, read_rule, stored_backups, superfluous

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def backups(*days_ago: float) -> list[StoredBackup]:
    moments = [NOON - dt.timedelta(days=days) for days in days_ago]
    return [StoredBackup(Path(f"tracker-{at:%Y%m%dT%H%M%SZ}.zip"), at) for at in moments]


def days_kept(rule: str, *days_ago: float) -> list[float]:
    stored = backups(*days_ago)
    going = superfluous(stored, read_rule(rule))
    return [days for days, backup in zip(days_ago, stored, strict=True) if backup not in going]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("3d", [0, 1, 2]),
        ("2w", [0, 1]),  # 30 November 2026 is a Monday
        ("2m", [0, 30]),
        ("1d2w2m", [0, 1, 30]),
        ("0d", [0]),
        ("400d", [0, 0.2, 1, 2, 8, 30, 400]),
    ],
)
def test_newest_of_each_day_week_and_month_is_kept(rule, kept):
    expected = [day for day in kept if day != 0.2]

    assert days_kept(rule, 0, 0.2, 1, 2, 8, 30, 400) == expected


@pytest.mark.parametrize("rule", ["", "7", "d7", "7y", "7d,4w", "-1d"])
def test_rule_that_cannot_be_read_is_refused(rule):
    with pytest.raises(ValueError, match="7d4w12m"):
        read_rule(rule)


def test_year_of_nights_leaves_some_of_each_age():
    assert (
        len(days_kept("7d4w12m", *range(400))) == 7 + 3 + 10
    )  # the newest of a week and of a month may be that of a day


def test_newest_verified_backup_is_found(tmp_path):
    for backup in backups(0, 1, 2):
        (tmp_path / backup.path.name).write_bytes(b"")
    (tmp_path / "notes.txt").write_text("not one of them")
    newest, middle, oldest = stored_backups(tmp_path)
    middle.write_manifest({"verified_at": NOON.isoformat()})
    oldest.write_manifest({"verified_at": NOON.isoformat()})
    newest.manifest_path.write_text("[broken")

    assert last_verified(tmp_path) == middle
    assert json.loads(middle.manifest_path.read_text()) == {"verified_at": NOON.isoformat()}
    assert last_verified(tmp_path / "nowhere") is None
