"""Freeze the public data as a numbered release."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from timeline.database.transactions import take_write_lock
from timeline.exports.export import Export
from timeline.exports.manifest import make_manifest
from timeline.exports.package import to_zip
from timeline.exports.stream import encode_parts
from timeline.filters import EventFilter
from timeline.models import Event, PublicRevision, Release


@transaction.atomic
def make_release(notes: str) -> Release:
    """Keep all public events that may leave the site as the next release, the same package as an export of them has.

    Raises ValidationError where there are none, nothing has changed since the last release, or the notes cannot be stored.
    """
    take_write_lock()
    export, at = Export.of(EventFilter(QueryDict(), Event.objects.public()), use_index=False), timezone.now()
    _refuse_needless(export)
    package = b"".join(encode_parts(to_zip.FORMAT.render(export)))
    manifest = make_manifest(to_zip.FORMAT, export, at, [package])
    release = Release(
        number=Release.objects.next_number(), at=at, notes=notes.strip(), package=package, manifest=manifest
    )
    release.revision, release.event_count = export.about.revision, export.about.total
    release.sha256, release.size = manifest["sha256"], manifest["bytes"]
    release.full_clean(exclude=["package", "manifest"])
    release.save()
    release.events.set(export.events.order_by())
    PublicRevision.objects.bump()  # pages name the release
    return release


def _refuse_needless(export: Export) -> None:
    if not export.about.total:
        raise ValidationError("There are no public events to release.")
    last = Release.objects.newest_first().first()
    if last and export.about.revision <= last.revision + 1:  # which making it has raised by one
        raise ValidationError(f"Nothing that readers see has changed since release {last.number}.")
