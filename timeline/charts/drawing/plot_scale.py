"""Where days stand in the plot: per cent of its width, as attributes say it."""

import datetime as dt

from timeline.charts.axis import svg_number
from timeline.charts.marks import Window

FAR = 100  # per cent beyond the edges to which a mark is drawn, so that moving the plot a little shows more of it


class Scale:
    def __init__(self, window: Window, width: int):
        self.start = window.first.toordinal()
        self.days = window.days
        self.width = width  # CSS pixels

    def start_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal())

    def end_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal() + 1)

    def _per_cent(self, ordinal: int) -> float:
        return min(max(100 * (ordinal - self.start) / self.days, -FAR), 100 + FAR)

    def pixels(self, per_cent: float) -> float:
        return per_cent * self.width / 100

    def inside(self, day: dt.date | None) -> str:
        """Return where a day ends; empty where that is not in the plot."""
        x = self.end_of(day) if day else -1
        return svg_number(x) if 0 <= x <= 100 else ""

    def span(self, first: dt.date, last: dt.date) -> tuple[str, str]:
        """Return x and width."""
        start, end = self.start_of(first), self.end_of(last)
        return svg_number(start), svg_number(end - start)
