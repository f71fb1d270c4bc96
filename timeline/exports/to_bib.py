"""BibTeX of the cited briefings."""

import re
from collections.abc import Iterator

from timeline.exports.to_csv import on_one_line
from timeline.text.track import RANGE

from .event_records import Record
from .export import BRIEFING_ROWS, Export, Format, date_parts

SPECIAL = re.compile(r"[\\{}%&$#_~^]|-(?=-)|`(?=`)|'(?=')")  # two of the last three would be made one sign
COMMANDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
COMMANDS |= {"-": "-{}", "`": "`{}", "'": "'{}"}


def render(export: Export) -> Iterator[str]:
    for note in export.about.notes:
        yield f"@comment{{{escape_tex(note)}}}\n\n"
    for briefing in export.cited_briefings():
        yield format_entry(briefing)


FORMAT = Format(
    extension="bib",
    content_type="application/x-bibtex; charset=utf-8",
    label="BibTeX of the sources",
    opens_in="LaTeX, JabRef, Zotero",
    render=render,
    row_kind=BRIEFING_ROWS,
)


def escape_tex(text: str) -> str:
    return SPECIAL.sub(lambda match: COMMANDS.get(match[0], f"\\{match[0]}"), on_one_line(text))


def escape_braces(url: str) -> str:
    """Return an address that cannot open or close what is around it."""
    return on_one_line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def format_entry(briefing: Record) -> str:
    """Return a briefing as an entry; the year, month and day as far as they are known."""
    year, month, day = date_parts(briefing["published_edtf"])
    fields = {
        "title": f"{{{escape_tex(briefing['title'])}}}",
        "author": f"{{{escape_tex(briefing['publisher__name'])}}}",
        "year": year,
        "month": month.lstrip("0"),
        "day": day.lstrip("0"),
        "pages": escape_tex(briefing["pages"]).replace(RANGE, "--"),
        "url": escape_braces(briefing["address"]),
        "urldate": briefing["captured_on"].isoformat() if briefing["captured_on"] else "",
        "note": escape_tex(briefing["note"]),
        "langid": escape_tex(briefing["language"]),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{briefing['slug']},\n{lines}}}\n\n"
