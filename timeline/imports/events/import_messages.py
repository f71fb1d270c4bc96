"""What an import does, or would do, as lines of text."""

from collections.abc import Iterator

from .import_options import Options
from .import_summary import SHOWN, Summary

LISTED = 20


def lines(summary: Summary, options: Options) -> Iterator[str]:
    yield from _problem_lines(summary)
    if summary.fatal:
        return
    yield f"{summary.rows:,} rows: {summary.created:,} new, {summary.updated:,} changed, {summary.unchanged:,} the same, {summary.refused:,} refused."
    yield from _list_lines("New actors", [_with_near(words) for words in summary.actors])
    yield from _list_lines("New places", [_with_near(words) for words in summary.places])
    yield from _list_lines("New conflicts", summary.conflicts)
    if summary.sources:
        yield f"{summary.sources:,} source documents are new."
    yield from _list_lines("Changed", [": ".join(words) for words in summary.first_updated], summary.updated)
    yield from _list_lines("Kept as they are here", [": ".join(words) for words in summary.first_kept], summary.kept)
    yield from _list_lines("Here and no longer in the file", summary.first_disappeared, summary.disappeared)
    if summary.out_of_order:
        yield f"{summary.out_of_order:,} rows have counts of deaths out of order. They are kept so, and marked."
    yield (
        "Events come in as drafts."
        if not options.publish
        else "Events with a date and an address of their source are published; others stay drafts."
    )


def _problem_lines(summary: Summary) -> Iterator[str]:
    if summary.fatal:
        yield f"Refused: {summary.fatal}"
    for problem in summary.first_problems:
        yield problem.words
    if summary.problems > SHOWN:
        yield f"... and {summary.problems - SHOWN:,} more. --report FILE writes them all."


def _list_lines(title: str, names: list[str], count: int | None = None) -> Iterator[str]:
    count = len(names) if count is None else count
    if not count:
        return
    yield f"{title} ({count:,}):"
    yield from (f"  {name}" for name in names[:LISTED])
    if count > LISTED:
        yield f"  ... and {count - LISTED:,} more"


def _with_near(offer: dict) -> str:
    near = "; ".join(f"{name} ({slug})" for slug, name in offer["near"])
    return f"{offer['name']}, {offer['kind'].replace('_', ' ')}" + (f". Near: {near}" if near else "")
