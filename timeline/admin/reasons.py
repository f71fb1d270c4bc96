"""The reason for a change, as the desk's pages give it."""

from timeline.reasons import reason_for_change

__all__ = ["reason_for_change"]
