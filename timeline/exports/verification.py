"""Whether a file is what this site gave, and what has changed in the data since."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from timeline.exports import FORMATS
from timeline.exports.export import Export, read_options
from timeline.exports.manifest import UnverifiableFile, has_valid_signature, read_header, read_manifest
from timeline.exports.stream import Stream
from timeline.filters import EventFilter
from timeline.models import Event, PublicRevision

MOST_EVENTS = 50  # changed ones that are named


@dataclass(slots=True)
class FileCheck:
    """What can be said of a file."""

    manifest: dict  # what the file or its manifest says of itself
    signed: bool | None = None  # the manifest is ours, word for word; None: there is none
    size: int | None = None  # bytes of the file; None: only a manifest was given
    same_bytes: bool | None = None  # the file is the one the manifest mentions; None: nothing to compare
    as_given_now: bool | None = None  # the site gives these bytes today; None: the data has changed since, or no file
    agrees_until: int | None = None  # bytes that are as given now, of a file that is not; None: not compared
    revision: int = 0  # of the data now
    rows_now: int = 0
    changed: list[Event] = field(default_factory=list)  # since, in the filter as it is now
    changed_count: int = 0

    @property
    def is_proven(self) -> bool:
        return not self.is_broken and bool((self.signed and self.same_bytes) or self.as_given_now)

    @property
    def is_broken(self) -> bool:
        return False in (self.signed, self.same_bytes, self.as_given_now)

    @property
    def is_truncated(self) -> bool:
        """Return whether the file is the beginning of what was given, and its end is missing."""
        return self.is_broken and self.size is not None and self.agrees_until == self.size

    @property
    def is_shorter(self) -> bool:
        """Return whether it has fewer bytes than its manifest says, which is all that is known of old ones."""
        stated = self.manifest.get("bytes")
        return self.same_bytes is False and isinstance(stated, int) and (self.size or 0) < stated

    @property
    def outcome(self) -> str:
        """Return "proven", "broken", or "open": nothing speaks against it, and not all of it for it."""
        return "broken" if self.is_broken else "proven" if self.is_proven else "open"

    @property
    def is_current(self) -> bool:
        return self.manifest["revision"] == self.revision


def check_files(files: Iterable[UploadedFile]) -> FileCheck:
    """Return what can be said of a file, of a manifest, or of both.

    Raises UnverifiableFile; and TooManyExports where as many exports are live as may be: the file is made again, to compare.
    """
    proof, exported = None, None
    for file in files:
        parsed = read_manifest(file)
        proof, exported = (parsed, exported) if parsed else (proof, file)
    manifest = proof or (read_header(exported) if exported else None)
    if manifest is None:
        raise UnverifiableFile(
            "This file does not say which filter it comes from. Upload its manifest too: the file beside each export "
            "whose name ends in “.manifest.json”."
        )
    check = FileCheck(
        manifest, signed=has_valid_signature(proof) if proof else None, size=exported.size if exported else None
    )
    if proof and exported:
        check.same_bytes = _digest(exported) == proof.get("sha256")
    _compare(check, exported)
    return check


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _compare(check: FileCheck, exported: UploadedFile | None) -> None:
    """Add what the data says now. Raises UnverifiableFile where the filter or the format is none of ours."""
    event_filter = EventFilter(QueryDict(check.manifest["query"]), Event.objects.public())
    if event_filter.messages:
        message = " ".join(text for texts in event_filter.messages.values() for text in texts)
        raise UnverifiableFile(f"The filter it names can no longer be used. {message}")
    check.revision, _ = PublicRevision.objects.current()
    if check.manifest["revision"] > check.revision:
        raise UnverifiableFile(f"It names revision {check.manifest['revision']:,}; ours is {check.revision:,}.")
    events = event_filter.events.redistributable()
    check.rows_now = events.count()
    if check.is_current and exported:
        check.agrees_until, length = _agreement(check.manifest, event_filter, exported)
        check.as_given_now = check.agrees_until == length == exported.size
    elif not check.is_current:
        since = events.revised_after(check.manifest["revision"])
        check.changed_count, check.changed = since.count(), list(since.select_related("event_type")[:MOST_EVENTS])


def _agreement(manifest: dict, event_filter: EventFilter, file: UploadedFile) -> tuple[int, int]:
    """Return how many bytes of a file are those that the site gives for this filter now, and how many it gives."""
    extension = manifest.get("format") or _extension(file.name or "")
    if not isinstance(extension, str) or extension not in FORMATS:
        raise UnverifiableFile(f"“{file.name}” has none of the endings of our formats: {', '.join(FORMATS)}.")
    format, file_is_same, agrees, length = FORMATS[extension], True, 0, 0
    try:
        options = read_options(QueryDict(str(manifest.get("options", ""))), format)
    except ValidationError as error:
        raise UnverifiableFile(" ".join(error.messages)) from None
    parts = Stream(format.render(Export.of(event_filter, options)))
    file.seek(0)
    try:
        for part in parts:
            length += len(part)
            if file_is_same:
                uploaded = file.read(len(part))
                file_is_same = uploaded == part
                agrees += len(part) if file_is_same else _common(uploaded, part)
    finally:
        parts.close()
    return agrees, length


def _common(text: bytes, other: bytes) -> int:
    """Return how many bytes two texts, which differ, have in common at their beginning."""
    if other.startswith(text):
        return len(text)
    return next(number for number, (a, b) in enumerate(zip(text, other, strict=False)) if a != b)


def _extension(name: str) -> str:
    """Return the longest ending of a file's name that is one of ours; browsers put numbers in front: `events (1).csv`."""
    fitting = [extension for extension in FORMATS if name.endswith(f".{extension}")]
    return max(fitting, key=len, default="")
