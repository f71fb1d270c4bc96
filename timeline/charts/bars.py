"""What all bars share: how high they are, how wide, and whether there is room for their number."""

from dataclasses import dataclass
from math import sqrt

from timeline.charts.axis import svg_number

GAP = 0.12  # of a bucket's width, free on either side of its bar
WIDEST_GAP = 0.3  # per cent
FEW = 12  # so many bars, or fewer, are not stretched over the whole width
EM_OF_ONE = 14  # em: the width of a bar where there are few
EM = 12  # CSS pixels of an em in a chart
WIDTHS = {"": 24, "wide": 54, "full": 85}  # em: the least width of any drawing, of a wide one, and of a full page's
EM_PER_CHARACTER = 0.62


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle: x and width in per cent, y and height in em."""

    kind: str  # its class: b-ghost, b-solid, b-hatch, b-out
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number above a bar."""

    x: str
    y: str
    text: str
    only: str  # on drawings of which width there is room for it: a name of WIDTHS
    anchor: str = ""  # "t-start" or "t-end": at an edge of its bar, because it is wider; empty: over its middle


class Heights:
    """How high a bar of so many is, in em: linear, or by the square root, which lets few be seen beside many."""

    def __init__(self, highest: float, tallest: float, least: float = 0.15, *, by_root: bool = False):
        """The bar of `highest` is `tallest` em, and none that is not empty is lower than `least`."""
        self.highest, self.tallest, self.least, self.by_root = highest or 1, tallest, least, by_root

    def __call__(self, number: float) -> float:
        share = min(number / self.highest, 1)
        return max(self.least, self.tallest * (sqrt(share) if self.by_root else share)) if number > 0 else 0

    def above(self, foot: float, number: float) -> float:
        """Return the height of the part of a bar that so many add above the `foot` ones beneath."""
        return max(self(foot + number) - self(foot), self.least) if number > 0 else 0


def bar_mark(kind: str, x: float, width: float, y: float, height: float) -> Mark:
    """Return a bar in the bucket from `x` on, with a gap on either side."""
    gap = min(WIDEST_GAP, GAP * width)
    return Mark(kind, *map(svg_number, (x + gap, width - 2 * gap, y, height)))


def number_width(number: int) -> float:
    """Return the em that a number takes above its bar."""
    return len(f"{number:,}") * EM_PER_CHARACTER + 0.3


def has_room(number: int, share: float, drawing: float) -> bool:
    """Return whether a number is no wider than its bar, which takes `share` per cent of a drawing so many em wide."""
    return share / 100 * drawing >= number_width(number)


def room_for(number: int, share: float, drawings: int = 0) -> str | None:
    """Return the narrowest of WIDTHS that has room for a number above a bar of this share of the width; None: none has.
    `drawings`: of how many bars; few are not stretched, and have room."""
    if 0 < drawings <= FEW:
        return ""
    return next((name for name, width in WIDTHS.items() if has_room(number, share, width)), None)


def plot_width(bars: int) -> str:
    """Return the width of a drawing of so many bars, as an SVG length."""
    return "100%" if bars > FEW else f"{bars * EM_OF_ONE}em"
