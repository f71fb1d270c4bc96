"""How an event is known by the citations that a reader sees: with `known_by` that is not what its columns say."""

from collections.abc import Iterable

from timeline.evidence.axes import Cited, axes_of
from timeline.evidence.words import HowKnown
from timeline.models import Citation, Event


def how_known(event: Event, citations: Iterable[Citation]) -> HowKnown:
    """Return the axes of an event by these citations, which have their sources. No query where its data set is loaded."""
    axes = axes_of(map(to_cited, citations))
    return HowKnown(actuality=event.actuality, data_set=event.data_set.name if event.data_set else "", **axes)


def to_cited(citation: Citation) -> Cited:
    """Return what the axes ask of a citation."""
    briefing = citation.briefing
    source = briefing.origin_id or briefing.publisher_id
    return Cited(citation.act, citation.support, citation.basis, citation.state, briefing.is_listed, source)
