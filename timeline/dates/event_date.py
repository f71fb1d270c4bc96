"""What the tracker keeps of a date: its text, its bounds and its words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date with its four bounds: calendar days of the place where it happened, all inclusive.

    An open start is date.min, an open end date.max. `~` and `%` widen the bounds: a day by three days, a month by one, a year by one,
    a decade by one. What has no known end is known to have gone on to its latest start.
    """

    edtf: str  # canonical, which is the text as parsed: EDTF has one spelling
    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date
    qualifier: str  # of the whole: "", "?" uncertain, "~" approximate, "%" both
    display: str  # English, never more precise than known; starts in lower case unless a name

    @property
    def is_exact_day(self) -> bool:
        """Return whether it is one known day, without a qualifier."""
        bounds = {self.start_earliest, self.start_latest, self.end_earliest, self.end_latest}
        return len(bounds) == 1 and not self.qualifier

    @property
    def is_ongoing(self) -> bool:
        """Return whether the words say that it goes on, which tells nothing of days after those on which sources say so."""
        return self.edtf.endswith(("/..", "..}"))

    @property
    def has_known_start(self) -> bool:
        return self.start_earliest != date.min
