"""The public events in memory, for counting: what of them a filter finds, and how many have each value."""

from .date_columns import LAST, NO_START, Span, Years
from .event_columns import Matching
from .event_index import Moment, moment_of
from .filter_clauses import ACTORS, PERIOD, asked_of_citation
from .shard import DATES, VALUES, Rows

__all__ = ["ACTORS", "DATES", "LAST", "NO_START", "PERIOD", "VALUES"]
__all__ += ["Matching", "Moment", "Rows", "Span", "Years", "asked_of_citation", "moment_of"]
