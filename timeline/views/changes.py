"""What has changed in the public record, as a page and as a feed."""

from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from timeline.absolute_urls import absolute_url
from timeline.database.keyset_paging import change_position
from timeline.exports.changes_feed import changes_feed
from timeline.exports.export_header import redistributable
from timeline.filters import EventFilter
from timeline.filters.sentence import clauses, subject
from timeline.models import Event
from timeline.pages.change_log import KINDS, Position, read_changes

MARKS = frozenset({"kind", "before"})


def changes(request: HttpRequest) -> HttpResponse:
    """Show a page of the changes of a filter's events. A wrong filter is a 400 with the messages and no changes."""
    event_filter, wrong = _read_filter(request.GET)
    context: dict = {"event_filter": event_filter}
    if wrong:
        return render(request, "timeline/changes.html", context | {"wrong": wrong}, status=400)
    kind = request.GET.get("kind", "")
    page = read_changes(event_filter, kind, _position(request.GET.get("before", "")))
    feed_url = _address("changes-feed", event_filter, kind)
    title = changes_title(event_filter, kind)
    context |= {
        "days": [(day, list(rows)) for day, rows in groupby(page.changes, lambda change: change.at.date())],
        "subject": subject(event_filter) if event_filter.query else "",
        "clauses": clauses(event_filter),
        "kinds": [(name, label, _address("changes", event_filter, name), name == kind) for name, label in _kinds()],
        "next_url": _address("changes", event_filter, kind, page.next_mark) if page.next_mark else "",
        "feed_url": feed_url,
        "feeds": [{"type": "application/atom+xml", "url": feed_url, "title": title}],
        "permalink": absolute_url(_address("changes", event_filter, kind)),
        "kind": kind,
    }
    return render(request, "timeline/changes.html", context)


def feed(request: HttpRequest) -> HttpResponse:
    """Send the newest changes as Atom, of events that may leave the site. What is not understood is a 400 in words."""
    event_filter, wrong = _read_filter(request.GET)
    if wrong:
        words = "\n".join(f"{name}: {' '.join(messages)}" for name, messages in wrong.items())
        return HttpResponse(f"{words}\n", status=400, content_type="text/plain; charset=utf-8")
    kind = request.GET.get("kind", "")
    page = read_changes(redistributable(event_filter)[0], kind, may_leave=True)
    addresses = (absolute_url(_address(name, event_filter, kind)) for name in ("changes", "changes-feed"))
    text = changes_feed(page.changes, changes_title(event_filter, kind), *addresses)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def changes_title(event_filter: EventFilter, kind: str) -> str:
    """Return "Corrections: events in the conflict X"."""
    label = KINDS.get(kind, "Changes")
    return f"{label}: {subject(event_filter)}" if event_filter.query else label


def _kinds() -> list[tuple[str, str]]:
    return [("", "All"), *KINDS.items()]


def _read_filter(query: QueryDict) -> tuple[EventFilter, dict[str, list[str]]]:
    """Return the filter of an address, and what is wrong with it by parameter."""
    event_filter = EventFilter(query, Event.objects.public(), also=MARKS)
    wrong = dict(event_filter.messages)
    if query.get("kind", "") not in {"", *KINDS}:
        wrong["kind"] = [f"“{query['kind'][:60]}” is not a kind of change. Choose from: {', '.join(KINDS)}."]
    try:
        _position(query.get("before", ""))
    except ValidationError as error:
        wrong["before"] = error.messages
    return event_filter, wrong


def _position(mark: str) -> Position | None:
    """Return the place behind which a page begins; None without a mark. Raises ValidationError for one that is none."""
    if not mark:
        return None
    try:
        at, pk = change_position(Event.objects.ever_public(), mark)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    if at is None:
        raise ValidationError("This mark has no moment.")
    return at, pk


def _address(name: str, event_filter: EventFilter, kind: str, before: str = "") -> str:
    pairs = [(key, text) for key, text in (("kind", kind), ("before", before)) if text]
    query = "&".join(filter(None, [event_filter.query_without("order"), urlencode(pairs)]))
    return reverse(name) + (f"?{query}" if query else "")
