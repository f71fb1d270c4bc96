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
    assert re.fullmatch("SECRET_KEY=\\S{50,}\nSELF_REVIEW=true\n", written.read_text())
    assert written.stat().st_mode & 0o077 == 0
