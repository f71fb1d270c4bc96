"""What is drawn of one date, and no more: solid where it surely was then, hatched where it may have been then."""

import datetime as dt
from dataclasses import dataclass

MIN, MAX = dt.date.min, dt.date.max
DAY = dt.timedelta(days=1)

Span = tuple[dt.date, dt.date]  # first and last day, both included


@dataclass(frozen=True, slots=True)
class Bounds:
    """The four days that a date is known by, and its qualifier; an open start is date.min, an open end date.max."""

    start_earliest: dt.date
    start_latest: dt.date
    end_earliest: dt.date
    end_latest: dt.date
    qualifier: str = ""
    is_ongoing: bool = False  # said to go on

    @property
    def is_one_day(self) -> bool:
        """Return whether it is one known day: only such a mark bears a shape."""
        return self.start_earliest == self.start_latest == self.end_earliest == self.end_latest and not self.qualifier


@dataclass(frozen=True, slots=True)
class Shape:
    hatched: tuple[Span, ...] = ()
    solid: Span | None = None
    stop: Span | None = None  # the limit of an open date: (day, day), drawn upright at its outer edge
    arrow: str = ""  # "start": points back from there; "end": points on; its length means nothing
    is_torn: bool = False  # goes on beyond the last day that a source mentions
    is_one_day: bool = False
    is_claim: bool = False  # of what is not known to have happened: an outline, nothing solid and nothing hatched

    @property
    def spans(self) -> list[Span]:
        return sorted(filter(None, [*self.hatched, self.solid, self.stop]))

    @property
    def is_bounded(self) -> bool:
        """Return whether more than the limit of an open date is drawn."""
        return bool(self.hatched or self.solid)

    @property
    def first(self) -> dt.date:
        return self.spans[0][0]

    @property
    def last(self) -> dt.date:
        return max(last for _, last in self.spans)


def shape(bounds: Bounds, spoken_of: dt.date | None = None) -> Shape:
    """Return what to draw. `spoken_of`: the last day on which a source mentions an event that goes on."""
    if bounds.is_ongoing:
        return _ongoing(bounds, spoken_of)
    if bounds.start_earliest == MIN:
        return _without_start(bounds)
    if bounds.end_latest == MAX:
        return _without_end(bounds)
    spans = _spans(bounds.start_earliest, bounds.start_latest, bounds.end_earliest, bounds.end_latest)
    return _qualified(Shape(*spans, is_one_day=bounds.is_one_day), bounds)


def _spans(start: dt.date, start_latest: dt.date, end_earliest: dt.date, end: dt.date) -> tuple:
    """Return (hatched, solid) of a date with known outer bounds."""
    if start_latest > end_earliest:
        return ((start, end),), None
    before = ((start, start_latest - DAY),) if start < start_latest else ()
    after = ((end_earliest + DAY, end),) if end_earliest < end else ()
    return before + after, (start_latest, end_earliest)


def _ongoing(bounds: Bounds, spoken_of: dt.date | None) -> Shape:
    begun = bounds.start_latest
    if bounds.start_earliest == MIN:
        return Shape(stop=(begun, begun), arrow="start")
    until = max(begun, spoken_of or begun)
    hatched, solid = _spans(bounds.start_earliest, begun, until, until)
    return _qualified(Shape(hatched, solid, is_torn=True), bounds)


def _without_start(bounds: Bounds) -> Shape:
    end = bounds.end_latest
    if end == MAX:  # nothing but a day on which it went on
        end = bounds.end_earliest if bounds.end_earliest != MIN else bounds.start_latest
        return Shape(stop=(end, end), arrow="start")
    stop = (end, end)
    if bounds.end_earliest == MIN:
        return Shape(stop=stop, arrow="start")
    start = min(bounds.start_latest, bounds.end_earliest)
    hatched, solid = _spans(start, bounds.start_latest, bounds.end_earliest, end)
    return _qualified(Shape(hatched, solid, stop, "start"), bounds)


def _without_end(bounds: Bounds) -> Shape:
    start = bounds.start_earliest
    stop = (start, start)
    if bounds.start_latest == MAX:
        return Shape(stop=stop, arrow="end")
    end = max(bounds.start_latest, bounds.end_earliest)
    hatched, solid = _spans(start, bounds.start_latest, bounds.end_earliest, end)
    return _qualified(Shape(hatched, solid, stop, "end"), bounds)


def _qualified(shape: Shape, bounds: Bounds) -> Shape:
    """Return the shape with nothing solid where the source itself is not sure of the date."""
    if not (bounds.qualifier and shape.solid):
        return shape
    span = (min(first for first, _ in shape.spans), shape.last)
    return Shape((span,), None, shape.stop, shape.arrow, shape.is_torn)
