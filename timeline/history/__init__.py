"""What happened to a row and to the rows that belong to it, in words, and how they stood at a moment.

The pages of django-simple-history leave out what no form edits, an event's state among it, and ask the database again
for every line.
"""

from .as_of import stood
from .change_entries import Change, Entry, Page, Record, page
from .tracked_parts import EVENT_PARTS, Part
from .version_tokens import last_seen, version, versions
from .word_diff import Piece, compare, whole

__all__ = ["EVENT_PARTS", "Change", "Entry", "Page", "Part", "Piece", "Record", "compare", "last_seen", "page", "stood"]
__all__ += ["version", "versions", "whole"]
