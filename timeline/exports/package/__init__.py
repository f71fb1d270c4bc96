"""A Data Package: every table of the filter as CSV, with a description, and the terms on which it may be used."""

from .original_table import ORIGINALS
from .package_tables import TABLES, Table

__all__ = ["ORIGINALS", "TABLES", "Table"]
