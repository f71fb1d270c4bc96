"""Where days and numbers stand: per cent of the width across, em downwards."""

from timeline.charts import axis
from timeline.charts.histogram import Bar, Histogram

TOP, BASE = 2.4, 8.6  # em: between which a bucket lies
TALLEST = BASE - 3.4  # em: of the tallest bar, so that its number stays clear of the window's edge
LEAST = 0.15  # em: the lowest bar that is still seen
FEW = 12  # so many bars, or fewer, are not stretched over the whole width


class Scale:
    def __init__(self, histogram: Histogram):
        self.across = axis.DayScale(histogram.bars[0].first, histogram.bars[-1].last)
        self.tallest = max(bar.all_certain + bar.all_possible for bar in histogram.bars) or 1

    def height(self, number: float) -> float:
        return max(LEAST, TALLEST * number / self.tallest) if number > 0 else 0

    def slot(self, bar: Bar) -> tuple[float, float]:
        """Return (x, width) of the bucket."""
        start, end = self.across.start_of(bar.first), self.across.end_of(bar.last)
        return start, end - start
