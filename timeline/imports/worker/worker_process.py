"""Whether the process that works on an uploaded file still lives: it holds a lock that the system takes back when it ends,
however it ends."""

import fcntl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def spawn(command: list[str], lock: Path) -> None:
    """Start the command in the background; it holds the lock from now on until it ends. Its errors go to the site's log."""
    with locked(lock) as handle:
        process = subprocess.Popen(  # noqa: S603 (our own command)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            cwd=settings.BASE_DIR,
            pass_fds=[handle],
        )
    threading.Thread(target=process.wait, daemon=True).start()  # its end is taken note of, so that no zombie stays


@contextmanager
def locked(lock: Path) -> Iterator[int]:
    """Hold the lock; a process that was given the handle meanwhile goes on holding it."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def is_locked(lock: Path) -> bool:
    """Return whether some process holds the lock. Nobody waits."""
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
