"""Briefings: a list without their long texts, and one with its text and its speakers."""

from typing import Any

from timeline.exports.columns import stamp
from timeline.filters.filter_fields import AnyOfField, OneOfField, PeriodField, SlugChoiceField
from timeline.http.absolute_urls import address_of
from timeline.models import Actor, Briefing
from timeline.models.briefing import BriefingKind
from timeline.querysets import BriefingQuerySet

from . import envelope
from .api_parameters import PAGED, SINCE, Parameter
from .api_request import Asked, Refused
from .endpoint import Endpoint
from .json_schema import MEANINGS, Schema, list_of, named, nullable, number, object_of, of_table, text, url
from .pagination import Order, page
from .query_fields import WordsField, make
from .record_schemas import named_row
from .resource import SLUG, found_slug
from .responses import Answer

ORDERS = {"-published": Order("published_on", descends=True), "slug": Order("slug")}
BY_CHANGE = Order("updated_at")
CHOICES = [("-published", "Newest first"), ("slug", "By slug")]
OWN = (
    Parameter("q", "Words, each in title, slug, address or the publisher’s name.", make(WordsField), "briefing"),
    Parameter(
        "publisher",
        "Who put it out, by slug.",
        lambda: SlugChoiceField(required=False, queryset=Actor.objects.publishing()),
    ),
    Parameter("kind", "Kind of document.", make(AnyOfField, choices=BriefingKind.choices), "press_briefing"),
    Parameter("from", "Put out in this year, month or day, or later.", make(PeriodField), "2022"),
    Parameter("to", "Put out in this year, month or day, or before.", make(PeriodField), "2022-03"),
    Parameter(
        "order",
        "Usually `-published`, newest first; with `updated_since` that of the changes, unless one is named.",
        make(OneOfField, choices=CHOICES),
    ),
    SINCE,
)


def listed(asked: Asked) -> Answer:
    public = narrowed(Briefing.objects.public(), asked.own)
    leaving = public.redistributable()
    since, order = asked.own["updated_since"], asked.own["order"]
    by = BY_CHANGE if since and not order else ORDERS[order or "-published"]
    body = envelope.of_rows(public, leaving, "briefings")
    found = page(leaving, by, "slug", asked, asked.pairs)
    rows = {one.slug: record(one) for one in Briefing.objects.slugged(found.keys).for_list()}
    body |= {"next": found.next or None, "briefings": [rows[key] for key in found.keys if key in rows]}
    return Answer(body, found.next)


def narrowed(briefings: BriefingQuerySet, own: dict[str, Any]) -> BriefingQuerySet:
    found = briefings.found_by(own["q"]) if own["q"] else briefings
    found = found.of_publishers(own["publisher"]) if own["publisher"] else found
    found = found.of_kinds(own["kind"]) if own["kind"] else found
    first, last = own["from"], own["to"]
    found = found.published_in(first.first if first else None, last.last if last else None)
    return found.updated_since(own["updated_since"]) if own["updated_since"] else found


OF_TABLE = ("slug", "title", "kind", "language", "rights")
DAYS = ("published_on", "captured_on")


def record(one: Briefing) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in OF_TABLE},
        **{name: day.isoformat() if (day := getattr(one, name)) else None for name in DAYS},
        "url": address_of("briefing-detail", one.slug),
        "source_url": one.url or None,
        "archive_url": one.archive_url or None,
        "publisher": {"slug": one.publisher.slug, "name": one.publisher.name},
        "text_sha256": one.text_sha256 or None,
        "event_count": one.event_count,
        "citation_count": one.citation_count,
        "updated_at": stamp(one.updated_at),
    }


def schema_of_record() -> Schema:
    return object_of(
        {
            **of_table(Briefing, "briefings", *OF_TABLE, *DAYS),
            "url": url("Address of the briefing here."),
            "source_url": nullable(url("Its address at the source; null: not known.")),
            "archive_url": nullable(url("Archived copy; null: none.")),
            "publisher": named_row("Who put it out."),
            "text_sha256": nullable(text(MEANINGS["briefings", "text_sha256"])),
            "event_count": number("Public events that cite it."),
            "citation_count": number("Public citations of it."),
            "updated_at": text("When it was last saved, UTC.", format="date-time"),
        },
        "A source document.",
    )


def one(asked: Asked) -> Answer:
    public = Briefing.objects.public()
    found = found_slug(public.for_list().for_page().with_its_text(), asked.key, "briefing")
    if not public.slugged([found.slug]).redistributable().exists():
        words = f"The licence of its data set forbids redistribution. It is shown at {record(found)['url']}"
        raise Refused(403, {"slug": [words]})
    told = record(found) | {"text": found.text, "speakers": [speaker(one) for one in found.speakers.all()]}
    return Answer(envelope.of_site() | {"briefing": told})


def speaker(one) -> dict[str, Any]:
    actor = {"slug": one.actor.slug, "name": one.actor.name} if one.actor_is_public else None
    return {"label": one.label, "office": one.office, "actor": actor}


def schema_of_one() -> Schema:
    found = schema_of_record()
    speakers = object_of(
        {
            "label": text("As printed, without the colon."),
            "office": text("As the source gives it; empty: not given."),
            "actor": nullable(named_row("Who stands behind it; null: no public actor.")),
        }
    )
    more = {
        "text": text(
            "The stored text; line ends are LF. Empty: none is stored. Positions of citations count its code points."
        ),
        "speakers": list_of(speakers, "Who stands behind the labels of the text."),
    }
    return object_of(envelope.REVISION | {"briefing": object_of(found["properties"] | more, found["description"])})


LIST = Endpoint(
    "briefings",
    "briefings/",
    "Briefings",
    listed,
    lambda: envelope.rows_schema("briefings", named("Briefing"), "This page."),
    (*OWN, *PAGED),
)
ONE = Endpoint(
    "briefing", "briefings/{slug}/", "One briefing, with its text", one, schema_of_one, key=SLUG, refusals=(403, 404)
)
