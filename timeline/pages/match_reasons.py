"""Why a search of words found an event: the texts of it that have them, marked. By the tokenizer that the search itself uses."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from html import escape

from django.utils.safestring import SafeString

from timeline.models import Actor
from timeline.text.search_query import Group, spellings_of
from timeline.text.word_marks import MarkedPiece, mark_words
from timeline.text.written_html import written_html

from .list_entry import ListEntry

MOST_REASONS = 6  # of one event


@dataclass(frozen=True, slots=True)
class MatchReason:
    where: str  # "Title", "Quote", "Publisher" ...
    pieces: list[MarkedPiece]


def match_reasons(entries: Iterable[ListEntry], groups: Iterable[Group]) -> list[list[MatchReason]]:
    """Return the reasons of each of these entries. One query, for the other names of actors."""
    entries = list(entries)
    spellings, names = spellings_of(groups), _other_names(entries)
    marked = cache(partial(mark_words, spellings=spellings))  # many have the same publishers, actors and types
    return [_reasons(entry, marked, names) for entry in entries]


def _reasons(
    entry: ListEntry, marked: Callable[[str], list[MarkedPiece]], names: dict[str, list[str]]
) -> list[MatchReason]:
    reasons: dict[tuple[str, str], MatchReason] = {}
    for where, text in _texts(entry, names):
        if len(reasons) < MOST_REASONS and (where, text) not in reasons and (pieces := marked(text)):
            reasons[where, text] = MatchReason(where, pieces)
    return list(reasons.values())


def reasons_html(reasons: Iterable[MatchReason]) -> SafeString:
    """Return where an event has the words of a search; "" without a reason."""
    spans = [f"<span><b>{escape(reason.where)}:</b> {_pieces_html(reason.pieces)}</span>" for reason in reasons]
    return written_html(f'\n<p class="entry__reasons">{"".join(spans)}</p>\n' if spans else "")


def _pieces_html(pieces: Iterable[MarkedPiece]) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if is_searched else escape(text) for text, is_searched in pieces)


def _texts(entry: ListEntry, names: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for searched in entry.searched:
        yield searched.where, searched.text
        for name in names.get(searched.actor, ()):
            yield f"Other name of {searched.text}", name


def _other_names(entries: Iterable[ListEntry]) -> dict[str, list[str]]:
    """Return the other names of the actors and publishers of these events, by slug. One query."""
    actors = {searched.actor for entry in entries for searched in entry.searched if searched.actor}
    names: dict[str, list[str]] = defaultdict(list)
    for slug, name in Actor.objects.aliases_of(list(actors)):
        names[slug].append(name)
    return names
