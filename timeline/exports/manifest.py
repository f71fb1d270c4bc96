"""What proves an export: which filter, which state of the data, how many rows, and the digest of the bytes."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from types import ModuleType

from django.core.signing import Signer

import tracker

from . import row_counts
from .columns import stamp
from .event_records import Record
from .export import Export
from .export_header import About
from .stream import encoded
from .to_json import head

SALT = "timeline.export"


def about_events(about: About) -> str:
    """Return what can be said before a file is finished: it goes into the package itself."""
    return json.dumps(head(about) | {"software": software()}, ensure_ascii=False, indent=1) + "\n"


def software() -> str:
    return f"conflict event timeline tracker {tracker.__version__}"


def manifest(format: ModuleType, export: Export, at: dt.datetime) -> Record:
    """Return the manifest of an export, made to know its digest. `at`: the moment it was made, in UTC."""
    digest, size = _measured(encoded(format.render(export)))
    told = head(export.about) | {
        "format": format.extension,
        "options": export.options.query,
        "sha256": digest,
        "bytes": size,
        "rows": row_counts.count(format, export),
        "row": format.holds,
        "generated_at": stamp(at.replace(microsecond=0)),
        "software": software(),
        "columns": [
            {"name": column.name, "kind": column.kind, "meaning": column.meaning}
            for column in export.options.columns(format.columns)
        ],
    }
    return told | {"signature": signature(told)}


def _measured(parts: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


def signature(told: Record) -> str:
    """Return what only this site can say of a manifest."""
    text = json.dumps({name: value for name, value in told.items() if name != "signature"}, sort_keys=True)
    return Signer(salt=SALT).signature(text)


def is_ours(told: Record) -> bool:
    return isinstance(told.get("signature"), str) and told["signature"] == signature(told)
