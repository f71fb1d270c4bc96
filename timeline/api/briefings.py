"""Briefings: a list without their long texts, and one with its text and its speakers."""

from typing import Any

from timeline.absolute_urls import absolute_page_url
from timeline.exports.columns import iso_utc
from timeline.exports.package.package_tables import received_columns
from timeline.facets.counting import count_citations_of
from timeline.filters.filter_fields import AnyOfField, OneOfField, PeriodField, SlugChoiceField
from timeline.models import Actor, Briefing, Original
from timeline.models.briefing import BriefingKind
from timeline.querysets import BriefingQuerySet

from . import pagination
from .api_request import ApiError, ApiRedirect, ApiRequest, ApiResponse
from .endpoint import Endpoint
from .pagination import Order, paginate
from .query_fields import PAGED, SINCE, Parameter, WordsField, field_factory
from .record_schemas import (
    MEANINGS,
    Schema,
    array_schema,
    count_schema,
    nullable,
    object_schema,
    schema_reference,
    slug_and_name_schema,
    table_schemas,
    text_schema,
    url_schema,
)
from .resource import SLUG, get_by_slug

ORDERS = {"-published": Order("published_latest", descends=True), "slug": Order("slug")}
BY_CHANGE = Order("updated_at")
CHOICES = [("-published", "Newest first"), ("slug", "By slug")]
PARAMETERS = (
    Parameter(
        "q",
        "Words; each must occur in title, slug, address or the publisher’s name.",
        field_factory(WordsField),
        "briefing",
    ),
    Parameter(
        "publisher",
        "Publisher, by slug.",
        lambda: SlugChoiceField(required=False, queryset=Actor.objects.publishing()),
    ),
    Parameter(
        "kind",
        "Kind of document; usually all but `data_record`, a source that a data set lists.",
        field_factory(AnyOfField, choices=BriefingKind.choices),
        "press_briefing",
    ),
    Parameter("from", "Published in this year, month or day, or later.", field_factory(PeriodField), "2022"),
    Parameter("to", "Published in this year, month or day, or earlier.", field_factory(PeriodField), "2022-03"),
    Parameter(
        "order",
        "Usually `-published`, newest first; with `updated_since` that of the changes, unless one is named.",
        field_factory(OneOfField, choices=CHOICES),
    ),
    SINCE,
)


def list_briefings(api_request: ApiRequest) -> ApiResponse:
    public = filter_briefings(Briefing.objects.public(), api_request.cleaned_data)
    redistributable = public.redistributable()
    since, order = api_request.cleaned_data["updated_since"], api_request.cleaned_data["order"]
    ordering = BY_CHANGE if since and not order else ORDERS[order or "-published"]
    body = pagination.list_envelope(public, redistributable, "briefings")
    page = paginate(redistributable, ordering, "slug", api_request, api_request.list_parameters)
    briefings = count_citations_of(Briefing.objects.slugged(page.keys).for_list())
    received = Original.objects.received(briefing.pk for briefing in briefings)
    rows = {briefing.slug: serialize_briefing(briefing, received) for briefing in briefings}
    body |= {"next": page.next or None, "briefings": [rows[key] for key in page.keys if key in rows]}
    return ApiResponse(body, page.next)


def filter_briefings(briefings: BriefingQuerySet, cleaned_data: dict[str, Any]) -> BriefingQuerySet:
    matches = briefings.search(cleaned_data["q"]) if cleaned_data["q"] else briefings
    matches = matches.of_publishers(cleaned_data["publisher"]) if cleaned_data["publisher"] else matches
    matches = matches.of_kinds(cleaned_data["kind"])
    first, last = cleaned_data["from"], cleaned_data["to"]
    matches = matches.published_in(first.first if first else None, last.last if last else None)
    return matches.updated_since(cleaned_data["updated_since"]) if cleaned_data["updated_since"] else matches


MODEL_FIELDS = ("slug", "title", "kind", "language", "rights", "read_in_full")
DAYS = ("published_on", "captured_on")


def serialize_briefing(briefing: Briefing, received: dict[int, tuple]) -> dict[str, Any]:
    """`received`: of originals by primary key, see OriginalQuerySet.received."""
    return {
        **{name: getattr(briefing, name) for name in MODEL_FIELDS},
        **{name: day.isoformat() if (day := getattr(briefing, name)) else None for name in DAYS},
        "published_edtf": briefing.published.edtf or None,
        "url": absolute_page_url("briefing-detail", briefing.slug),
        "source_url": briefing.url or None,
        "archive_url": briefing.archive_url or None,
        "publisher": {"slug": briefing.publisher.slug, "name": briefing.publisher.name},
        "origin": briefing.origin.slug if briefing.origin else None,
        "text_sha256": briefing.text_sha256 or None,
        **received_columns(received.get(briefing.pk)),
        "event_count": briefing.event_count,
        "citation_count": briefing.citation_count,
        "updated_at": iso_utc(briefing.updated_at),
    }


def briefing_schema() -> Schema:
    return object_schema(
        {
            **table_schemas(Briefing, "briefings", *MODEL_FIELDS, *DAYS),
            "published_edtf": nullable(text_schema(MEANINGS["briefings", "published_edtf"])),
            "url": url_schema("Address of the briefing here."),
            "source_url": nullable(url_schema("Its address at the source; null: not known.")),
            "archive_url": nullable(url_schema("Archived copy; null: none.")),
            "publisher": slug_and_name_schema("Its publisher."),
            "origin": nullable(text_schema(MEANINGS["briefings", "origin"])),
            "text_sha256": nullable(text_schema(MEANINGS["briefings", "text_sha256"])),
            "original_sha256": nullable(text_schema(MEANINGS["briefings", "original_sha256"])),
            "received_at": nullable(text_schema(MEANINGS["briefings", "received_at"], format="date-time")),
            "event_count": count_schema("Public events that cite it."),
            "citation_count": count_schema("Public citations of it."),
            "updated_at": text_schema("When it was last saved, UTC.", format="date-time"),
        },
        "A source document.",
    )


def get_briefing(api_request: ApiRequest) -> ApiResponse:
    public = Briefing.objects.public()
    if into := public.successors([api_request.key]).get(api_request.key):
        raise ApiRedirect(absolute_page_url("api-briefing", into))
    [briefing] = count_citations_of(
        [get_by_slug(public.for_list().for_page().with_its_text(), api_request.key, "briefing")]
    )
    if not public.slugged([briefing.slug]).redistributable().exists():
        message = (
            "The licence of its data set forbids redistribution. It is shown at "
            f"{absolute_page_url('briefing-detail', briefing.slug)}"
        )
        raise ApiError(403, {"slug": [message]})
    payload = serialize_briefing(briefing, Original.objects.received([briefing.pk])) | {
        "text": briefing.text,
        "speakers": [serialize_speaker(speaker) for speaker in briefing.speakers.all()],
    }
    return ApiResponse(pagination.site_envelope() | {"briefing": payload})


def serialize_speaker(speaker) -> dict[str, Any]:
    actor = {"slug": speaker.actor.slug, "name": speaker.actor.name} if speaker.actor_is_public else None
    return {"label": speaker.label, "office": speaker.office, "actor": actor}


def detail_schema() -> Schema:
    record_schema = briefing_schema()
    speakers = object_schema(
        {
            "label": text_schema("As printed, without the colon."),
            "office": text_schema("As the source gives it; empty: not given."),
            "actor": nullable(slug_and_name_schema("Whom it names; null: no public actor.")),
        }
    )
    more = {
        "text": text_schema(
            "The stored text; line ends are LF. Empty: none is stored. Positions of citations count its code points."
        ),
        "speakers": array_schema(speakers, "Whom the labels of the text name."),
    }
    return object_schema(
        pagination.REVISION
        | {"briefing": object_schema(record_schema["properties"] | more, record_schema["description"])}
    )


LIST = Endpoint(
    "briefings",
    "briefings/",
    "Briefings",
    list_briefings,
    lambda: pagination.list_schema("briefings", schema_reference("Briefing"), "This page."),
    (*PARAMETERS, *PAGED),
)
DETAIL = Endpoint(
    "briefing",
    "briefings/{slug}/",
    "One briefing, with its text",
    get_briefing,
    detail_schema,
    key=SLUG,
    refusals=(308, 403, 404),
)
