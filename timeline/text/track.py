"""Pages and times of a text: where each begins, and which of them words are in."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

PAGE, TIME = "page", "time"
PAGES = ("p. ", "pp. ")  # before one, before a range
RANGE = "–"


@dataclass(frozen=True, slots=True)
class Track:
    """Marks in the order of the text, each the code point where it begins and its name: "iv" or "12" of a page, "0:01:33" of a
    time. What is before the first belongs to it."""

    kind: str  # PAGE or TIME; "": the text has no pages and no times
    marks: tuple[tuple[int, str], ...] = ()

    def names_at(self, start: int | None, end: int | None) -> tuple[str, ...]:
        """Return the first and the last name of a passage, or the one where it has one; none where it has no place."""
        if not self.marks or start is None or end is None:
            return ()
        first, last = (self._name_at(position) for position in (start, max(start, end - 1)))
        return (first,) if first == last else (first, last)

    def locator(self, start: int | None, end: int | None) -> str:
        """Return where a passage is as references print it: "p. 3", "pp. 3–4", "0:01:33", "0:01:33–0:01:40"; "": not known."""
        names = self.names_at(start, end)
        if not names:
            return ""
        joined = RANGE.join(names)
        return joined if self.kind == TIME else f"{PAGES[len(names) - 1]}{joined}"

    def without_lines(self, before: str, after: str, left_out: Collection[int]) -> "Track":
        """Return the track of the text after lines of the one before were left out (by their numbers, from 0), and blank lines
        perhaps too. What began in a line that is gone begins in the next."""
        old, new = list(_line_starts(before, left_out)), list(_line_starts(after, ()))
        lines = ((bisect_left(old, position), name) for position, name in self.marks)
        moved = {new[line]: name for line, name in lines if line < len(new)}
        return Track(self.kind, tuple(moved.items()))

    def _name_at(self, position: int) -> str:
        at = bisect_right(self.marks, position, key=lambda mark: mark[0]) - 1
        return self.marks[max(at, 0)][1]


def _line_starts(text: str, left_out: Collection[int]) -> Iterator[int]:
    """Yield where the lines begin that are not blank and not left out."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip() and number not in left_out:
            yield start
        start += len(line) + 1


def pages_of(locator: str) -> str:
    """Return the pages that a locator names, without the word before them: "3", "3–4"; "": it names a time, or nothing."""
    return next((locator.removeprefix(word) for word in PAGES if locator.startswith(word)), "")


NO_TRACK = Track("")
