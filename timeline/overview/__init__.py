"""The events of a filter over time, drawn as bars. No script is needed to draw it."""

from .counts import EM_PER_CHARACTER, NARROW, WIDE, Count
from .drawing import EM_OF_ONE, Mark, Overview, overview
from .scale import FEW

__all__ = ["EM_OF_ONE", "EM_PER_CHARACTER", "FEW", "NARROW", "WIDE", "Count", "Mark", "Overview", "overview"]
