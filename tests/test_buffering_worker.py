"""Clients that are slow to ask or to read keep no thread from others, under gunicorn as it is shipped. The server and
the settings read the same numbers."""

import os
import re
import runpy
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.request import urlopen

import pytest

from tests.large_answers import LOT, LOTS
from tests.test_settings import CLEAN, ROOT, run
from tracker import buffering_worker
from tracker.buffering_worker import IDLE, close_idle

HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SLOW = {
    "unfinished headers": HEAD + b"X-Name: v",
    "unfinished bodies": HEAD.replace(b"GET", b"POST") + b"Content-Length: 100000\r\n\r\nx=",
    "readers that take nothing": HEAD.replace(b" / ", b" /file ") + b"\r\n",
}


@pytest.fixture(scope="module")
def address():
    """Return host and port of a server of one process with one thread."""
    given = CLEAN | {"WORKERS": "1", "THREADS": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "tests.large_answers"]
    with subprocess.Popen(command, cwd=ROOT, env=given, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        port = next(filter(None, (re.search(r"http://127.0.0.1:(\d+)", line) for line in server.stderr)))[1]
        yield "127.0.0.1", int(port)
        server.terminate()


def ask(address: tuple[str, int], path: str = "/") -> bytes:
    with urlopen(f"http://{address[0]}:{address[1]}{path}", timeout=10) as answer:  # noqa: S310 (our own server)
        return answer.read()


def slow_client(address: tuple[str, int], sent: bytes) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.connect(address)
    client.sendall(sent)
    return client


@pytest.mark.parametrize("kind", SLOW)
def test_slow_clients_keep_no_thread(address, kind):
    clients = [slow_client(address, SLOW[kind]) for _ in range(4)]
    time.sleep(0.3)

    assert ask(address) == b"a page"
    for client in clients:
        client.close()


def test_slow_reader_is_sent_all_in_the_end(address):
    client = slow_client(address, SLOW["readers that take nothing"])
    ask(address)

    received = bytearray()
    while not received.endswith(b"0\r\n\r\n"):
        received += client.recv(1024 * 1024)

    assert received.partition(b"\r\n\r\n")[2].count(b"x") == len(LOT) * LOTS
    client.close()


def test_connections_on_which_nothing_moves_are_closed(monkeypatch):
    closed = []

    def channel(name: str, idle_for: float, requests: int = 0):
        moved = time.time() - idle_for
        return SimpleNamespace(requests=[0] * requests, last_activity=moved, handle_close=lambda: closed.append(name))

    close_idle([channel("idle", IDLE + 1), channel("new", 0), channel("being answered", IDLE + 1, requests=1)])
    monkeypatch.setattr(buffering_worker, "MOST_CONNECTIONS", 1)
    close_idle([channel("newer", 1), channel("older", 2), channel("answered", 3, requests=1)])

    assert closed == ["idle", "older", "newer"]


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
