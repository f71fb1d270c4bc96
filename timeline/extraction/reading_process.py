"""Documents read in a process of their own, with limits: whatever a file does to its reader, the site goes on."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from timeline.extraction import worker
from timeline.extraction.extracted import Extracted, Refused
from timeline.text.track import Track

ROOT = Path(__file__).parent.parent.parent
LONGEST_ANSWER = 20_000_000  # bytes; the longest text in JSON, all of it escaped, has 12 million
PASSED_ON = ("PATH", "SYSTEMROOT", "LANG")  # of the environment; not its passwords

logger = logging.getLogger(__name__)


class ReadingProcess:
    """One process for many documents. It starts with the first, and again after it was ended."""

    def __init__(self, seconds: float = worker.SECONDS, memory: int = worker.MEMORY) -> None:
        self._seconds, self._memory = seconds, memory  # for one document; bytes
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def extract(self, content: bytes, format: str, name: str) -> Extracted:
        """Return the words of bytes in the format of `readers.READERS`. Raises Refused, also where the time or memory was not
        enough, or the reader crashed."""
        process = self._running()
        is_late = threading.Event()
        timer = threading.Timer(self._seconds, _stop, (process, is_late))
        timer.start()
        try:
            answer, place = _ask(process, content, format, name)
        finally:
            timer.cancel()
            if sys.exc_info()[0] is not None:
                self._end()  # interrupted: its answer would be taken for that of the next
        if answer is None:
            raise self._broken_off(process, is_late.is_set(), place)
        if "failed" in answer:
            logger.error("The reader of “%s” failed.\n%s", name, answer["failed"])
        if "refused" in answer:
            raise Refused(answer["refused"])
        kind, marks = answer["track"]["kind"], answer["track"]["marks"]
        track = Track(kind, tuple((position, label) for position, label in marks))
        return Extracted(answer["text"], answer["fields"], tuple(answer["notes"]), track)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # nosec B603 (our own command)
                [sys.executable, "-m", worker.__name__, str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                start_new_session=True,
            )
        return self._process

    def _broken_off(self, process: "subprocess.Popen[bytes]", is_late: bool, place: str) -> Refused:
        """Return why there was no answer, and end the process."""
        self._end()
        where = f" at {place}" if place else ""
        code = process.returncode
        if is_late or code == -getattr(signal, "SIGXCPU", 0):
            return Refused(
                f"Reading it took more than {self._seconds:g} seconds and was stopped{where}. Save its text."
            )
        if code == worker.OUT_OF_MEMORY:
            return Refused(
                f"Reading it needs more than {self._memory >> 20:,} MB of memory; stopped{where}. Save its text."
            )
        return Refused(f"Its reader crashed{where} (exit code {code}). Save its text.")

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with self._process:  # closes its pipes, and waits
                self._process = None


def _stop(process: "subprocess.Popen[bytes]", is_late: threading.Event) -> None:
    is_late.set()
    process.kill()


def _ask(process: "subprocess.Popen[bytes]", content: bytes, format: str, name: str) -> tuple[dict | None, str]:
    """Return the answer and the last place it came from; None: the process ended before it answered."""
    requests, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    place = ""
    try:
        request = {"format": format, "name": name, "size": len(content)}
        requests.write(json.dumps(request).encode() + b"\n" + content)
        requests.flush()
        while line := answers.readline(LONGEST_ANSWER):
            answer = json.loads(line)
            if "at" not in answer:
                return answer, place
            place = answer["at"]
    except (OSError, ValueError):  # it ended while it was written to, or in the middle of an answer
        pass
    return None, place
