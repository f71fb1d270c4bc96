"""The numbers above the bars."""

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.charts import axis
from timeline.charts.histogram import Bar, Histogram

from .bar_scale import BASE, FEW, Scale

LEAST_COUNTED = 0.5  # events: a bar of less has no number above it
WIDE, NARROW = 54, 24  # em: the least width of a wide drawing, and of any
EM_PER_CHARACTER = 0.62


@dataclass(frozen=True, slots=True)
class Count:
    """A number above a bar."""

    x: str
    y: str
    text: str
    only_wide: bool  # a narrow drawing has no room for it
    anchor: str = ""  # "t-start" or "t-end": at an edge of its bar, because it is wider; empty: over its middle


def bar_counts(histogram: Histogram, scale: Scale) -> Iterator[Count]:
    """Yield the number of each bar where there is room for all of them, else of the greatest alone. A bar that holds
    but small parts of events has none: the same event would be counted in every bar that it may belong to."""
    counted = [bar for bar in histogram.bars if bar.certain + bar.possible >= LEAST_COUNTED]
    peak = max(counted, key=lambda bar: (bar.certain + bar.possible, bar.events), default=None)
    wide, narrow = (_have_room(counted, len(histogram.bars), width) for width in (WIDE, NARROW))
    for bar in counted if wide else filter(None, [peak]):
        x, width = scale.slot(bar)
        y = BASE - scale.height(bar.certain) - scale.height(bar.possible) - 0.35
        position, anchor = _anchor(x, width) if bar is peak and not narrow else (x + width / 2, "")
        yield Count(
            axis.svg_number(position), axis.svg_number(y), f"{bar.events:,}", not narrow and bar is not peak, anchor
        )


def number_width(number: int) -> float:
    """Return the em that a number takes above its bar."""
    return len(f"{number:,}") * EM_PER_CHARACTER + 0.3


def _have_room(counted: list[Bar], bars: int, width: int) -> bool:
    """Return whether the longest number is no wider than a bar in a drawing of this width in em."""
    widest = max((number_width(bar.events) for bar in counted), default=0)
    return bars <= FEW or width / bars >= widest


def _anchor(x: float, width: float) -> tuple[float, str]:
    """Return where a number wider than its bar is held, so that it ends inside the drawing."""
    if x < 10:
        return x, "t-start"
    return (x + width, "t-end") if x + width > 90 else (x + width / 2, "")
