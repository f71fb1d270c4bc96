"""Each library has its reason, and the bill of materials is that of the lock file."""

import json
import re
import subprocess
import sys

import pytest

from tests.test_settings import CLEAN, ROOT


def names(text: str, pattern: str) -> list[str]:
    return [name.lower().replace("_", "-") for name in re.findall(pattern, text, re.MULTILINE)]


def test_each_requirement_has_its_reason_and_no_other_library_has():
    required = names((ROOT / "requirements.txt").read_text(), r"^([\w-]+)")
    explained = names((ROOT / "docs/dependencies.md").read_text(), r"^\| ([\w-]+) \| (?!what for)")

    assert sorted(explained) == sorted(name for name in required)


@pytest.mark.long
def test_bill_of_materials_names_every_locked_library(tmp_path):
    written = tmp_path / "sbom.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.lock", "--output-file", str(written)]
    subprocess.run(command, cwd=ROOT, env=CLEAN, check=True, capture_output=True)  # noqa: S603 (our own command)

    listed = names("\n".join(part["name"] for part in json.loads(written.read_text())["components"]), r"^(.+)$")
    assert sorted(set(listed)) == sorted(
        set(names((ROOT / "requirements.lock").read_text(), r"^([\w-]+)(?:\[\w+\])?=="))
    )


def test_few_rules_of_security_are_excepted_each_with_a_reason():
    files = [path for package in ("timeline", "tracker") for path in (ROOT / package).rglob("*.py")]
    excepted = [line for path in files for line in path.read_text().splitlines() if re.search(r"noqa: S\d|nosec", line)]

    assert len(excepted) <= 5
    assert [line for line in excepted if not re.search(r"\(\w[^)]+\)$", line)] == []
