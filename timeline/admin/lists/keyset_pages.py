"""The pages of a list, each found by keys alone."""

from django.core.paginator import Paginator


class KeysetPaginator(Paginator):
    """Finds the keys of a page first, then their rows, in one query: a database would else read and join whole rows, long
    texts among them, to sort them or to pass over them."""

    def page(self, number):
        page = super().page(number)
        page.object_list = self.object_list.filter(pk__in=page.object_list.values("pk"))
        return page
