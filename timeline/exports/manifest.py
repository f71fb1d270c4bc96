"""What proves an export: which filter, which state of the data, how many rows, and the digest of the bytes."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.core.signing import Signer

import tracker

from .columns import iso_utc
from .event_records import Record
from .export import Export
from .export_format import Format
from .export_header import About
from .stream import encode_parts
from .to_json import header_object

SALT = "timeline.export"


def package_manifest(about: About) -> str:
    """Return what can be said before a file is finished: it goes into the package itself."""
    return json.dumps(header_object(about) | {"software": software_name()}, ensure_ascii=False, indent=1) + "\n"


def software_name() -> str:
    return f"conflict event timeline tracker {tracker.__version__}"


def make_manifest(format: Format, export: Export, at: dt.datetime) -> Record:
    """Return the manifest of an export, made to know its digest. `at`: the moment it was made, in UTC."""
    digest, size = _measure(encode_parts(format.render(export)))
    fields = header_object(export.about) | {
        "format": format.extension,
        "options": export.options.query,
        "sha256": digest,
        "bytes": size,
        "rows": format.row_count(export),
        "row": format.row_kind,
        "generated_at": iso_utc(at.replace(microsecond=0)),
        "software": software_name(),
        "columns": [
            {"name": column.name, "kind": column.kind, "meaning": column.meaning}
            for column in export.options.columns(format.columns)
        ],
    }
    return fields | {"signature": sign(fields)}


def _measure(parts: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


def sign(fields: Record) -> str:
    """Return what only this site can say of a manifest."""
    text = json.dumps({name: value for name, value in fields.items() if name != "signature"}, sort_keys=True)
    return Signer(salt=SALT).signature(text)


def has_valid_signature(fields: Record) -> bool:
    return isinstance(fields.get("signature"), str) and fields["signature"] == sign(fields)
