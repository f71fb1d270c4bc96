"""The events of a filter over time, drawn as bars. No script is needed to draw it."""

from .overview_bars import Overview, overview

__all__ = ["Overview", "overview"]
