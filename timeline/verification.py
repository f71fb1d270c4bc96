"""Whether a file is what this site gave, and what has changed in the data since."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from timeline.exports import FORMATS
from timeline.exports.export import Export, options
from timeline.exports.manifest import is_ours
from timeline.exports.stream import encoded
from timeline.filters import EventFilter
from timeline.models import Event, PublicRevision

MOST_MANIFEST = 1024 * 1024  # bytes
HEAD = 256 * 1024  # bytes in which a JSON file says what it is
MOST_EVENTS = 50  # changed ones that are named
TELLS_ITSELF = re.compile(r'^(\{.*?), "(?:events|features)": \[', re.DOTALL)
OF_MAP = re.compile(r'^\{"type": "FeatureCollection", "about": (\{.*?\}), "features": \[', re.DOTALL)


class NotUnderstood(ValueError):
    """The file says nothing of what it is. The message says what would help."""


@dataclass(slots=True)
class Verdict:
    """What can be said of a file."""

    told: dict  # what the file or its manifest says of itself
    signed: bool | None = None  # the manifest is ours, word for word; None: there is none
    same_bytes: bool | None = None  # the file is the one the manifest speaks of; None: nothing to compare
    as_given_now: bool | None = None  # the site gives these bytes today; None: the data has changed since, or no file
    revision: int = 0  # of the data now
    rows_now: int = 0
    changed: list[Event] = field(default_factory=list)  # since, in the filter as it is now
    changed_count: int = 0

    @property
    def is_proven(self) -> bool:
        return bool((self.signed and self.same_bytes) or self.as_given_now)

    @property
    def is_broken(self) -> bool:
        return self.signed is False or self.same_bytes is False or (self.as_given_now is False and self.signed is None)

    @property
    def is_current(self) -> bool:
        return self.told["revision"] == self.revision


def verify(files: Iterable[UploadedFile]) -> Verdict:
    """Return what can be said of a file, of a manifest, or of both. Raises NotUnderstood."""
    proof, data = None, None
    for file in files:
        found = _as_manifest(file)
        proof, data = (found, data) if found else (proof, file)
    told = proof or (_told_by(data) if data else None)
    if told is None:
        raise NotUnderstood(
            "This file does not say from which filter it comes. Give its manifest too: the file beside each export "
            "whose name ends in “.manifest.json”."
        )
    digest = _digest(data) if data else None
    verdict = Verdict(told)
    if proof:
        verdict.signed = is_ours(proof)
        verdict.same_bytes = None if digest is None else digest == proof.get("sha256")
    return _compare(verdict, digest, data.name if data else "")


def _as_manifest(file: UploadedFile) -> dict | None:
    if file.size > MOST_MANIFEST:
        return None
    file.seek(0)
    try:
        found = json.loads(file.read())
    except ValueError:
        return None
    return found if isinstance(found, dict) and {"sha256", "revision", "query"} <= found.keys() else None


def _told_by(file: UploadedFile) -> dict | None:
    file.seek(0)
    if zipfile.is_zipfile(file):
        return _told_by_zip(file)
    file.seek(0)
    start = file.read(HEAD).decode("utf-8", "replace")
    for pattern, end in ((OF_MAP, ""), (TELLS_ITSELF, "}")):
        if found := pattern.match(start):
            try:
                told = json.loads(found[1] + end)
            except ValueError:
                continue
            if {"revision", "query"} <= told.keys():
                return told
    return None


def _told_by_zip(file: UploadedFile) -> dict | None:
    file.seek(0)
    try:
        with zipfile.ZipFile(io.BytesIO(file.read()) if not hasattr(file, "seekable") else file) as package:
            if package.getinfo("manifest.json").file_size > MOST_MANIFEST:
                return None
            told = json.loads(package.read("manifest.json"))
    except (KeyError, ValueError, zipfile.BadZipFile):
        return None
    return told if isinstance(told, dict) and {"revision", "query"} <= told.keys() else None


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _compare(verdict: Verdict, digest: str | None, name: str) -> Verdict:
    """Add what the data says now. Raises NotUnderstood where the filter or the format is none of ours."""
    chosen = EventFilter(QueryDict(str(verdict.told["query"])), Event.objects.public())
    if chosen.messages:
        words = " ".join(text for texts in chosen.messages.values() for text in texts)
        raise NotUnderstood(f"The filter it names can no longer be used. {words}")
    if not isinstance(verdict.told["revision"], int):
        raise NotUnderstood("It names no revision of the data.")
    verdict.revision, _ = PublicRevision.objects.now()
    events = chosen.events.redistributable()
    verdict.rows_now = events.count()
    if verdict.is_current:
        verdict.as_given_now = None if digest is None else _given_now(verdict.told, chosen, name) == digest
    else:
        since = events.revised_after(verdict.told["revision"])
        verdict.changed_count, verdict.changed = since.count(), list(since.select_related("event_type")[:MOST_EVENTS])
    return verdict


def _given_now(told: dict, chosen: EventFilter, name: str) -> str:
    """Return the digest of the bytes that the site gives for this filter now."""
    extension = told.get("format") or _extension(name)
    if extension not in FORMATS:
        raise NotUnderstood(f"“{name}” has none of the endings of our formats: {', '.join(FORMATS)}.")
    format = FORMATS[extension]
    export = Export.of(chosen, options(QueryDict(str(told.get("options", ""))), format.columns))
    digest = hashlib.sha256()
    for part in encoded(format.render(export)):
        digest.update(part)
    return digest.hexdigest()


def _extension(name: str) -> str:
    """Return the longest ending of a file's name that is one of ours; browsers put numbers in front: `events (1).csv`."""
    fitting = [extension for extension in FORMATS if name.endswith(f".{extension}")]
    return max(fitting, key=len, default="")
