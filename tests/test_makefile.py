import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
