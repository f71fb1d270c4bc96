"""What each source gives for the date, the place and the deaths of an event, beside what the event takes.

How an event is known by the citations that a reader sees: with `known_by` that is not what its columns say.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.formats import date_format

from timeline import dates
from timeline.evidence.axes import Cited, HowKnown, axes_of
from timeline.history.corrected_fields import deaths_in_words
from timeline.models import Citation, Event

COUNTS = ("deaths_low", "deaths_best", "deaths_high")


@dataclass(frozen=True, slots=True)
class SourceValues:
    """One value of an event by its sources. Nothing is averaged; a source that gives none is not among them."""

    label: str
    span: str  # from the least to the most of what the sources give
    taken: str  # what the event takes; empty: nothing
    by_source: list[tuple[str, Citation]]


def source_values(event: Event, citations: Iterable[Citation]) -> list[SourceValues]:
    """Return the values that a source gives and that are not just those of the event. The citations have their places."""
    citations = list(citations)
    described = [
        _values("Date", citations, _date, _date_span, event.date_display if event.edtf else ""),
        _values("Place", citations, _place, _place_span, str(event.place or "")),
        _values("Deaths", citations, _deaths, _death_span, _deaths(event)),
    ]
    return [values for values in described if any(words != values.taken for words, _ in values.by_source)]


def _values(
    label: str,
    citations: list[Citation],
    words_of: Callable[[Citation], str],
    span_of: Callable[[list[Citation]], str],
    taken: str,
) -> SourceValues:
    giving = [citation for citation in citations if words_of(citation)]
    by_source = [(words_of(citation), citation) for citation in giving]
    return SourceValues(label, span_of(giving) if giving else "", taken, by_source)


def _date(citation: Citation) -> str:
    return citation.date_display


def _date_span(citations: list[Citation]) -> str:
    """Return "from 20 to 24 March 2022" of the first and the last day that a source allows; one date as it is."""
    if len(words := {citation.date_display for citation in citations}) == 1:
        return words.pop()
    days = [dates.parse(citation.edtf) for citation in citations]
    if not all(day.has_known_start for day in days) or any(day.end_latest.year == 9999 for day in days):
        return " or ".join(sorted(words))
    first, last = min(day.start_earliest for day in days), max(day.end_latest for day in days)
    return f"{date_format(first)} to {date_format(last)}"


def _place(citation: Citation) -> str:
    return str(citation.place or "")


def _place_span(citations: list[Citation]) -> str:
    return " or ".join(dict.fromkeys(map(_place, citations)))


def _deaths(row: Citation | Event) -> str:
    return deaths_in_words((row.deaths_low, row.deaths_best, row.deaths_high))


def _death_span(citations: list[Citation]) -> str:
    counts = [count for citation in citations for name in COUNTS if (count := getattr(citation, name)) is not None]
    least, most = min(counts), max(counts)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def how_known(event: Event, citations: Iterable[Citation]) -> HowKnown:
    """Return the axes of an event by these citations, which have their sources. No query where its data set is loaded."""
    axes = axes_of(map(to_cited, citations))
    return HowKnown(actuality=event.actuality, data_set=event.data_set.name if event.data_set else "", **axes)


def to_cited(citation: Citation) -> Cited:
    """Return what the axes ask of a citation."""
    briefing = citation.briefing
    source = briefing.origin_id or briefing.publisher_id
    return Cited(citation.act, citation.support, citation.basis, citation.state, briefing.is_listed, source)
