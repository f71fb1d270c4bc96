"""A briefing's texts: pasting it again, what that changes, and every text it had before."""

from .text_version_pages import TextPages

__all__ = ["TextPages"]
