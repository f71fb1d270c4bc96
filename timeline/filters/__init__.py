"""One filter for every output: page, counts, exports and feeds all build EventFilter."""

from .event_filter import EventFilter

__all__ = ["EventFilter"]
