"""Which dates show in a window of the chart."""

import datetime as dt

import pytest

from timeline.charts.marks.cell_counts import dates_showing
from timeline.charts.window import Window
from timeline.index import Dates


@pytest.mark.parametrize(("day", "shows"), [(19, False), (20, True), (25, True), (26, False)])
def test_first_and_last_day_of_a_window_are_in_it(day, shows):
    dates = Dates()
    [number] = dates.encode([(*[f"2022-03-{day}"] * 4, "")])

    assert dates_showing(dates, Window(dt.date(2022, 3, 20), dt.date(2022, 3, 25)))[number] == shows
