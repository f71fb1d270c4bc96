"""A page of a list of events: by its number, or beside an event of it."""

import datetime as dt
import math

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict

from timeline.database import keyset_paging
from timeline.database.keyset_paging import Page
from timeline.facets.counting import Totals
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.index.list_order import ListPage, numbered_page, page_beside, places_of_years
from timeline.versions.data_version import cached

from .list_entries import list_entries

PAGE_MARKS = frozenset({"after", "before", "page"})
ALL = "all"  # as `page`: the whole list on one page, to print or to search in
MOST_TOGETHER = 500  # events on such a page


def list_page(event_filter: EventFilter, parameters: QueryDict, counts: Totals) -> tuple[Page, dt.date | None]:
    """Return the page that an address asks for, and the last day that older events on other pages reach to (None: there
    are none, or the list is not by date). Its events are list entries.

    Raises ValidationError where the mark is no public event, or there is no page of this number.
    """
    after, before = parameters.get("after", ""), parameters.get("before", "")
    number, size = page_number(parameters.get("page", ""), counts.matching)
    position = None
    if mark := after or before:
        position = keyset_paging.marked_position(event_filter.queryset, event_filter.order, mark)
    shown = cached(
        f"page {number} {size} {position} {bool(after)}",
        event_filter,
        lambda: _shown(event_filter, number, size, position, bool(after)),
    )
    return Page(list_entries(event_filter, shown.keys), shown.first, counts.matching), shown.covered


def page_number(text: str, total: int) -> tuple[int, int]:
    """Return the number of a page, 1 where none is given, and the events on it. Raises ValidationError with the numbers that there
    are, or where all events are too many for one page."""
    last, size = last_page(total), settings.EVENTS_PER_PAGE
    if text == ALL:
        if total > MOST_TOGETHER:
            raise ValidationError(f"{total:,} events are too many for one page: at most {MOST_TOGETHER}. Export them.")
        return 1, max(size, total)
    digits = text.strip() or "1"
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and 1 <= int(digits) <= last):
        raise ValidationError(f"There is no page {text[:20]!r}. The pages of this list are 1 to {last:,}.")
    return int(digits), size


def years_of_list(event_filter: EventFilter) -> list[tuple[int, int, int]]:
    """Return (year, place in the list of the first event of it, from 0, how many they are), in the order of the list. No query."""
    index, order = index_for(event_filter), event_filter.order
    return cached("years of list", event_filter, lambda: places_of_years(index, index.matching(event_filter), order))


def last_page(total: int) -> int:
    return max(1, math.ceil(total / settings.EVENTS_PER_PAGE))


def _shown(event_filter: EventFilter, number: int, size: int, position: tuple | None, after: bool) -> ListPage:
    index, order = index_for(event_filter), event_filter.order
    matching = index.matching(event_filter)
    if position:
        return page_beside(index, matching, order, size, position, after=after)
    return numbered_page(index, matching, order, size, number)
