"""Redacting words of the record: where they are, taking them out, and doing that again after a restore."""
