"""The reason for a change, as the desk's pages give it."""

from timeline.history.change_reason import reason_for_change

__all__ = ["reason_for_change"]
