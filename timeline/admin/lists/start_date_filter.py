"""The list of events by when they may have begun: century, decade, year, month.

The stock date hierarchy takes each event for one day and would open with the first day there is, which stands for a start
that is not known. Here an event counts wherever it may have begun, and unknown starts have a place of their own.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from timeline import dates

from .lookup_whitelist import PatternFilter

UNKNOWN = "unknown"
FIRST = "0100"  # the first year that has a place here; what is before stands for a start that is not known
MOST_DECADES = 24  # more than these are shown as centuries
_DIGITS = {"century": 2, "decade": 3, "year": 4, "month": 7}
_LEVELS = list(_DIGITS)
_OPEN = dt.date.max.isoformat()


@dataclass(frozen=True, slots=True)
class Span:
    """A century ("20XX"), decade ("202X"), year or month, written as EDTF writes it."""

    edtf: str

    @classmethod
    def of(cls, digits: str) -> "Span":
        return cls(digits.ljust(4, "X"))

    @property
    def digits(self) -> str:
        return self.edtf.rstrip("X")

    @property
    def level(self) -> str:
        return next(level for level, length in _DIGITS.items() if length == len(self.digits))

    @property
    def finer(self) -> str | None:
        return dict(zip(_LEVELS, [*_LEVELS[1:], None], strict=True))[self.level]

    @property
    def words(self) -> str:
        return {"century": f"{self.digits}00 to {self.digits}99", "decade": f"{self.digits}0s"}.get(
            self.level, dates.parse(self.edtf).display
        )

    @property
    def bounds(self) -> tuple[dt.date, dt.date]:
        date = dates.parse(self.edtf)
        return date.start_earliest, date.end_latest

    def above(self) -> Iterator["Span"]:
        """Yield decade and year that hold this span, the wider first."""
        for level in ("decade", "year"):
            if len(self.digits) > _DIGITS[level]:
                yield Span.of(self.digits[: _DIGITS[level]])


def count_by_span(starts: list[tuple[str, str, int]], level: str, within: Span | None) -> dict[Span, int]:
    """Return in how many events the start may lie in each span of this level; empty ones are left out.

    `starts`: first and last possible start, cut to the level's digits. An open last start ends with the last known one.
    """
    length = _DIGITS[level]
    starts = [start for start in starts if start[0] >= FIRST[:length]]
    known = [last if last != _OPEN[:length] else first for first, last, _ in starts]
    steps = Counter()
    lowest, highest = 0, max(map(_number, known), default=0)
    if within:
        lowest, highest = (_number(day.isoformat()[:length]) for day in within.bounds)
    for first, last, n in starts:
        steps[max(_number(first), lowest)] += n
        steps[min(_number(last), highest) + 1] -= n
    total = list(accumulate(steps[number] for number in range(lowest, highest + 2)))
    return {Span.of(_digits(lowest + place, level)): n for place, n in enumerate(total) if n}


def _number(digits: str) -> int:
    """Return the place of a span among those of its level."""
    year, _, month = digits.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _digits(number: int, level: str) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}" if level == "month" else f"{number:0{_DIGITS[level]}}"


class StartFilter(PatternFilter):
    title = "start"
    parameter_name = "start"
    pattern = re.compile(r"(?!00)([0-9]{2}XX|[0-9]{3}X|[0-9]{4}(-(0[1-9]|1[0-2]))?)|unknown", re.ASCII)
    template = "admin/timeline/event/starts.html"
    above = True

    def lookups(self, request, model_admin):
        self.request = request
        return [(UNKNOWN, "Start not known")]

    @property
    def span(self) -> Span | None:
        return Span(self.value()) if self.value() not in (None, UNKNOWN) else None

    def queryset(self, request, queryset):
        if self.value() == UNKNOWN:
            return queryset.without_known_start()
        return queryset.may_begin_within(*self.span.bounds) if self.span else queryset

    def choices(self, changelist) -> Iterator[dict]:
        """Yield the way up ("above"), then the finer spans ("within") with their counts. One query; two where
        the list reaches over centuries."""

        def link(value: str | None) -> str:
            return changelist.get_query_string({self.parameter_name: value})

        span = self.span
        if self.value():
            yield {"kind": "above", "words": "All starts", "query_string": link(None)}
        for wider in span.above() if span else ():
            yield {"kind": "above", "words": wider.words, "query_string": link(wider.edtf)}
        if self.value():
            yield {"kind": "here", "words": span.words if span else "Start not known"}
        for words, n, value in self._finer(self._others(changelist)):
            yield {"kind": "within", "words": words, "n": n, "query_string": link(value)}

    def _others(self, changelist):
        """Return what the other filters and the search leave."""
        if changelist.queryset.query.is_empty():  # a search that was refused, with a message
            return changelist.queryset
        rows = changelist.root_queryset
        for spec in changelist.filter_specs:
            rows = rows if spec is self else spec.queryset(self.request, rows)
        if changelist.query:
            rows, _ = changelist.model_admin.get_search_results(self.request, rows, changelist.query)
        return rows

    def _finer(self, rows) -> Iterator[tuple[str, int, str]]:
        """Yield words, number and value of each choice that leads further down."""
        span, level = self.span, "decade"
        if self.value() and not (span and span.finer):
            return
        if span:
            rows, level = rows.may_begin_within(*span.bounds), span.finer
        starts = rows.start_counts(_DIGITS[level])
        spans = count_by_span(starts, level, span)
        if len(spans) > MOST_DECADES:
            spans = count_by_span(rows.start_counts(_DIGITS["century"]), "century", None)
        for finer, n in spans.items():
            yield finer.words, n, finer.edtf
        if unknown := sum(n for first, _, n in starts if first < FIRST[: len(first)]):
            yield "Start not known", unknown, UNKNOWN
