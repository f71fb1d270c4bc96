"""Whether a file is what this site gave, and what has changed in the data since."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from timeline.exports import FORMATS
from timeline.exports.export import Export, options
from timeline.exports.manifest import is_ours
from timeline.exports.stream import Stream
from timeline.filters import EventFilter
from timeline.models import Event, PublicRevision

from .read_manifest import NotUnderstood, manifest_in, told_by

MOST_EVENTS = 50  # changed ones that are named


@dataclass(slots=True)
class Verdict:
    """What can be said of a file."""

    told: dict  # what the file or its manifest says of itself
    signed: bool | None = None  # the manifest is ours, word for word; None: there is none
    size: int | None = None  # bytes of the file; None: only a manifest was given
    same_bytes: bool | None = None  # the file is the one the manifest speaks of; None: nothing to compare
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
        stated = self.told.get("bytes")
        return self.same_bytes is False and isinstance(stated, int) and (self.size or 0) < stated

    @property
    def outcome(self) -> str:
        """Return "proven", "broken", or "open": nothing speaks against it, and not all of it for it."""
        return "broken" if self.is_broken else "proven" if self.is_proven else "open"

    @property
    def is_current(self) -> bool:
        return self.told["revision"] == self.revision


def verify(files: Iterable[UploadedFile]) -> Verdict:
    """Return what can be said of a file, of a manifest, or of both.

    Raises NotUnderstood; and TooMany where as many exports are live as may be: the file is made anew, to compare.
    """
    proof, data = None, None
    for file in files:
        found = manifest_in(file)
        proof, data = (found, data) if found else (proof, file)
    told = proof or (told_by(data) if data else None)
    if told is None:
        raise NotUnderstood(
            "This file does not say from which filter it comes. Give its manifest too: the file beside each export "
            "whose name ends in “.manifest.json”."
        )
    verdict = Verdict(told, signed=is_ours(proof) if proof else None, size=data.size if data else None)
    if proof and data:
        verdict.same_bytes = _digest(data) == proof.get("sha256")
    _compare(verdict, data)
    return verdict


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _compare(verdict: Verdict, data: UploadedFile | None) -> None:
    """Add what the data says now. Raises NotUnderstood where the filter or the format is none of ours."""
    chosen = EventFilter(QueryDict(verdict.told["query"]), Event.objects.public())
    if chosen.messages:
        words = " ".join(text for texts in chosen.messages.values() for text in texts)
        raise NotUnderstood(f"The filter it names can no longer be used. {words}")
    verdict.revision, _ = PublicRevision.objects.now()
    if verdict.told["revision"] > verdict.revision:
        raise NotUnderstood(f"It names revision {verdict.told['revision']:,}; ours is {verdict.revision:,}.")
    events = chosen.events.redistributable()
    verdict.rows_now = events.count()
    if verdict.is_current and data:
        verdict.agrees_until, length = _agreement(verdict.told, chosen, data)
        verdict.as_given_now = verdict.agrees_until == length == data.size
    elif not verdict.is_current:
        since = events.revised_after(verdict.told["revision"])
        verdict.changed_count, verdict.changed = since.count(), list(since.select_related("event_type")[:MOST_EVENTS])


def _agreement(told: dict, chosen: EventFilter, file: UploadedFile) -> tuple[int, int]:
    """Return how many bytes of a file are those that the site gives for this filter now, and how many it gives."""
    extension = told.get("format") or _extension(file.name)
    if not isinstance(extension, str) or extension not in FORMATS:
        raise NotUnderstood(f"“{file.name}” has none of the endings of our formats: {', '.join(FORMATS)}.")
    format, file_is_same, agrees, length = FORMATS[extension], True, 0, 0
    try:
        asked = options(QueryDict(str(told.get("options", ""))), format.columns)
    except ValidationError as error:
        raise NotUnderstood(" ".join(error.messages)) from None
    parts = Stream(format.render(Export.of(chosen, asked)))
    file.seek(0)
    try:
        for part in parts:
            length += len(part)
            if file_is_same:
                own = file.read(len(part))
                file_is_same = own == part
                agrees += len(part) if file_is_same else _common(own, part)
    finally:
        parts.close()
    return agrees, length


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts, which differ, have in common at their beginning."""
    if other.startswith(one):
        return len(one)
    return next(number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


def _extension(name: str) -> str:
    """Return the longest ending of a file's name that is one of ours; browsers put numbers in front: `events (1).csv`."""
    fitting = [extension for extension in FORMATS if name.endswith(f".{extension}")]
    return max(fitting, key=len, default="")
