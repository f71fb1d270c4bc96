"""Many rows at once, past `save()`: each table with its history, all that `save()` derives already in the rows."""

from .bulk_table import Table
from .write_together import Together

__all__ = ["Table", "Together"]
