"""What Atom and JSON Feed say of an event.

Atom: an entry for each event, with a stable id, and a new date whenever it is corrected; a `deleted-entry` for each that was
taken back. Source: RFC 4287, RFC 5005 (pages), RFC 6721 (deleted entries).
"""

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape as escape_html

from timeline.absolute_urls import absolute_page_url
from timeline.evidence.choices import Act
from timeline.exports.to_csv import printable
from timeline.site_identity import licence_words

from .event_records import Record
from .export import Export, Format
from .export_header import date_words, known_words, listed_words
from .feed_pages import FeedPage, read_feed_page, removed_words
from .references import format_day

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
DELETED = "http://purl.org/atompub/tombstones/1.0"


def headline(record: Record) -> str:
    return f"{record['title']}, {date_words(record)}"


def entry_html(record: Record) -> str:
    """Return the event with its sources, for a reader of feeds."""
    quotes = "".join(_source(citation, record) for citation in record["citations"])
    summary = f"<p>{escape_html(record['summary'])}</p>" if record["summary"] else ""
    return f"<p>{escape_html(date_words(record))}</p><p>{escape_html(known_words(record))}</p>{summary}{quotes}"


def _source(citation: Record, record: Record) -> str:
    if listed := listed_words(citation, record):
        return f'<p><a href="{escape_html(citation["url"])}">{escape_html(listed)}</a></p>'
    act = escape_html(Act(citation["act"]).label)
    speaker = f"{escape_html(citation['speaker']['name'])} {act}: " if citation["speaker"] else ""
    source = f'<a href="{escape_html(citation["url"])}">{escape_html(citation["briefing"]["title"])}</a>'
    changed = f"<br>{escape_html(changed_words(citation))}" if citation["in_text_until"] else ""
    return f"<blockquote>{speaker}{escape_html(citation['quote'])}<br>{source}{changed}</blockquote>"


def changed_words(citation: Record) -> str:
    """Return that the source has changed, and from when to when the words were in its text."""
    first, last = (format_day(dt.date.fromisoformat(citation[name][:10])) for name in ("in_text_from", "in_text_until"))
    return f"Source changed: these words were in the text as stored from {first} until {last}."


def changed_at(record: Record) -> str:
    """Return when the public last saw it change, as ISO 8601 in UTC."""
    return record["revised_at"] or record["recorded_at"]


def entry_id(public_id: str) -> str:
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2020:event-{public_id}"


def render(export: Export) -> Iterator[str]:
    page, about = read_feed_page(export, FORMAT.extension), export.about
    feed = EventFeed(
        title=printable(page.title),
        link=about.url,
        description="",
        language="en",
        author_name=printable(about.publisher),
        subtitle=printable(" ".join([page.attribution, *about.notes])),
        feed_url=page.address,
        feed_copyright=licence_words(),
        feed_guid=page.first_address,
        page=page,
        revised_at=about.revised_at or EPOCH,
    )
    for record in page.records:
        add_entry(feed, record)
    file = StringIO()
    feed.write(file, "utf-8")
    yield file.getvalue()


def add_entry(feed: "EventFeed", record: Record) -> None:
    moment = dt.datetime.fromisoformat
    feed.add_item(
        title=printable(headline(record)),
        link=record["url"],
        description="",
        unique_id=entry_id(record["public_id"]),
        pubdate=moment(record["recorded_at"]),
        updateddate=moment(changed_at(record)),
        categories=[record["category"]],
        content=printable(entry_html(record)),
        contributors=list(
            dict.fromkeys(printable(citation["briefing"]["publisher"]) for citation in record["citations"])
        ),
    )


class EventFeed(Atom1Feed):
    """Django's Atom feed, with pages, whole contents, who published the sources, and what was taken back."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:at": DELETED}

    def latest_post_date(self) -> dt.datetime:
        """Return when the data last changed: the same data give the same bytes."""
        return self.feed["revised_at"]

    def add_root_elements(self, handler) -> None:
        super().add_root_elements(handler)
        page: FeedPage = self.feed["page"]
        links = {"first": page.first_address, "next": page.next_address}
        for relation, address in links.items():
            if address:
                handler.addQuickElement("link", "", {"rel": relation, "href": address})
        for removed in page.removed:
            handler.startElement(
                "at:deleted-entry", {"ref": entry_id(removed["public_id"]), "when": removed["removed_at"]}
            )
            handler.addQuickElement("at:comment", printable(removed_words(removed)))
            address = absolute_page_url("event-detail", removed["public_id"])
            handler.addQuickElement("link", "", {"rel": "alternate", "href": address})
            handler.endElement("at:deleted-entry")

    def add_item_elements(self, handler, item: dict) -> None:
        super().add_item_elements(handler, item | {"description": None})  # the whole is its content
        for name in item["contributors"]:
            handler.startElement("contributor", {})
            handler.addQuickElement("name", name)
            handler.endElement("contributor")
        handler.addQuickElement("content", item["content"], {"type": "html"})


FORMAT = Format(
    extension="atom",
    content_type="application/atom+xml; charset=utf-8",
    label="Atom feed",
    opens_in="feed readers",
    render=render,
    is_feed=True,
)
