"""Backups: one archive of every row and file, the same for SQLite and PostgreSQL, and what brings it back."""
