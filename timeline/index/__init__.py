"""The public events in memory, for counting: what of them a filter finds, and how many have each value."""

from .clauses import ACTORS, PERIOD
from .dates import Span, Years
from .moment import Matching, Moment

__all__ = ["ACTORS", "PERIOD", "Matching", "Moment", "Span", "Years"]
