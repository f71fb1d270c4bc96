"""Many rows at once, past `save()`: each table with its history, all that `save()` derives already in the rows."""

from .table import Table
from .together import Together

__all__ = ["Table", "Together"]
