"""Which day a file means: that of publication, or that of capture. One is never taken for the other."""

import datetime as dt
import re
from dataclasses import dataclass

from timeline.dates import reader
from timeline.dates.dateline import whole_line

from .document import Refused

_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*|\d{6})")  # with a clock time, as machines write it
_NOT_GIVEN = {"", "na", "n/a", "none", "null", "nan", "unknown", "-"}
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{8})\d{0,6}[a-z_]*/(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a document stands, and where a copy of it does, taken on that day."""

    url: str
    archive_url: str = ""
    copied_on: dt.date | None = None


def parse_day(value: str, name: str) -> dt.date | None:
    """Return the day as it is written, whatever its time zone; None where none is given. Raises Refused."""
    value = value.strip()
    if value.lower() in _NOT_GIVEN:
        return None
    stamp = _STAMP.fullmatch(value)
    try:
        return whole_line(value) or reader.read_day("-".join(stamp.groups()) if stamp else value)
    except ValueError as error:
        raise Refused(f"{name}: {error}") from None


def split_address(url: str, archive_url: str = "") -> Address:
    """Return the addresses apart: a copy in the Wayback Machine tells its source and the day it was taken."""
    archived = _ARCHIVED.fullmatch(url.strip()) or _ARCHIVED.fullmatch(archive_url.strip())
    if not archived:
        return Address(url.strip().partition("#")[0], archive_url.strip())
    source = archived[2] if "://" in archived[2] else f"http://{archived[2]}"
    url = source if _ARCHIVED.fullmatch(url.strip()) or not url.strip() else url.strip()
    return Address(url.partition("#")[0], archived[0], _copied_on(archived[1]))


def separate_capture_day(stated: dt.date | None, where: Address) -> tuple[dt.date | None, dt.date | None, list[str]]:
    """Return (published, captured, notes) of a day that a file calls its date: the day of the copy is no publication."""
    if where.copied_on is None or stated is None:
        return stated, where.copied_on, []
    if stated >= where.copied_on:
        return None, where.copied_on, [f"its date, {stated}, is that of the archived copy"]
    return stated, where.copied_on, []


def _copied_on(digits: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None
