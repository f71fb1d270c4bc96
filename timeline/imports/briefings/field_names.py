"""The names under which files give the same thing, and a document made from them: for front matter and for columns."""

from timeline.dates import dateline
from timeline.text import source_text

from . import source_days
from .document import Document, Refused, checked_text, one_line

NAMES = {
    "title": ("title", "headline", "name"),
    "published": ("published_on", "published", "published_time", "date_published", "publication_date", "posted"),
    "date": ("date",),
    "captured": ("captured_on", "captured", "capture_date", "accessed", "retrieved", "archived_on"),
    "url": ("source_url", "url", "canonical_url", "link", "address"),
    "archive_url": ("archive_url", "archived_copy", "wayback"),
    "language": ("language", "lang"),
    "publisher": ("publisher", "organisation", "organization", "site"),
    "kind": ("kind", "type", "document_type"),
    "about": ("tags", "tag", "category", "section"),
    "speakers": ("speakers", "speaker"),
    "text": ("text", "body", "content", "transcript"),
}


def group_by_meaning(values: dict[str, str]) -> dict[str, str]:
    """Return what each of NAMES has here; "" where it has nothing."""
    return {
        meaning: next((values[name] for name in names if values.get(name, "").strip()), "")
        for meaning, names in NAMES.items()
    }


def make_document(where: str, fields: dict[str, str], text: str, notes: list[str]) -> Document:
    """Return the document of these values. Raises Refused where title or text is missing or a day is none."""
    title = one_line(source_text.normalise(fields["title"]))
    if not title:
        raise Refused("There is no title. Give it one: title: in the front matter, or a column “title”.")
    text = checked_text(text)
    address = source_days.split_address(fields["url"], fields["archive_url"])
    published = source_days.parse_day(fields["published"], "The day of publication")
    stated, captured, capture_notes = source_days.separate_capture_day(
        source_days.parse_day(fields["date"], "date"), address
    )
    captured = source_days.parse_day(fields["captured"], "The day of capture") or captured
    published, day_notes = published_day(published or stated, text)
    return Document(
        where,
        title,
        text,
        published_on=published,
        captured_on=captured,
        url=address.url,
        archive_url=address.archive_url,
        language=fields["language"].strip(),
        publisher=one_line(fields["publisher"]),
        kind=fields["kind"].strip(),
        about=fields["about"],
        speakers=fields["speakers"],
        notes=(*notes, *capture_notes, *day_notes),
    )


def published_day(published, text: str) -> tuple:
    """Return (day of publication, notes): what the file says; else the day at the head of the text; else None.

    A day of the text that is another is told and stays in the text: that is when it was spoken, not when it was posted.
    """
    at_head = dateline.stated_at_head(text)
    if published is None:
        return at_head, [] if at_head else ["day of publication not known"]
    if at_head and at_head != published:
        return published, [f"posted on {published}; the text itself is dated {at_head}"]
    return published, []
