"""BibTeX of the cited briefings."""

import re
from collections.abc import Iterator

from . import row_counts
from .cited_sources import cited
from .event_records import Record
from .export import Export
from .printable import on_one_line

content_type = "application/x-bibtex; charset=utf-8"
extension = "bib"
label = "BibTeX of the briefings"
opens_in = "LaTeX, JabRef, Zotero"
columns = ()
holds = row_counts.BRIEFING

SPECIAL = re.compile(r"[\\{}%&$#_~^]|-(?=-)|`(?=`)|'(?=')")  # two of the last three would be made one sign
COMMANDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
COMMANDS |= {"-": "-{}", "`": "`{}", "'": "'{}"}


def render(export: Export) -> Iterator[str]:
    for words in export.about.notes:
        yield f"@comment{{{tex(words)}}}\n\n"
    for one in cited(export):
        yield entry(one)


def tex(text: str) -> str:
    return SPECIAL.sub(lambda found: COMMANDS.get(found[0], f"\\{found[0]}"), on_one_line(text))


def braced(url: str) -> str:
    """Return an address that cannot open or close what stands around it."""
    return on_one_line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def entry(one: Record) -> str:
    """Return a briefing as an entry; the year and the month only where its day is known."""
    day = one["published_on"]
    fields = {
        "title": f"{{{tex(one['title'])}}}",
        "author": f"{{{tex(one['publisher__name'])}}}",
        "year": f"{day.year:04}" if day else "",
        "month": f"{day.month}" if day else "",
        "day": f"{day.day}" if day else "",
        "url": braced(one["url"] or one["here"]),
        "urldate": one["captured_on"].isoformat() if one["captured_on"] else "",
        "langid": tex(one["language"]),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{one['slug']},\n{lines}}}\n\n"
