"""The process that reads documents: takes requests from its standard input, one after the other, until that ends.

A request is a line of JSON, {"format", "name", "size"}, and so many bytes. The answer is a line of JSON: {"refused"} or the parts of
what was extracted; before it may come lines {"at"}, with the place that is read now. Run by `reading_process`, never by hand.
"""

import json
import logging
import os
import sys
import traceback
from dataclasses import asdict
from typing import BinaryIO

from timeline.extraction.extracted import Refused
from timeline.extraction.readers import extract

try:
    import resource
except ImportError:  # Windows: no limit of memory; the time is limited by the process that waits
    resource = None  # type: ignore[assignment]

MEMORY = 1 << 30  # bytes of address space
SECONDS = 60  # for one document
OUT_OF_MEMORY = 77  # exit code


class Places(logging.Handler):
    """Sends on where a reader is: what it logs as INFO."""

    def __init__(self, answers: BinaryIO) -> None:
        super().__init__(logging.INFO)
        self._answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        _send(self._answers, {"at": record.getMessage()})


def main(memory: int) -> None:
    """Answer requests. `memory`: bytes of address space that all of it may take."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    logger = logging.getLogger(__package__)
    logger.addHandler(Places(answers))
    logger.setLevel(logging.INFO)
    _limit_memory(memory)
    try:
        while line := sys.stdin.buffer.readline():
            request = json.loads(line)
            _limit_time()
            content = sys.stdin.buffer.read(request["size"])
            _send(answers, _answer(content, request["format"], request["name"]))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # at once: what is left of this process is not to be trusted


def _answer(content: bytes, format: str, name: str) -> dict:
    try:
        return asdict(extract(content, format, name))
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        raise
    except Exception as error:
        return {"refused": f"Its reader failed: {type(error).__name__}.", "failed": traceback.format_exc()}


def _send(answers: BinaryIO, answer: dict) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _limit_memory(memory: int) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time() -> None:
    """Bound the processor's time of the next document: also where nobody waits for the answer any more."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + SECONDS, most))


if __name__ == "__main__":
    main(int(sys.argv[1]))
