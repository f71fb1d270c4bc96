"""RIS of the cited briefings. Source: RIS specification of Reference Manager, tags of 2011; of corporate authors, the manual
of EndNote on author names."""

from collections.abc import Iterator

from timeline.exports.to_csv import on_one_line
from timeline.models.actor import ActorKind
from timeline.text.track import RANGE

from .event_records import Record
from .export import BRIEFING_ROWS, Export, Format, date_parts

TYPES = {"press_release": "PRESS", "report": "RPRT", "news_item": "NEWS", "data_record": "DATA", "social_post": "ELEC"}


def render(export: Export) -> Iterator[str]:
    for briefing in export.cited_briefings():
        year, month, day = date_parts(briefing["published_edtf"])
        first_page, last_page = page_limits(briefing["pages"])
        lines = [
            ("TY", TYPES.get(briefing["kind"], "GOVDOC")),
            ("ID", briefing["slug"]),
            ("TI", briefing["title"]),
            ("AU", author_name(briefing)),
            ("PB", name if "," in (name := briefing["publisher__name"]) else ""),
            ("PY", year),
            ("DA", f"{year}/{month}/{day}" if month else ""),
            ("SP", first_page),
            ("EP", last_page),
            ("UR", briefing["address"]),
            ("Y2", f"{briefing['captured_on']:%Y/%m/%d}" if briefing["captured_on"] else ""),
            ("LA", briefing["language"]),
            ("N1", briefing["note"]),
        ]
        yield "".join(f"{tag}  - {on_one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def page_limits(pages: str) -> tuple[str, str]:
    """Return the first and the last page of what is quoted; of several passages all their pages, and "": between them nothing is."""
    if "," in pages:
        return pages.replace(RANGE, "-"), ""
    first, _, last = pages.partition(RANGE)
    return first, last or first


def author_name(briefing: Record) -> str:
    """Return the name that readers of RIS take for one author. A comma ends the surname of a person: what is no person ends
    with it, and has none before, so a dash stands for those of the name itself, which is the publisher's, `PB`."""
    name = on_one_line(briefing["publisher__name"])
    if briefing["publisher__kind"] == ActorKind.PERSON:
        return name
    return f"{' – '.join(part.strip() for part in name.split(',') if part.strip())},"


FORMAT = Format(
    extension="ris",
    content_type="application/x-research-info-systems; charset=utf-8",
    label="RIS of the sources",
    opens_in="EndNote, Zotero, Mendeley",
    render=render,
    row_kind=BRIEFING_ROWS,
)
