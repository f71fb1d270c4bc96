"""The changes of the record as an Atom feed: an entry for each change. Source: RFC 4287."""

from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from timeline.absolute_urls import absolute_page_url
from timeline.exports.to_csv import printable
from timeline.history.corrections import Correction
from timeline.pages.change_log import PublicChange
from timeline.site_identity import licence_words

from .to_atom import EPOCH


class ChangesFeed(Atom1Feed):
    def latest_post_date(self):
        """Return when the last change was made; the same changes give the same bytes."""
        return max((entry["updateddate"] for entry in self.items), default=EPOCH)


def changes_feed(changes: list[PublicChange], title: str, page_address: str, address: str) -> str:
    feed = ChangesFeed(
        title=printable(f"{title} – {settings.SITE_NAME}"),
        link=page_address,
        description="",
        language="en",
        author_name=printable(settings.PUBLISHER),
        feed_url=address,
        feed_guid=address,
        feed_copyright=licence_words(),
    )
    for change in changes:
        _add(feed, change)
    file = StringIO()
    feed.write(file, "utf-8")
    return file.getvalue()


def _add(feed: ChangesFeed, change: PublicChange) -> None:
    host = urlsplit(settings.SITE_URL).hostname
    address = absolute_page_url("event-detail", change.event.public_id)
    feed.add_item(
        title=printable(f"{change.label}: {change.event.title}"),
        link=f"{address}#corrections" if change.corrections else address,
        description=printable(_html(change)),
        unique_id=f"tag:{host},2020:change-{change.mark}",
        pubdate=change.at,
        updateddate=change.at,
        categories=[change.kind],
    )


def _html(change: PublicChange) -> str:
    date = f"<p>{escape(change.event.dated_claim)}</p>" if change.event.is_public else ""
    lines = [f"<li>{_correction_html(correction)}</li>" for correction in change.corrections]
    reason = f"<p>Why: {escape(change.reason)}</p>" if change.reason else ""
    into: Any = change.event.merged_into
    moved = absolute_page_url("event-detail", into.public_id) if into and into.published_at else ""
    merged = f'<p>Merged into <a href="{moved}">another event</a>.</p>' if moved else ""
    return date + (f"<ul>{''.join(lines)}</ul>" if lines else "") + reason + merged


def _correction_html(correction: Correction) -> str:
    before = f"<del>{escape(correction.before)}</del> " if correction.before else ""
    after = f"<ins>{escape(correction.after)}</ins>" if correction.after else "removed"
    return f"{escape(correction.what)}: {before}{after}"
