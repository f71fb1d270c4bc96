"""What happened to a row and to the rows that belong to it, in words, and how they were at a moment.

The pages of django-simple-history leave out what no form edits, an event's state among it, and ask the database again
for every line.
"""

from .change_entries import Change, Entry, Page, Record, page
from .version_tokens import EVENT_PARTS, Part, rows_as_of, seen_history_ids, version, versions
from .word_diff import Piece, full_diff, short_diff

__all__ = [
    "EVENT_PARTS",
    "Change",
    "Entry",
    "Page",
    "Part",
    "Piece",
    "Record",
    "short_diff",
    "seen_history_ids",
    "page",
    "rows_as_of",
]
__all__ += ["version", "versions", "full_diff"]
