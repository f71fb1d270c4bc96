"""Lists of rows that are known by their slug, and one of them: what actors, places and dossiers have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from timeline.filters.filter_fields import SLUG as PATTERN
from timeline.querysets.slugged import SluggedQuerySet

from . import envelope
from .api_parameters import PAGED, Parameter
from .api_request import Asked, Refused
from .endpoint import Endpoint, Key
from .json_schema import Schema, named, object_of
from .pagination import Order, page
from .responses import Answer

SLUG = Key("slug", "Its slug.", f"^{PATTERN.pattern}$")
BY_SLUG = Order("slug")


def found_slug(rows: SluggedQuerySet, slug: str, kind: str) -> Model:
    """Return the row. Raises Refused where there is none."""
    found = rows.slugged([slug]).first() if PATTERN.fullmatch(slug) else None
    if found is None:
        raise Refused(404, {"slug": [f"There is no public {kind} with this slug."]})
    return found


@dataclass(frozen=True, slots=True)
class Resource:
    """What one kind of rows is called, and how it is found and written."""

    one: str  # "actor"
    many: str  # "actors"
    title: str
    rows: type[Model]
    narrowed: Callable[[SluggedQuerySet, dict[str, Any]], SluggedQuerySet]
    counted: Callable[[SluggedQuerySet], SluggedQuerySet]  # with all that the records need
    records: Callable[[Iterable[Model]], list[dict[str, Any]]]
    own: tuple[Parameter, ...]

    def listed(self, asked: Asked) -> Answer:
        public = self.narrowed(self.rows.objects.public(), asked.own)
        leaving = public.redistributable()
        body = envelope.of_rows(public, leaving, self.many)
        found = page(leaving, BY_SLUG, "slug", asked, asked.pairs)
        rows = {row.slug: row for row in self.counted(self.rows.objects.slugged(found.keys))}
        body |= {"next": found.next or None, self.many: self.records([rows[key] for key in found.keys if key in rows])}
        return Answer(body, found.next)

    def single(self, asked: Asked) -> Answer:
        public = self.rows.objects.public()
        row = found_slug(self.counted(public), asked.key, self.one)
        if not public.slugged([row.slug]).redistributable().exists():
            url = self.records([row])[0]["url"]
            raise Refused(403, {"slug": [f"The licence of its data set forbids redistribution. It is shown at {url}"]})
        return Answer(envelope.of_site() | {self.one: self.records([row])[0]})

    def endpoints(self) -> tuple[Endpoint, Endpoint]:
        many, one, schema = self.many, self.one, self.one.capitalize()

        def list_schema() -> Schema:
            return envelope.rows_schema(many, named(schema), "This page, by slug.")

        def one_schema() -> Schema:
            return object_of(envelope.REVISION | {one: named(schema)})

        return (
            Endpoint(many, f"{many}/", self.title, self.listed, list_schema, (*self.own, *PAGED)),
            Endpoint(one, f"{many}/{{slug}}/", f"One {one}", self.single, one_schema, key=SLUG, refusals=(403, 404)),
        )
