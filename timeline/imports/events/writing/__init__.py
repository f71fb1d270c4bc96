"""Many rows at once, past `save()`: each table with its history, all that `save()` derives already in the rows."""

from .bulk_table import Table
from .write_together import WriteContext

__all__ = ["Table", "WriteContext"]
