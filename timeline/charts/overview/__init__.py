"""The events of a filter over time, drawn as bars. No script is needed to draw it."""

from .bar_counts import EM_PER_CHARACTER, NARROW, WIDE, Count
from .bar_scale import FEW
from .overview_bars import EM_OF_ONE, Mark, Overview, overview

__all__ = ["EM_OF_ONE", "EM_PER_CHARACTER", "FEW", "NARROW", "WIDE", "Count", "Mark", "Overview", "overview"]
