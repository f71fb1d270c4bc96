"""What a page declares of itself to other sites: preview (Open Graph) and structured data (JSON-LD, schema.org release 30)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import Truncator

from timeline.absolute_urls import absolute_url
from timeline.evidence.support import Actuality
from timeline.models import Actor, Briefing, Citation, Event, Place
from timeline.models.actor import ActorKind
from timeline.models.briefing import BriefingKind
from timeline.models.place import PlacePrecision

from .source_values import how_known

if TYPE_CHECKING:
    from .entry_rows import CitationRow
    from .list_entry import ListEntry

CONTEXT = "https://schema.org"
LONGEST_DESCRIPTION = 300  # characters; previews show less

ACTOR_TYPES = {ActorKind.STATE: "Country", ActorKind.PERSON: "Person"}  # every other is an Organization
EVENT_STATUS = {Actuality.ANNOUNCED: f"{CONTEXT}/EventScheduled", Actuality.DID_NOT_OCCUR: f"{CONTEXT}/EventCancelled"}
SOURCE_TYPES = {BriefingKind.NEWS_ITEM: "NewsArticle", BriefingKind.SOCIAL_POST: "SocialMediaPosting"}


@dataclass(frozen=True, slots=True)
class Meta:
    """What the head of a page says. `url` is the permanent address, `data` the JSON-LD; empty: none."""

    title: str
    description: str
    url: str
    type: str = "article"
    data: dict = field(default_factory=dict)
    site_name: str = field(default_factory=lambda: settings.SITE_NAME)


def of_event(event: Event, citations: list[Citation]) -> Meta:
    """Return what is said of a published event. `citations` are those the reader may see, with their sources."""
    url = absolute_url(event.get_absolute_url())
    if not event.is_redistributable:
        return of_withheld(url)
    return Meta(dated_title(event), describe_event(event, citations), url, data=event_data(event, citations, url))


def of_withheld(url: str) -> Meta:
    """Return what is said of a page about nothing but what the licence of a data set keeps on the site: none of its words."""
    return Meta(
        settings.SITE_NAME, "Shown at this address alone: the licence of its data set forbids redistribution.", url
    )


def of_withdrawn(event: Event) -> Meta:
    """Return what is said of an event that is no longer part of the record: that, and nothing of its evidence."""
    if not event.is_redistributable:
        return of_withheld(absolute_url(event.get_absolute_url()))
    reason = f"This event was withdrawn. Reason: {event.withdrawal_reason}"
    return Meta(f"Withdrawn: {event.title}", short(reason), absolute_url(event.get_absolute_url()))


def of_briefing(briefing: Briefing, event_count: int) -> Meta:
    url = absolute_url(briefing.get_absolute_url())
    day = briefing.published_words or "day of publication not known"
    events = f"{event_count:,} event{' cites' if event_count == 1 else 's cite'}"
    description = f"{briefing.get_kind_display()} by {briefing.publisher}, {day}, with the words that {events}."
    if briefing.is_listed:
        description = (
            f"A source that a data set lists: {briefing.publisher}, {day}. Its text is not stored here; {events} it."
        )
    return Meta(briefing.title, description, url, data=briefing_data(briefing))


def of_list(sentence: str, url: str, entries: "Iterable[ListEntry]", first: int, total: int) -> Meta:
    """Return what is said of a page of the list: `entries` are shown on it, the first of them is number `first`. Those that
    may not leave the site are counted, and not named."""
    description = f"{sentence}. Each says how it is known, and is dated no more precisely than known."
    data = list_data(sentence, url, entries, first, total)
    return Meta(sentence, description, url, type="website", data=data)


def dated_title(event: Event) -> str:
    return f"{event.title}, {event.dated_claim}"


def describe_event(event: Event, citations: list[Citation]) -> str:
    """Return the date, what must be known before the event is believed, and the summary or the first words cited."""
    date = event.dated_claim[:1].upper() + event.dated_claim[1:]
    caveats = how_known(event, citations).caveats
    return short(" ".join(filter(None, [f"{date}.", *caveats, event.summary or first_words(event, citations)])))


def first_words(event: Event, citations: list[Citation]) -> str:
    if not citations:
        return ""
    citation = citations[0]
    if citation.briefing.is_listed:
        return f"Recorded by {event.data_set or 'a data set'}; the text of its sources is not stored here."
    questioner = "A questioner" if citation.in_question else citation.briefing.publisher
    return f"{citation.speaker or questioner} {citation.get_act_display()}: “{citation.quote}”"


def short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LONGEST_DESCRIPTION)


# ---- schema.org


def event_data(event: Event, citations: list[Citation], url: str) -> dict:
    """Return an Event. schema.org has no word for "took place", nor for "unclear": the keywords say what did not."""
    place, caveats = event.place, how_known(event, citations).caveats
    actuality = [] if event.actuality == Actuality.OCCURRED else [event.get_actuality_display()]
    fields = {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": url,
        "url": url,
        "identifier": event.public_id,
        "name": event.title,
        "description": " ".join(filter(None, [f"Date: {event.dated_claim}.", *caveats, event.summary])),
        "eventStatus": EVENT_STATUS.get(event.actuality),
        "startDate": start_date(event),
        "endDate": end_date(event),
        "location": place_data(place, event.place_precision) if place else None,
        "about": [actor_data(participation.actor) for participation in event.participations.all()],
        "keywords": [event.event_type.get_category_display(), event.event_type.name, *actuality],
        "superEvent": named("Event", event.conflict) if event.conflict else None,
        "subjectOf": [cited_data(citation) for citation in citations],
    }
    return without_empty(fields)


def start_date(event: Event) -> str:
    """Return the start at its true precision, "2020-11" for some day in November 2020; empty where it has none.

    With a clock time it is the local time with its offset. Source: ISO 8601-1, as schema.org has it.
    """
    if event.time_of_day and not event.date_qualifier:
        local = dt.datetime.combine(event.start_earliest, event.time_of_day, ZoneInfo(event.time_zone))
        return local.isoformat(timespec="seconds" if local.second else "minutes")
    return shared_date(event, event.start_earliest, event.start_latest)


def end_date(event: Event) -> str:
    """Return the end at its true precision; empty where it is not known, or says no more than the start."""
    end = shared_date(event, event.end_earliest, event.end_latest)
    return "" if end == shared_date(event, event.start_earliest, event.start_latest) else end


def shared_date(event: Event, first: dt.date, last: dt.date) -> str:
    """Return the day, month or year in which all days from `first` to `last` lie; empty where there is none, and where
    the source is not sure: ISO 8601-1 has no word for "about"."""
    if event.date_qualifier or first == dt.date.min or last == dt.date.max:
        return ""
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return ""
    return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]


def place_data(place: Place, precision: str) -> dict:
    """Return a Place. The point is given only where the event is exactly there: others would take it for exact."""
    fields = named("Place", place)
    if place.country:
        fields["address"] = {"@type": "PostalAddress", "addressCountry": place.country}
    if precision == PlacePrecision.EXACT and place.latitude is not None:
        point = {"latitude": float(place.latitude), "longitude": float(place.longitude)}
        fields["geo"] = {"@type": "GeoCoordinates", **point}
    return fields


def cited_data(citation: Citation) -> dict:
    """Return the words with their source; of a source that a data set lists the source alone, for its words are not known."""
    return source_data(citation.briefing) if citation.briefing.is_listed else quotation_data(citation)


def quotation_data(citation: Citation) -> dict:
    fields = {
        "@type": "Quotation",
        "text": citation.quote,
        "inLanguage": citation.briefing.language,
        "url": absolute_url(citation.get_absolute_url()),
        "spokenByCharacter": actor_data(citation.speaker) if citation.speaker else None,
        "isPartOf": source_data(citation.briefing),
    }
    return without_empty(fields)


def briefing_data(briefing: Briefing) -> dict:
    """Return the page of a briefing: a copy here of what another publisher issued."""
    url = absolute_url(briefing.get_absolute_url())
    described = {
        "@context": CONTEXT,
        "@id": url,
        "inLanguage": briefing.language,
        "isBasedOn": source_address(briefing),
    }
    return without_empty(source_data(briefing) | described | {"url": url})


def source_data(briefing: Briefing) -> dict:
    fields = {
        "@type": SOURCE_TYPES.get(briefing.kind, "Report"),
        "name": briefing.title,
        "url": source_address(briefing) or absolute_url(briefing.get_absolute_url()),
        "publisher": actor_data(briefing.publisher),
        "datePublished": briefing.published.edtf,
    }
    return without_empty(fields)


def source_address(briefing: "Briefing | CitationRow") -> str:
    """Return where it can be read; empty where that is not known, and of a source that a data set lists: its address may
    be that of the data set."""
    return "" if briefing.is_listed else briefing.url or briefing.archive_url


def list_data(sentence: str, url: str, entries: "Iterable[ListEntry]", first: int, total: int) -> dict:
    items = [
        {"@type": "ListItem", "position": number, "url": absolute_url(entry.address)}
        for number, entry in enumerate(entries, first)
        if entry.is_redistributable
    ]
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": sentence,
        "mainEntity": {"@type": "ItemList", "numberOfItems": total, "itemListElement": items},
    }


def actor_data(actor: Actor) -> dict:
    return named(ACTOR_TYPES.get(actor.kind, "Organization"), actor)


def named(type_: str, row: Actor | Place | Event) -> dict:
    return {"@type": type_, "name": row.name, "url": absolute_url(row.get_absolute_url())}


def without_empty(fields: dict) -> dict:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
