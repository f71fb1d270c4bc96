"""Events that a briefing's text proposes: read one by one, and accepted several at once."""

from .suggestion_pages import SuggestedPages

__all__ = ["SuggestedPages"]
