"""Releases that have words which were taken out: their packages are deleted, since a frozen file cannot be changed."""

import io
import re
from collections.abc import Iterable, Iterator
from zipfile import ZipFile

from timeline.models import Redaction, Release

from .redaction_plan import FieldChange, Plan


def withdraw_releases(plan: Plan, redaction: Redaction) -> None:
    """Delete package, manifest and digest of every release whose files have any of the words. The digest goes with them: with it
    a list of names could be tried. Reads each package, one query a release."""
    if not (words := _removed_words(plan.changes.values())):
        return
    pattern = re.compile("|".join(r"\s+".join(map(re.escape, wording.split())) for wording in words), re.IGNORECASE)
    for release in Release.objects.filter(withdrawn_in=None):
        if any(pattern.search(text) for text in _texts(release.package)):
            Release.objects.filter(pk=release.pk).update(withdrawn_in=redaction, package=b"", sha256="", manifest={})


def _removed_words(changes: Iterable[FieldChange]) -> list[str]:
    removed = {change.before[span.start : span.end] for change in changes for span in change.spans}
    return sorted(filter(str.strip, removed), key=len, reverse=True)


def _texts(package: bytes) -> Iterator[str]:
    """Yield the text of each file of a package, as its cells have it: quotation marks are doubled in CSV."""
    with ZipFile(io.BytesIO(package)) as files:
        for name in files.namelist():
            yield files.read(name).decode("utf-8", "replace").replace('""', '"')
