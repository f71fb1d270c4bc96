from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: the filter that made it, as address and in words."""

    query: str  # canonical query string, without "?"
    sentence: str
    total: int  # events in the file
    url: str  # the page that shows the same events
