"""What an address of the admin may ask for: filters it offers, with values it offers. All else is refused with 400.

Stock Django answers any lookup on a local field to whoever may view the list, `title__regex` among them.
"""

import re
from collections.abc import Callable, Iterator

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.db import models
from django.template.response import TemplateResponse
from django.utils.text import capfirst, smart_split

from timeline.text.search_query import MAX_CHARACTERS, MAX_TERMS
from timeline.text.search_words import plain_words

from .saved_filters import list_saved

ROW_ID = re.compile("[0-9]{1,18}", re.ASCII)  # below 2**63, which is as far as a database counts
_ORDER = re.compile(r"(-?[0-9]{1,2}(\.-?[0-9]{1,2}){0,9})?", re.ASCII)

Check = Callable[[str], object]  # true for an allowed value


class OfferedFilter(admin.SimpleListFilter):
    """A filter that accepts only the values in `offers`."""

    offers: dict[str, str]  # value in the address -> words

    def __init__(self, request, params, model, model_admin):
        if len(params.get(self.parameter_name, ())) > 1:
            raise DisallowedModelAdminLookup(f"“{self.parameter_name}” can be given once.")
        super().__init__(request, params, model, model_admin)

    @classmethod
    def offered(cls, value: str) -> bool:
        return value in cls.offers

    @classmethod
    def offered_parameters(cls) -> list[tuple[str, Check]]:
        return [(cls.parameter_name, cls.offered)]

    def lookups(self, request, model_admin):
        return list(self.offers.items())


class GuardedLists:
    """A ModelAdmin whose addresses cannot ask for more than its pages offer."""

    show_facets = admin.ShowFacets.NEVER  # a count for each value of each filter
    search_is_folded = False  # true where the columns searched are folded, without case and accents
    search_method = ""  # of the queryset, given the terms: where joins of `search_fields` would read too much

    def lookup_allowed(self, lookup: str, value: str, request=None) -> bool:
        check = dict(self._offered(request)).get(lookup)
        return check is not None and bool(check(str(value)))

    def _offered(self, request) -> Iterator[tuple[str, Check]]:
        for list_filter in self.get_list_filter(request):
            if isinstance(list_filter, type):
                yield from list_filter.offered_parameters()
            else:
                yield from _lookups_of_field(
                    self.model, list_filter if isinstance(list_filter, str) else list_filter[0]
                )

    def changelist_view(self, request, extra_context=None):
        if not _ORDER.fullmatch(request.GET.get(ORDER_VAR, "")):
            raise DisallowedModelAdminLookup("The order of a list is column numbers with full stops, like 1.-3.")
        if "\x00" in request.GET.get(SEARCH_VAR, ""):
            raise DisallowedModelAdminLookup("A search cannot contain null characters.")
        if not all(map(ROW_ID.fullmatch, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise DisallowedModelAdminLookup("A row is chosen by its number.")
        context = {} if IS_POPUP_VAR in request.GET else {"title": capfirst(self.opts.verbose_name_plural)}
        context["saved_filters"] = list_saved(request, self.opts) if self.list_filter else None
        response = super().changelist_view(request, context | (extra_context or {}))
        changes = response.context_data.get("cl") if isinstance(response, TemplateResponse) else None
        if changes and any(map(_is_refused, changes.filter_specs)):
            response.status_code = 400
        return response

    def get_search_results(self, request, queryset, search_term):
        """Return what the search finds; nothing, and a message, for a search too long to be meant."""
        too_long = len(search_term) > MAX_CHARACTERS or len(search_term.split()) > MAX_TERMS
        if "\x00" in search_term or too_long:
            limits = f"at most {MAX_TERMS} words and {MAX_CHARACTERS} characters"
            messages.error(request, f"This search is too long; {limits} can be searched for.")
            return queryset.none(), False
        if self.search_is_folded:
            search_term = plain_words(search_term) or search_term
        if self.search_method:
            terms = [term.strip("\"'") for term in smart_split(search_term)]
            terms = list(filter(None, terms))
            return getattr(queryset, self.search_method)(terms) if terms else queryset, False
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request) -> dict:
        """Return nothing: an address fills in no form, so a link cannot put words into an editor's mouth."""
        return {}


def _is_refused(list_filter: admin.ListFilter) -> bool:
    form = getattr(list_filter, "form", None)
    return form is not None and not form.is_valid()


def _lookups_of_field(model: type[models.Model], path: str) -> Iterator[tuple[str, Check]]:
    field = get_fields_from_path(model, path)[-1]
    if field.is_relation:
        yield f"{path}__{field.target_field.name}__exact", ROW_ID.fullmatch
    elif isinstance(field, models.BooleanField):
        yield f"{path}__exact", {"0", "1"}.__contains__
    else:
        yield f"{path}__exact", {str(value) for value, _ in field.flatchoices}.__contains__
    if field.null or field.many_to_many:
        yield f"{path}__isnull", {"True", "False"}.__contains__
