"""The events of a filter over time, drawn as bars. No script is needed to draw it."""

from .bar_counts import NARROW, WIDE, Count, number_width
from .bar_scale import FEW, Mark, bar_height, bar_mark
from .overview_bars import EM_OF_ONE, Overview, overview

__all__ = [
    "EM_OF_ONE",
    "FEW",
    "NARROW",
    "WIDE",
    "Count",
    "Mark",
    "Overview",
    "bar_height",
    "bar_mark",
    "number_width",
    "overview",
]
