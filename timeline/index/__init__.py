"""The public events in memory, for counting: what of them a filter finds, and how many have each value."""

from .current_columns import IndexStarting
from .event_columns import Matching
from .event_index import EventIndex, index_for
from .filter_clauses import ACTORS, PERIOD, citation_conditions
from .shard import Rows
from .values import LAST, NO_START, Dates, Spans, Years

__all__ = ["ACTORS", "LAST", "NO_START", "PERIOD"]
__all__ += [
    "Dates",
    "EventIndex",
    "IndexStarting",
    "Matching",
    "Rows",
    "Spans",
    "Years",
    "citation_conditions",
    "index_for",
]
