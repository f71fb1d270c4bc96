"""The public events in memory, for counting: what of them a filter finds, and how many have each value."""

from .event_columns import Matching
from .event_index import EventIndex, index_for
from .filter_clauses import ACTORS, PERIOD, citation_conditions
from .shard import DATES, LAST, NO_START, VALUES, Rows, Span, Years

__all__ = ["ACTORS", "DATES", "LAST", "NO_START", "PERIOD", "VALUES"]
__all__ += ["Matching", "EventIndex", "Rows", "Span", "Years", "citation_conditions", "index_for"]
