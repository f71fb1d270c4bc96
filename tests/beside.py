"""Documents and data that lie beside the repository and not in it. A test of them says which it needs, like
`@pytest.mark.beside("data/ucdp-ged")`, and is skipped where they are missing."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = "seed/state-department-briefing-2022-03-25.txt"


def skip_missing(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("beside"):
            if missing := [name for name in mark.args if not (SHARED / name).exists()]:
                item.add_marker(pytest.mark.skip(reason=f"there is no {SHARED / missing[0]}"))
