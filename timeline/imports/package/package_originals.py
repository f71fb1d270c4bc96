"""The originals of a package: stored again with the same bytes, for the texts that are here."""

import hashlib
import json
import re

from timeline.imports.events.bulk_table import Row
from timeline.models import Briefing, Original

from .package_archive import refusal, validated
from .package_quotes import QuoteTables

READ: tuple[str, ...] = ("text_sha256", "sha256", "size", "way", "format", "file_name", "address")
READ += ("extractor", "extractor_version", "track_kind")
LONGEST_NAME = 20  # characters of a page or a time


class OriginalTables(QuoteTables):
    """Loads originals. A text that has the same bytes already keeps them alone."""

    def _originals(self) -> None:
        """Store them, one at a time in memory. The quotes of their texts get their pages and times at the end."""
        known = set(Original.objects.order_by().values_list("briefing", "text_sha256", "sha256"))
        self.new_originals: list[int] = []
        listed = 0
        for line, row in self._read("originals"):
            listed += 1
            briefing = self._key(Briefing, row["briefing"], "originals", line)
            if (briefing, row["text_sha256"]) not in self.versions:
                why = f"the source “{row['briefing']}” has no text with this SHA-256 here."
                raise refusal("originals", line, "text_sha256", why)
            if (briefing, row["text_sha256"], row["sha256"]) not in known:
                self.new_originals += self._insert(Original, [self._original(line, row, briefing)])
        self.counts["originals"] = (len(self.new_originals), listed - len(self.new_originals))

    def _original(self, line: int, row: Row, briefing: int) -> Row:
        """Return the columns of an original, with its bytes."""
        columns = {name: row[name] for name in READ}
        unset = ("briefing", "content", "track", "received_by", "sealed_in")
        original = validated("originals", line, Original(**columns), *unset)
        if not re.fullmatch("[a-z]{2,8}", row["format"]) or not re.fullmatch("[0-9a-f]{64}", row["sha256"]):
            raise refusal("originals", line, "sha256", f"“{original.path_in_package[:90]}” names no file of a package.")
        columns["track"] = json.dumps(self._track(line, row))
        return columns | {
            "briefing_id": briefing,
            "package_id": self.batch.pk,
            "received_at": self._moment("originals", line, row, "received_at"),
            "content": self._content(line, original),
        }

    def _content(self, line: int, original: Original) -> bytes:
        path = self.folder / original.path_in_package
        if not path.exists():
            raise refusal("originals", line, "sha256", f"the package has no {original.path_in_package}.")
        content = path.read_bytes()
        if (len(content), hashlib.sha256(content).hexdigest()) != (original.size, original.sha256):
            raise refusal("originals", line, "sha256", f"{original.path_in_package} has not this size and SHA-256.")
        return content

    def _track(self, line: int, row: Row) -> list[list]:
        """Return the track of a row: places that rise, each with its name."""
        try:
            track = json.loads(row["track"] or "[]")
        except (ValueError, RecursionError):
            raise refusal("originals", line, "track", "it is not JSON.") from None
        if not isinstance(track, list) or not all(map(_is_mark, track)):
            raise refusal("originals", line, "track", "write [[code point, name], …].")
        places = [place for place, _ in track]
        if places != sorted(set(places)) or bool(places) != bool(row["track_kind"]):
            raise refusal("originals", line, "track", "its places rise, and it has a kind.")
        return track


def _is_mark(mark: object) -> bool:
    """Return whether this is a place in a text, from 0, with the name of a page or a time."""
    return (
        isinstance(mark, list)
        and [type(part) for part in mark] == [int, str]
        and mark[0] >= 0
        and 1 <= len(mark[1]) <= LONGEST_NAME
        and mark[1].isprintable()
    )
