from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.exports import FORMATS, GROUPS, references
from timeline.exports.columns import WIDE
from timeline.exports.export import Export
from timeline.exports.export_format import Format
from timeline.exports.size_estimate import estimate_sizes
from timeline.filters import EventFilter
from timeline.filters.wider_filters import wider_filters
from timeline.models import Event


@dataclass(frozen=True, slots=True)
class Offer:
    """A format, as a reader chooses it."""

    format: Format
    rows: int
    size: int  # bytes to expect; 0: not estimated
    refused: str = ""  # why it cannot hold these events; empty: it can

    @classmethod
    def of(cls, format: Format, export: Export, sizes: dict[str, int]) -> "Offer":
        refused = format.refusal(export)
        return cls(format, format.row_count(export), 0 if refused else sizes.get(format.extension, 0), refused)


def export_choice(request: HttpRequest) -> HttpResponse:
    """Show every way to take the events of a filter away, with what each file will hold."""
    event_filter = EventFilter(request.GET, Event.objects.public())
    if event_filter.messages:
        wrong = {
            "wrong": event_filter.messages,
            "event_filter": event_filter,
            "offers": wider_filters(event_filter, ""),
        }
        return render(request, "timeline/export.html", wrong, status=400)
    export = Export.of(event_filter)
    sizes = estimate_sizes(FORMATS.values(), export)
    groups = {group: [Offer.of(format, export, sizes) for format in formats] for group, formats in GROUPS.items()}
    context = {"event_filter": event_filter, "export": export, "groups": groups, "columns": WIDE}
    context |= {"cite": references.view_reference(export.about), "current": "timeline"}
    return render(request, "timeline/export.html", context)
