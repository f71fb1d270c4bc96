"""Where days and numbers stand: per cent of the width across, em downwards."""

from dataclasses import dataclass

from timeline.charts import axis
from timeline.charts.histogram import Bar, Histogram

TOP, BASE = 2.4, 8.6  # em: between which a bucket lies
TALLEST = BASE - 3.4  # em: of the tallest bar, so that its number stays clear of the window's edge
LEAST = 0.15  # em: the lowest bar that is still seen
GAP = 0.12  # of a bucket's width, kept free on either side of its bar
WIDEST_GAP = 0.3  # per cent
FEW = 12  # so many bars, or fewer, are not stretched over the whole width


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle: x and width in per cent, y and height in em."""

    kind: str  # its class: b-ghost, b-solid, b-hatch, b-out
    x: str
    width: str
    y: str
    height: str


def bar_mark(kind: str, x: float, width: float, y: float, height: float) -> Mark:
    """Return a bar in the bucket from `x` on, with a gap on either side."""
    gap = min(WIDEST_GAP, GAP * width)
    return Mark(kind, *map(axis.svg_number, (x + gap, width - 2 * gap, y, height)))


def bar_height(number: float, highest: float, tallest: float) -> float:
    """Return the em of a bar where that of `highest` is `tallest` em."""
    return max(LEAST, tallest * number / highest) if number > 0 else 0


class Scale:
    def __init__(self, histogram: Histogram):
        self.across = axis.DayScale(histogram.bars[0].first, histogram.bars[-1].last)
        self.tallest = max(bar.all_certain + bar.all_possible for bar in histogram.bars) or 1

    def height(self, number: float) -> float:
        return bar_height(number, self.tallest, TALLEST)

    def slot(self, bar: Bar) -> tuple[float, float]:
        """Return (x, width) of the bucket."""
        start, end = self.across.start_of(bar.first), self.across.end_of(bar.last)
        return start, end - start
