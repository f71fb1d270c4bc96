"""One search over events, sources and names. Each part says how many there are and leads to the list that has all of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from timeline.facets.counting import count_citations_of, totals
from timeline.filters import EventFilter
from timeline.filters.first_page import with_query
from timeline.filters.list_forms import SiteSearch
from timeline.index import index_for
from timeline.index.list_order import first_of_list
from timeline.models import Actor, ActorAlias, Briefing, Conflict, Event, Place
from timeline.text.folding import fold
from timeline.text.search_query import Group, spellings_of
from timeline.text.word_marks import MarkedPiece, mark_words

from .briefing import with_hits
from .list_entries import list_entries
from .subject_lists import Counts, event_counts

MOST = 5  # shown of each kind
Groups = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search finds of one kind."""

    total: int
    first: list[Any]  # at most MOST of them
    url: str  # of the list with all of them


@dataclass(frozen=True, slots=True)
class NameMatch:
    row: Actor | Place | Conflict
    pieces: list[MarkedPiece]  # its name
    other_name: list[MarkedPiece]  # the one that has the words, where its name does not; empty: there is none
    count: int  # events
    met_as: str  # word behind their number, see subject_lists.MET_AS


def search(request: HttpRequest) -> HttpResponse:
    """Show the newest events, the newest sources and the names that `?q=` finds; without words the form alone. A wrong search is a
    400 that finds nothing."""
    form = SiteSearch(request.GET)
    context: dict = {"form": form, "current": "search"}
    if not form.is_valid():
        return render(request, "timeline/search.html", context, status=400)
    if groups := form.cleaned_data["q"]:
        context |= matches(request.GET["q"].strip(), groups)
    return render(request, "timeline/search.html", context)


def matches(typed: str, groups: Groups) -> dict:
    event_filter = EventFilter(QueryDict(urlencode({"q": typed, "order": "-date"})), Event.objects.public())
    events, sources = _events(event_filter), _sources(typed, groups)
    names = {
        "actor": _names(Actor.objects.public().select_related("parent"), event_counts("actor"), typed, groups),
        "place": _names(Place.objects.public().select_related("parent"), event_counts("place"), typed, groups),
        "conflict": _names(Conflict.objects.public(), event_counts("conflict"), typed, groups),
    }
    total = events.total + sources.total + sum(kind.total for kind in names.values())
    return {"event_filter": event_filter, "events": events, "sources": sources, "names": names, "total": total}


def _events(event_filter: EventFilter) -> Matches:
    index = index_for(event_filter)
    keys = first_of_list(index, index.matching(event_filter), "-date", MOST)
    events = list_entries(event_filter, keys)
    return Matches(totals(event_filter).matching, events, with_query(reverse("event-list"), event_filter.query))


def _sources(typed: str, groups: Groups) -> Matches:
    """Return the documents whose title or text has the words; what a data set lists is in its own list."""
    briefings = Briefing.objects.public().of_kinds([]).containing(groups)
    newest = count_citations_of(briefings.newest_first().for_list().with_missing_quotes()[:MOST])
    return Matches(
        briefings.count(), with_hits(newest, groups), f"{reverse('briefing-list')}?{urlencode({'q': typed})}"
    )


def _names(rows: QuerySet, counts: Counts, typed: str, groups: Groups) -> Matches:
    """Return the rows that one of their names finds: first those that are called so, then those with most events."""

    def rank(pk_and_name: tuple[int, str]) -> tuple[bool, int, str]:
        pk, name = pk_and_name
        return fold(name) != fold(typed), -counts.get(pk, (0, ""))[0], name

    ranked = sorted(rows.with_names(groups).order_by().values_list("pk", "name"), key=rank)
    by_key = rows.in_bulk([pk for pk, _ in ranked[:MOST]])
    others, spellings = _other_names(rows, list(by_key)), spellings_of(groups)
    first = [
        NameMatch(by_key[pk], *_marked(name, others.get(pk, []), spellings), *counts.get(pk, (0, "")))
        for pk, name in ranked[:MOST]
        if pk in by_key
    ]
    return Matches(len(ranked), first, f"{reverse(f'{rows.model._meta.model_name}-list')}?{urlencode({'q': typed})}")


def _other_names(rows: QuerySet, keys: list[int]) -> dict[int, list[str]]:
    """Return the other names of actors, by primary key. One query for them, none for other rows."""
    names: dict[int, list[str]] = {}
    if rows.model is Actor:
        for pk, name in ActorAlias.objects.filter(actor__in=keys).order_by("name", "pk").values_list("actor", "name"):
            names.setdefault(pk, []).append(name)
    return names


def _marked(name: str, others: list[str], spellings: list[str]) -> tuple[list[MarkedPiece], list[MarkedPiece]]:
    """Return a name with the words marked and, where it has none of them, the other name that has."""
    if pieces := mark_words(name, spellings):
        return pieces, []
    return [MarkedPiece(name, False)], next(filter(None, (mark_words(other, spellings) for other in others)), [])
