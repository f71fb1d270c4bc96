"""How long the reader of dates takes: python -m benchmarks.date_reader.

CPU seconds, the least of three. Plain dates against their goal; then texts of 20,000 characters that are made of nothing but
words for dates, the slowest first, each with how much longer it takes than a quarter of it: 4 where time grows with the text.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable

from timeline.dates import parse
from timeline.dates.reader import find, read

DAYS = [dt.date(1750, 1, 1) + dt.timedelta(days=number) for number in range(100_000)]
GOAL = 2.0  # seconds for 100,000 plain dates
SAID_ON = dt.date(2022, 3, 25)
LENGTH = 20_000  # characters
PIECES = (
    "March 21, ", "13/14 April ", "1 or ", "21 and ", "between and ", "between March 3 and ", "about ", "(March ", "((", "“today ",
    "May 4 or 2020-", "Monday, ", "this week, ", "the eve of ", "two weeks ", "a year and a half ", "مارس 21 ", "تشرين ", "27-dən ",
    "    ", "\n", "0", "2020-", "1/", "not ", "the ", "will ", "U.S. ",
)  # fmt: skip


def main() -> int:
    """Print all figures; return 0 where the goal is kept."""
    plain, iso = [f"{day.day} {day:%B %Y}" for day in DAYS], [day.isoformat() for day in DAYS]
    figures = {
        "24 March 2022, read": least(lambda: [read(text) for text in plain]),
        "2022-03-24, read": least(lambda: [read(text) for text in iso]),
        "2022-03-24, parsed": least(lambda: [parse(text) for text in iso]),
    }
    for what, seconds in figures.items():
        print(f"100,000 times {what:24} {seconds:6.2f} s, goal {GOAL} s")
    for milliseconds, ratio, piece in sorted(map(dense, PIECES), reverse=True):
        print(f"{LENGTH:,} characters of {piece!r:24} {milliseconds:6.0f} ms, {ratio:4.1f} times a quarter of it")
    return int(max(figures.values()) > GOAL)


def dense(piece: str) -> tuple[float, float, str]:
    text = (piece * LENGTH)[:LENGTH]
    whole, quarter = (least(lambda length=length: find(text[:length], SAID_ON)) for length in (LENGTH, LENGTH // 4))
    return 1000 * whole, whole / quarter, piece


def least(work: Callable[[], object]) -> float:
    """Return the CPU seconds that the fastest of three runs takes."""
    spent = []
    for _ in range(3):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


if __name__ == "__main__":
    sys.exit(main())
