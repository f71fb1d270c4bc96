"""The workspace of a briefing: its transcript, the words selected in it, and the events and citations made of them."""

from .workspace_pages import WorkspacePages

__all__ = ["WorkspacePages"]
