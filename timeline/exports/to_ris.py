"""RIS of the cited briefings. Source: RIS specification of Reference Manager, tags of 2011."""

from collections.abc import Iterator

from timeline.exports.to_csv import on_one_line

from .export import BRIEFING_ROWS, Export, Format

TYPES = {"press_release": "PRESS", "report": "RPRT", "news_item": "NEWS", "data_record": "DATA", "social_post": "ELEC"}


def render(export: Export) -> Iterator[str]:
    for briefing in export.cited_briefings():
        day = briefing["published_on"]
        lines = [
            ("TY", TYPES.get(briefing["kind"], "GOVDOC")),
            ("ID", briefing["slug"]),
            ("TI", briefing["title"]),
            ("AU", briefing["publisher__name"]),
            ("PY", f"{day.year:04}" if day else ""),
            ("DA", f"{day:%Y/%m/%d}" if day else ""),
            ("UR", briefing["address"]),
            ("Y2", f"{briefing['captured_on']:%Y/%m/%d}" if briefing["captured_on"] else ""),
            ("LA", briefing["language"]),
            ("N1", briefing["recorded_by"]),
        ]
        yield "".join(f"{tag}  - {on_one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


FORMAT = Format(
    extension="ris",
    content_type="application/x-research-info-systems; charset=utf-8",
    label="RIS of the briefings",
    opens_in="EndNote, Zotero, Mendeley",
    render=render,
    row_kind=BRIEFING_ROWS,
)
