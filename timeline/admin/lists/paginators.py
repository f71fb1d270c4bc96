"""How the rows of a page of a list are found."""

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models.sql.where import WhereNode
from django.utils.functional import cached_property

MOST_FOUND = 10_000  # rows that the pages of a search list, in the order of the list


class KeysetPaginator(Paginator):
    """Selects the keys of a page in a subquery, then their rows. Otherwise a database reads and joins whole rows, long
    texts among them, to sort them or to pass over them. What the keys have been found by is not looked for again."""

    def page(self, number):
        page = super().page(number)
        rows = self.object_list.all()
        rows.query.where = WhereNode()
        page.object_list = rows.filter(pk__in=self.keys_of(page))
        return page

    def keys_of(self, page):
        return page.object_list.values("pk")


class SearchPaginator(KeysetPaginator):
    """Searches once, for all pages and for their number: for at most MOST_FOUND rows and one."""

    @cached_property
    def keys(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[: MOST_FOUND + 1])

    @cached_property
    def count(self) -> int:
        return len(self.keys) if len(self.keys) <= MOST_FOUND else MoreThan(MOST_FOUND)

    def keys_of(self, page):
        return self.keys[page.start_index() - 1 : page.end_index()]


class PagedList(ChangeList):
    def get_results(self, request) -> None:
        """Take a list of one page from the paginator too: stock Django searches for its rows again."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class MoreThan(int):
    """A number below that of the rows, written "more than 10,000"."""

    def __str__(self) -> str:
        return f"more than {int(self):,}"
