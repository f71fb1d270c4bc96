"""The work on an uploaded file in a process of its own, with limits: the site goes on, whatever the file does to its reader.

Whether the process that works on an uploaded file still lives: it holds a lock that the system takes back when it ends,
however it ends.
"""

import fcntl
import json
import logging
import resource
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction

from timeline.database.faults import classify_error, log_fault
from timeline.imports.doubts import check_kinds
from timeline.imports.events.data_set_choice import data_set_for
from timeline.imports.events.event_import import ImportRefused, Stopped, check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.file_bytes import FileRefused
from timeline.models import ImportUpload
from timeline.models.import_batch import UploadState

logger = logging.getLogger(__name__)

LARGEST = 50 << 20  # bytes of an uploaded file
MEMORY = 1 << 30  # bytes that the process may take
SECONDS = {"check": 60, "write": 600}  # of CPU time
ENDINGS = (".progress", ".stop", ".report.csv", ".lock", "")
BUSY = (UploadState.CHECKING, UploadState.WRITING)
BROKEN_OFF = (
    "Nothing was written: the work stopped, because its process was killed or the machine stopped, or by a fault that "
    "the log of the site shows. "
    "Send the file again, or import it with manage.py import_events."
)


class TooLong(Exception):
    """The process has had its time."""


def store_file(file: UploadedFile) -> Path:
    """Write an uploaded file where its process will find it, piece by piece, and return the path. Raises OSError where it
    cannot be written whole; then nothing of it is left."""
    folder = Path(settings.IMPORT_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    try:
        with path.open("xb") as stored:
            for piece in file.chunks():
                stored.write(piece)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def start(upload: ImportUpload, step: str) -> None:
    """Begin to "check" or "write" in another process, and do not wait for it."""
    upload.state = {"check": UploadState.CHECKING, "write": UploadState.WRITING}[step]
    upload.message = ""
    upload.save(update_fields=["state", "message", "options"])
    path_beside(upload, ".stop").unlink(missing_ok=True)
    path_beside(upload, ".progress").unlink(missing_ok=True)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_upload", str(upload.pk), step]
    spawn(command, path_beside(upload, ".lock"))


def fail_if_process_ended(upload: ImportUpload) -> None:
    """Mark an upload as failed whose process ended without a result."""
    if upload.state not in BUSY or is_locked(path_beside(upload, ".lock")):
        return
    still = ImportUpload.objects.filter(pk=upload.pk, state__in=BUSY)  # it may have ended well a moment ago
    still.update(state=UploadState.FAILED, message=BROKEN_OFF)
    upload.refresh_from_db()


def path_beside(upload: ImportUpload, ending: str) -> Path:
    return Path(f"{upload.path}{ending}")


def stop(upload: ImportUpload) -> None:
    """Ask the process to stop; nothing of what it was writing stays."""
    path_beside(upload, ".stop").touch()


def delete_files(upload: ImportUpload) -> None:
    """Delete the file and what was kept beside it."""
    for ending in ENDINGS:
        path_beside(upload, ending).unlink(missing_ok=True)


def progress_of(upload: ImportUpload) -> dict:
    """Return the last progress of the process: {"doing", "done", "total" (0: not known), "seconds", "rate" (rows a second),
    "left" (seconds; None: not known)}; empty before the first."""
    with suppress(OSError, ValueError):
        progress = json.loads(path_beside(upload, ".progress").read_text())
        rate = progress["done"] / progress["seconds"] if progress["seconds"] else 0
        left = round((progress["total"] - progress["done"]) / rate) if rate and progress["total"] else None
        return progress | {"rate": round(rate), "left": left}
    return {}


def options_of(upload: ImportUpload) -> Options:
    """Return the options of the upload. Raises FileRefused."""
    format = FORMATS[upload.format]
    choices = upload.options
    data_set = upload.data_set or data_set_for(format)
    if data_set and not data_set.pk and not upload.by.has_perm("timeline.add_dataset"):
        raise FileRefused(f"There is no data set “{data_set.slug}” yet. Ask a reviewer to add it.")
    return Options(
        path=Path(upload.path),
        file_name=upload.file_name,
        format=format,
        data_set=data_set,
        publish=bool(choices.get("publish")),
        overwrite=bool(choices.get("overwrite")),
        skip_refused=bool(choices.get("skip_refused")),
        accept=check_kinds(choices.get("accept", ())),
        may_change_public=upload.by.has_perm("timeline.publish_event"),
        actor_matches=choices.get("chosen", {}),
        place_matches=choices.get("places", {}),
        by=upload.by,
        reason=choices.get("reason", ""),
        change_class=choices.get("change_class", ""),
    )


def limit_process(step: str) -> None:
    """Bound memory and time of this process for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS[step], SECONDS[step] + 10))

    def too_long(*_):
        raise TooLong

    signal.signal(signal.SIGXCPU, too_long)


def run_step(upload: ImportUpload, step: str) -> None:
    """Do the step, and keep what came of it in the upload. Whatever happens, nothing is half written."""
    try:
        _do(upload, step)
    except (FileRefused, ImportRefused) as error:
        _fail(upload, f"Nothing was written. {error}")
    except Stopped:
        _fail(upload, "Stopped. Nothing was written.")
    except TooLong:
        _fail(upload, f"Nothing was written: it took more than {SECONDS[step]} seconds.")
    except MemoryError:
        _fail(upload, f"Nothing was written: it took more than {MEMORY >> 20} MB of memory.")
    except DatabaseError as error:
        fault = classify_error(error)
        log_fault(fault, error, f"upload {upload.pk}: {step}")
        _fail(upload, fault.words if fault else f"Nothing was written: the database refused a row. {error}")
    except Exception:
        logger.exception("upload %s: %s", upload.pk, step)
        _fail(
            upload, f"Nothing was written: the import stopped. The log of the site says why, at “upload {upload.pk}”."
        )
    upload.save(update_fields=["state", "message", "found", "batch"])


def _do(upload: ImportUpload, step: str) -> None:
    looking = _progress_writer(upload, "check" if step == "check" else "check again")
    summary = check(options := options_of(upload), looking, path_beside(upload, ".report.csv"))
    upload.found = summary.as_json()
    if step == "check":
        upload.state = UploadState.CHECKED
        return
    writing = _progress_writer(upload, "write")
    with transaction.atomic():  # what is written, and that it is written
        upload.batch = run(options, summary, writing)
        upload.state = UploadState.DONE
        upload.save(update_fields=["state", "message", "found", "batch"])
    delete_files(upload)


def _fail(upload: ImportUpload, message: str) -> None:
    upload.state, upload.message, upload.batch = UploadState.FAILED, message, None


def _progress_writer(upload: ImportUpload, doing: str):
    """Return a function that writes the progress to a file, and raises Stopped once somebody pressed stop."""
    path, stop_file = path_beside(upload, ".progress"), path_beside(upload, ".stop")
    part, start = path_beside(upload, ".part"), time.monotonic()

    def tell(done: int, total: int) -> None:
        if stop_file.exists():
            raise Stopped
        progress = {"doing": doing, "done": done, "total": total, "seconds": round(time.monotonic() - start, 1)}
        part.write_text(json.dumps(progress))
        part.replace(path)

    return tell


def spawn(command: list[str], lock: Path) -> None:
    """Start the command in the background; it holds the lock from now on until it ends. Its errors go to the site's log."""
    with locked(lock) as handle:
        process = subprocess.Popen(  # noqa: S603  # nosec B603 (our own command)
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
