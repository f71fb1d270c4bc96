"""The public events in memory, for counting: what of them a filter finds, and how many have each value."""

from .block import DATES, VALUES, Rows
from .clauses import ACTORS, PERIOD, asked_of_citation
from .dates import LAST, NO_START, Span, Years
from .moment import Moment, moment_of
from .world import Matching

__all__ = ["ACTORS", "DATES", "LAST", "NO_START", "PERIOD", "VALUES"]
__all__ += ["Matching", "Moment", "Rows", "Span", "Years", "asked_of_citation", "moment_of"]
