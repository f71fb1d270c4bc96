"""Events that a briefing's text proposes: read one by one, and accepted several at once."""

from .pages import SuggestedPages

__all__ = ["SuggestedPages"]
