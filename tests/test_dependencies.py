"""Each library has its reason, the bill of materials is that of the lock file, and `make` sets up a first run."""

import json
import os
import re
import shutil
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


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make on this machine")
def test_first_run_sets_up_a_desk_of_one_that_only_its_owner_reads(tmp_path):
    installed = tmp_path / ".installed"
    installed.touch()
    given = [f"RUN={sys.executable}", f"VENV={tmp_path}", "--old-file", installed]

    subprocess.run(  # noqa: S603 (our own Makefile)
        [shutil.which("make"), "-C", tmp_path, "-f", ROOT / "Makefile", *given, ".env"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )

    written = tmp_path / ".env"
    secret, self_review, _, *identity = written.read_text().splitlines()
    assert re.fullmatch("SECRET_KEY=\\S{50,}", secret)
    assert self_review == "SELF_REVIEW=true"
    assert identity == [
        f"{name}="
        for name in ("SITE_NAME", "SITE_OWNER", "SITE_CONTACT", "DATA_LICENCE", "DATA_LICENCE_URL", "ABOUT_FILE")
    ]
    assert written.stat().st_mode & 0o077 == 0
