"""The server and the settings read the same numbers."""

import os
import re
import runpy
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.test_settings import CLEAN, ROOT, run

PRINT = "from tracker import settings; print(settings.THREADS, settings.EXPORTS_AT_ONCE)"


def numbers_of_gunicorn(**environment: str) -> dict[str, int]:
    command = [sys.executable, "-m", "gunicorn", "--print-config", "wsgiref.simple_server:demo_app"]
    printed = subprocess.run(command, cwd=ROOT, env=CLEAN | environment, capture_output=True, text=True)  # noqa: S603
    return {name: int(number) for name, number in re.findall(r"^(workers|threads) += (\d+)$", printed.stdout, re.M)}


@pytest.mark.parametrize(
    ("environment", "numbers", "settings"),
    [
        ({}, {"workers": 2, "threads": 4}, "4 2\n"),
        ({"WORKERS": "3", "THREADS": "8"}, {"workers": 3, "threads": 8}, "8 4\n"),
        ({"THREADS": "1"}, {"workers": 2, "threads": 1}, "1 1\n"),
    ],
)
def test_threads_of_the_server_are_those_of_the_settings(environment, numbers, settings):
    assert numbers_of_gunicorn(**environment) == numbers
    assert run(PRINT, *environment.items()).stdout == settings


def test_threads_of_the_command_line_reach_the_settings(monkeypatch):
    monkeypatch.setenv("THREADS", "4")
    server = SimpleNamespace(cfg=SimpleNamespace(threads=6))

    runpy.run_path(str(ROOT / "gunicorn.conf.py"))["post_fork"](server, None)

    assert os.environ["THREADS"] == "6"
