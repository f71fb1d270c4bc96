from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

ROWS_PER_PAGE = 100


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """Return the page of a list that `?page=` asks for, the first without it. Raises Http404 where there is none."""
    try:
        return Paginator(rows, ROWS_PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404("The list has no such page. Start from its first page.") from None
