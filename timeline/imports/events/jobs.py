"""The work on an uploaded file in a process of its own, with limits: the site goes on, whatever the file does to its reader."""

import json
import logging
import os
import resource
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError

from timeline.imports.refusals import FileRefused
from timeline.models import ImportUpload
from timeline.models.import_batch import UploadState

from .data_sets import data_set_for
from .formats import FORMATS
from .importing import ImportRefused, Stopped, check, run
from .options import Options

logger = logging.getLogger(__name__)

LARGEST = 50 << 20  # bytes of an uploaded file
MEMORY = 1 << 30  # bytes that the process may take
SECONDS = {"check": 60, "write": 600}  # of CPU time
ENDINGS = (".progress", ".stop", ".report.csv", "")


class TooLong(Exception):
    """The process has had its time."""


def keep(file: UploadedFile) -> Path:
    """Write an uploaded file where its process will find it, piece by piece, and return the path."""
    folder = Path(settings.IMPORT_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    with path.open("xb") as kept:
        for piece in file.chunks():
            kept.write(piece)
    return path


def start(upload: ImportUpload, step: str) -> None:
    """Begin to "check" or "write" in another process, and do not wait for it."""
    upload.state = {"check": UploadState.CHECKING, "write": UploadState.WRITING}[step]
    upload.message = ""
    upload.save(update_fields=["state", "message", "options"])
    beside(upload, ".stop").unlink(missing_ok=True)
    beside(upload, ".progress").unlink(missing_ok=True)
    spawn([sys.executable, str(settings.BASE_DIR / "manage.py"), "run_upload", str(upload.pk), step])


def spawn(command: list[str]) -> None:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen(command, start_new_session=True, cwd=settings.BASE_DIR, **quiet)  # noqa: S603 (our own command)


def beside(upload: ImportUpload, ending: str) -> Path:
    return Path(f"{upload.path}{ending}")


def stop(upload: ImportUpload) -> None:
    """Ask the process to stop; nothing of what it was writing stays."""
    beside(upload, ".stop").touch()


def forget(upload: ImportUpload) -> None:
    """Delete the file and what was kept beside it."""
    for ending in ENDINGS:
        beside(upload, ending).unlink(missing_ok=True)


def progress_of(upload: ImportUpload) -> dict:
    """Return {"done", "total", "seconds"} as the process last told; empty where it has not yet."""
    with suppress(OSError, ValueError):
        return json.loads(beside(upload, ".progress").read_text())
    return {}


def options_of(upload: ImportUpload) -> Options:
    """Return what is asked of the upload. Raises FileRefused."""
    format = FORMATS[upload.format]
    asked = upload.options
    data_set = upload.data_set or data_set_for(format)
    if data_set and not data_set.pk and not upload.by.has_perm("timeline.add_dataset"):
        raise FileRefused(f"There is no data set “{data_set.slug}” yet. Ask a reviewer to add it.")
    return Options(
        path=Path(upload.path),
        file_name=upload.file_name,
        format=format,
        data_set=data_set,
        publish=bool(asked.get("publish")),
        overwrite=bool(asked.get("overwrite")),
        skip_refused=bool(asked.get("skip_refused")),
        may_change_public=upload.by.has_perm("timeline.publish_event"),
        chosen=asked.get("chosen", {}),
        by=upload.by,
    )


def limit(step: str) -> None:
    """Bound memory and time of this process for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS[step], SECONDS[step] + 10))

    def too_long(*_):
        raise TooLong

    signal.signal(signal.SIGXCPU, too_long)


def work(upload: ImportUpload, step: str) -> None:
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
        _fail(upload, f"Nothing was written: the database refused a row. {error}")
    except Exception:
        logger.exception("upload %s: %s", upload.pk, step)
        _fail(upload, "Nothing was written: the work broke off. The log of the site says why.")
    upload.save(update_fields=["state", "message", "found", "batch"])


def _do(upload: ImportUpload, step: str) -> None:
    options = options_of(upload)
    summary = check(options, _teller(upload), beside(upload, ".report.csv"))
    upload.found = summary.as_json()
    if step == "check":
        upload.state = UploadState.CHECKED
        return
    upload.batch = run(options, summary, _teller(upload))
    upload.state = UploadState.DONE
    forget(upload)


def _fail(upload: ImportUpload, message: str) -> None:
    upload.state, upload.message, upload.batch = UploadState.FAILED, message, None


def _teller(upload: ImportUpload):
    """Return what tells how far the work is, and raises Stopped where somebody asked for that."""
    path, asked = beside(upload, ".progress"), beside(upload, ".stop")
    part = beside(upload, ".part")

    def tell(done: int, total: int) -> None:
        if asked.exists():
            raise Stopped
        part.write_text(json.dumps({"done": done, "total": total, "seconds": round(sum(os.times()[:2]), 1)}))
        part.replace(path)

    return tell
