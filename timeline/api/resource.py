"""Lists of rows that are known by their slug, and one of them: what actors, places and conflicts have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import QueryDict

from timeline.absolute_urls import absolute_page_url
from timeline.facets.counting import counts_by_value
from timeline.filters import EventFilter
from timeline.filters.filter_fields import SLUG as PATTERN
from timeline.models import Event
from timeline.querysets.natural_keys import MergeableQuerySet, SluggedQuerySet

from . import pagination
from .api_request import ApiError, ApiRedirect, ApiRequest, ApiResponse
from .endpoint import Endpoint, PathKey
from .pagination import Order, paginate
from .query_fields import PAGED, Parameter
from .record_schemas import Schema, object_schema, schema_reference

SLUG = PathKey("slug", "Its slug.", f"^{PATTERN.pattern}$")
BY_SLUG = Order("slug")


def get_by_slug(rows: SluggedQuerySet, slug: str, kind: str) -> Model:
    """Return the row. Raises ApiError where there is none."""
    row = rows.slugged([slug]).first() if PATTERN.fullmatch(slug) else None
    if row is None:
        raise ApiError(404, {"slug": [f"There is no public {kind} with this slug."]})
    return row


@dataclass(frozen=True, slots=True)
class Resource:
    """What one kind of rows is called, and how it is found and written."""

    singular: str  # "actor"
    plural: str  # "actors"
    title: str
    model: type[Model]
    apply_parameters: Callable[[SluggedQuerySet, dict[str, Any]], SluggedQuerySet]
    prepare: Callable[[SluggedQuerySet], SluggedQuerySet]  # with all that the records need
    serialize: Callable[[Iterable[Model]], list[dict[str, Any]]]
    parameters: tuple[Parameter, ...]

    def list_rows(self, api_request: ApiRequest) -> ApiResponse:
        public = self.apply_parameters(self.model.objects.public(), api_request.cleaned_data)
        redistributable = public.redistributable()
        body = pagination.list_envelope(public, redistributable, self.plural)
        page = paginate(redistributable, BY_SLUG, "slug", api_request, api_request.list_parameters)
        rows = {row.slug: row for row in self._counted(self.prepare(self.model.objects.slugged(page.keys)))}
        body |= {
            "next": page.next or None,
            self.plural: self.serialize([rows[key] for key in page.keys if key in rows]),
        }
        return ApiResponse(body, page.next)

    def get_row(self, api_request: ApiRequest) -> ApiResponse:
        public = self.model.objects.public()
        if into := self._successor(public, api_request.key):
            raise ApiRedirect(absolute_page_url(f"api-{self.singular}", into))
        row = get_by_slug(self.prepare(public), api_request.key, self.singular)
        self._counted([row])
        if not public.slugged([row.slug]).redistributable().exists():
            url = self.serialize([row])[0]["url"]
            raise ApiError(403, {"slug": [f"The licence of its data set forbids redistribution. It is shown at {url}"]})
        return ApiResponse(pagination.site_envelope() | {self.singular: self.serialize([row])[0]})

    def _counted(self, rows: Iterable[Model]) -> list[Model]:
        """Return the rows with `event_count`: the public events that the filter finds with each, from the index."""
        counts, counted = counts_by_value(EventFilter(QueryDict(), Event.objects.public()), self.singular), list(rows)
        for row in counted:
            row.event_count = counts.get(row.pk, 0)
        return counted

    def _successor(self, public: SluggedQuerySet, slug: str) -> str:
        """Return the slug of the row that this one became part of; empty: none. One query where rows can."""
        return public.successors([slug]).get(slug, "") if isinstance(public, MergeableQuerySet) else ""

    def endpoints(self) -> tuple[Endpoint, Endpoint]:
        plural, singular, schema = self.plural, self.singular, self.singular.capitalize()

        def list_schema() -> Schema:
            return pagination.list_schema(plural, schema_reference(schema), "This page, by slug.")

        def detail_schema() -> Schema:
            return object_schema(pagination.REVISION | {singular: schema_reference(schema)})

        return (
            Endpoint(plural, f"{plural}/", self.title, self.list_rows, list_schema, (*self.parameters, *PAGED)),
            Endpoint(
                singular,
                f"{plural}/{{slug}}/",
                f"One {singular}",
                self.get_row,
                detail_schema,
                key=SLUG,
                refusals=(403, 404),
            ),
        )
