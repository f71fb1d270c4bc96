"""JSON: an object that says what it is, and whose `events` is the list. Text is exact."""

import json
from collections.abc import Iterable, Iterator

from .about import About

content_type = "application/json; charset=utf-8"
extension = "json"
label = "JSON, events with all their citations"


def render(rows: Iterable[dict], about: About) -> Iterator[str]:
    """Yield the file event by event."""
    head = {"sentence": about.sentence, "query": about.query, "url": about.url, "total": about.total}
    yield f'{_text(head)[:-1]}, "events": ['
    separator = "\n"
    for row in rows:
        yield separator + _text(row)
        separator = ",\n"
    yield "\n]}\n"


def _text(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
