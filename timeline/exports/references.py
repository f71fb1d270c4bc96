"""How a view, an event or a quote is cited: in words, as BibTeX and as CSL-JSON, with the state of the data it was read in and
the day of reading."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from timeline.absolute_urls import absolute_url
from timeline.exports.to_bib import escape_tex
from timeline.models import Citation, Event, Release
from timeline.text.track import RANGE, pages_of

from .export_header import About


@dataclass(frozen=True, slots=True)
class Reference:
    key: str
    title: str
    author: str
    url: str
    revision: int
    container: str = ""
    year: int | None = None
    kind: str = "dataset"  # as CSL has it
    note: str = ""
    locator: str = ""  # page or time of the words in the source: "p. 4", "0:01:33"
    read_on: dt.date = field(default_factory=timezone.localdate)

    @property
    def permalink(self) -> str:
        """Return the address with the revision of the data, which the page does not need: a later reader sees by it which state was cited."""
        return f"{self.url}#revision={self.revision}"

    @property
    def text(self) -> str:
        inside = f" In: {', '.join(filter(None, [self.container, self.locator]))}." if self.container else ""
        inside += f" {self.note[:1].upper()}{self.note[1:]}." if self.note else ""
        return f"{self.author}: {self.title}.{inside} Revision {self.revision}. {self.permalink} (read on {format_day(self.read_on)})"

    @property
    def _time(self) -> str:
        """Return the time of the words in the source; "": they have a page, or nothing."""
        return "" if pages_of(self.locator) else self.locator

    @property
    def bibtex(self) -> str:
        fields = {
            "author": f"{{{escape_tex(self.author)}}}",
            "title": f"{{{escape_tex(self.title)}}}",
            "howpublished": escape_tex(self.container),
            "year": str(self.year or ""),
            "version": str(self.revision),
            "pages": escape_tex(pages_of(self.locator)).replace(RANGE, "--"),
            "url": self.permalink,
            "urldate": self.read_on.isoformat(),
            "note": escape_tex(self.note or self._time and f"at {self._time}"),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{lines}}}"

    @property
    def csl(self) -> str:
        fields = {
            "id": self.key,
            "type": self.kind,
            "title": self.title,
            "author": [{"literal": self.author}],
            "container-title": self.container,
            "issued": {"date-parts": [[self.year]]} if self.year else None,
            "version": str(self.revision),
            "page": pages_of(self.locator).replace(RANGE, "-"),
            "locator": self._time,
            "URL": self.permalink,
            "accessed": {"date-parts": [[self.read_on.year, self.read_on.month, self.read_on.day]]},
            "note": self.note,
        }
        return json.dumps([{name: value for name, value in fields.items() if value}], ensure_ascii=False, indent=1)


def view_reference(about: About) -> Reference:
    year = about.revised_at.year if about.revised_at else None
    return Reference(
        f"timeline-r{about.revision}", about.sentence, about.publisher, about.url, about.revision, year=year
    )


def release_reference(release: Release) -> Reference:
    title = f"{settings.SITE_NAME}, release {release.number} of {format_day(release.at.date())}"
    url = absolute_url(release.get_absolute_url())
    key = f"timeline-release-{release.number}"
    return Reference(key, title, settings.PUBLISHER, url, release.revision, year=release.at.year)


def event_reference(event: Event, revision: int, release: Release | None) -> Reference:
    """Return the reference of an event. `release`: the newest that has it; None: none has."""
    title = f"“{event.title}”, {event.date_display}" if event.is_redistributable else f"An event of {event.data_set}"
    year = event.revised_at.year if event.revised_at else None
    url = absolute_url(event.get_absolute_url())
    note = ""
    if release:
        note = (
            f"Release {release.number} of {format_day(release.at.date())}, {absolute_url(release.get_absolute_url())}"
        )
    return Reference(
        f"event-{event.public_id}", title, settings.PUBLISHER, url, revision, settings.SITE_NAME, year, note=note
    )


def quote_reference(citation: Citation, revision: int) -> Reference:
    """Return the reference of the exact words: who says them, where, and where they can be checked. A source that a data set
    lists is the article itself, recorded by the data set."""
    briefing, data_set = citation.briefing, citation.event.data_set
    day = f", {briefing.published_words}" if briefing.published_words else ""
    url, _, anchor = absolute_url(citation.get_absolute_url()).partition("#")
    fields: dict[str, Any] = {"key": f"quote-{citation.public_id}", "url": url, "anchor": anchor, "revision": revision}
    fields["year"] = briefing.published.latest.year if briefing.published.latest else None
    if briefing.is_listed and data_set and briefing.slug != data_set.slug:
        fields |= {
            "title": briefing.title,
            "author": str(briefing.publisher),
            "container": f"{briefing.publisher}{day}",
        }
        return QuoteReference(**fields, kind="article-newspaper", note=f"recorded by {data_set.name}")
    fields |= {"container": f"{briefing.title}, {briefing.publisher}{day}", "locator": citation.locator}
    words = " ".join(citation.quote.split())
    return QuoteReference(**fields, title=f"“{words}”", author=citation.said_by)


def format_day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True, slots=True)
class QuoteReference(Reference):
    anchor: str = ""

    @property
    def permalink(self) -> str:
        return f"{self.url}#{self.anchor}"  # the words have an anchor of their own; the text names the revision
