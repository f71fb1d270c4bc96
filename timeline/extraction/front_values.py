"""The lines between `---` at the head of a Markdown file, read strictly: names with a value or a list of values.

The parser is PyYAML's; what makes YAML dangerous (aliases, tags, values that name a type) is refused here, and every
value stays the text that is printed.
"""

import re
from collections.abc import Iterator

import yaml

from timeline.extraction.extracted import Refused

LONGEST = 20_000  # characters
DEEPEST = 10  # lists and tables inside one another; the parser takes the square of it in time
_BLOCK = re.compile(r"\A---[ \t]*\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the values by their names in small letters, and the rest of the text; no values where nothing opens them.

    A list is joined with commas; a table inside is left out. Raises Refused.
    """
    block = _BLOCK.match(text)
    if not block:
        if text.startswith("---\n"):
            raise Refused("The front matter is not closed: write a line of three hyphens after its last value.")
        return {}, text
    if len(block["lines"]) > LONGEST:
        raise Refused(f"The front matter has more than {LONGEST:,} characters. Is its closing line missing?")
    try:
        return dict(_values(block["lines"])), text[block.end() :]
    except yaml.YAMLError as error:
        raise Refused(f'The front matter cannot be read{_where(error)}. Write lines like title: "Words".') from None


def _values(lines: str) -> Iterator[tuple[str, str]]:
    """Yield (name, value). PyYAML's events come one by one: what is refused is read no further."""
    depth, seen = 0, set()
    name: str | None = None
    words: list[str] = []
    for event in yaml.parse(lines, Loader=yaml.SafeLoader):
        _refuse_tricks(event)
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Refused(f"The front matter nests more than {DEEPEST} deep. Write plain values.")
            if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                raise Refused('The front matter is a list. Write lines like title: "Words".')
            continue
        elif isinstance(event, yaml.ScalarEvent) and depth == 1 and name is None:
            name, words = event.value.strip().lower(), []
            if name in seen:
                raise Refused(f"“{name[:60]}” occurs twice in the front matter. Keep one.")
            seen.add(name)
            continue
        elif isinstance(event, yaml.ScalarEvent) and depth in (1, 2):
            words.append(event.value)
        elif isinstance(event, yaml.ScalarEvent) and not depth:
            raise Refused('The front matter has no names. Write lines like title: "Words".')
        if depth == 1 and name is not None:
            yield name, ", ".join(words)
            name = None


def _refuse_tricks(event: yaml.Event) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Refused("The front matter refers to itself (& and *). Write every value out.")
    if tag := getattr(event, "tag", None):
        raise Refused(f"The front matter names a type ({str(tag)[:40]}). Write plain values.")


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" in line {mark.line + 2}: {getattr(error, 'problem', '')}" if mark else ""


# The names under which files give the same thing, and a document made from them: for front matter and for columns.

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
