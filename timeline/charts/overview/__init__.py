"""The events of a filter over time, drawn as bars. No script is needed to draw it."""

from timeline.charts.overview.overview_bars import FEW, NARROW, WIDE, Count, Mark, bar_height, bar_mark, number_width

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
