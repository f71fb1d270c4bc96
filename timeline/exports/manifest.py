"""What proves an export: which filter, which state of the data, how many rows, and the digest of the bytes."""

import datetime as dt
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import Signer

import tracker
from timeline.exports.columns import iso_utc
from timeline.exports.event_records import Record
from timeline.exports.export import Export, Format
from timeline.exports.export_header import About
from timeline.exports.stream import encode_parts
from timeline.exports.to_json import header_object

SALT = "timeline.export"


def package_manifest(about: About) -> str:
    """Return what can be said before a file is finished: it goes into the package itself."""
    return json.dumps(header_object(about) | {"software": software_name()}, ensure_ascii=False, indent=1) + "\n"


def software_name() -> str:
    return f"conflict event timeline tracker {tracker.__version__}"


def make_manifest(format: Format, export: Export, at: dt.datetime, parts: Iterable[bytes] = ()) -> Record:
    """Return the manifest of an export. `parts`: its bytes; without them it is made to know its digest. `at`: the moment it was
    made, in UTC."""
    digest, size = _measure(parts or encode_parts(format.render(export)))
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


# What a file that somebody gives us says of itself. Nothing it says is believed: it is only what is to be checked.

MOST_MANIFEST = 1024 * 1024  # bytes
HEAD = 256 * 1024  # bytes in which a JSON file says what it is
LIST_BEGINS = re.compile(r',"(?:events|features)":\[')  # inside a string the quotation marks would be escaped
LARGEST = 2**63 - 1  # number that a database can hold


class UnverifiableFile(ValueError):
    """The file says nothing of what it is. The message says what would help."""


def read_manifest(file: UploadedFile) -> dict | None:
    """Return the manifest that a file is; None where it is something else."""
    if (file.size or 0) > MOST_MANIFEST:
        return None
    file.seek(0)
    fields = _parse_object(file.read())
    return fields if fields and "sha256" in fields and _names_filter_and_revision(fields) else None


def read_header(file: UploadedFile) -> dict | None:
    """Return what an export says of itself; None where it says nothing."""
    file.seek(0)
    fields = _header_in_zip(file) if zipfile.is_zipfile(file) else _header_in_json(file)
    return fields if fields and _names_filter_and_revision(fields) else None


def _names_filter_and_revision(fields: dict) -> bool:
    """Return whether a filter and a state of the data are named, in the form in which we name them."""
    revision = fields.get("revision")
    return isinstance(fields.get("query"), str) and type(revision) is int and 0 <= revision <= LARGEST


def _parse_object(text: str | bytes) -> dict | None:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def _header_in_json(file: UploadedFile) -> dict | None:
    file.seek(0)
    start = file.read(HEAD).decode("utf-8", "replace")
    if not (begins := LIST_BEGINS.search(start)):
        return None
    head = _parse_object(start[: begins.start()] + "}")
    about = head.get("about", head) if head else None
    return about if isinstance(about, dict) else None


def _header_in_zip(file: UploadedFile) -> dict | None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            if package.getinfo("manifest.json").file_size > MOST_MANIFEST:
                return None
            return _parse_object(package.read("manifest.json"))
    except (KeyError, ValueError, OSError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile):
        return None  # broken, encrypted, or packed in a way that is not known (NotImplementedError is a RuntimeError)
