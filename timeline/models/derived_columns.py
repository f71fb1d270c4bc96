"""The columns that follow from others, one function a model: for save, for imports and for packages. No query."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from timeline import dates, quotes
from timeline.evidence.choices import QuoteState, TurnKind
from timeline.text.running_heads import head_at_edge, words_at
from timeline.text.search_words import index_words
from timeline.text.track import NO_TRACK, Track

from .briefing import transcript_of


@lru_cache(maxsize=10_000)  # many events of a file have the same day
def derive_date(edtf: str) -> Mapping[str, str | dt.date]:
    """Return the columns that follow from a date; "": none is entered. Raises ValueError for what is not a date."""
    names = ("edtf", "start_earliest", "start_latest", "end_earliest", "end_latest", "date_qualifier", "sort_on")
    limits = (dt.date.min, dt.date.max)
    if not edtf:
        return MappingProxyType(dict(zip(names, ("", *limits, *limits, "", dt.date.max), strict=True)))
    date = dates.parse(edtf)
    sort_on = date.start_earliest if date.has_known_start else dt.date.max
    return MappingProxyType(
        {name: getattr(date, name, "") for name in names} | {"date_qualifier": date.qualifier, "sort_on": sort_on}
    )


def derive_event(*, edtf: str, title: str, summary: str, country: str) -> dict[str, str | dt.date]:
    """Return the columns of an event that follow from others; `country`: of its place, "" without one. Raises ValueError
    where `edtf` is not a date. No query."""
    return {**derive_date(edtf), "country": country, "search_text": index_words(title, summary)}


def derive_citation(
    text: str,
    quote: str,
    prefix: str = "",
    suffix: str = "",
    start: int | None = None,
    end: int | None = None,
    track: Track = NO_TRACK,
) -> tuple[dict, str | None]:
    """Return the columns of a citation that follow from its quote and the text of its briefing, and the label of the
    turn in which it is ("": outside any; None: nowhere, or in turns of several speakers). No query.

    `prefix` to `end`: where the quote was until now. `track`: that of the text. Of several places the first is kept, without a context: nobody
    chose it. Raises ValueError for a quote without a word.
    """
    anchor = quotes.anchor(quote, text, prefix, suffix, start, end)
    columns = {"start": anchor.start, "end": anchor.end, "state": anchor.state} | derive_search(quote)
    columns["locator"] = derive_locator(track, anchor.state, anchor.start, anchor.end)
    if not text:
        return columns | {"state": QuoteState.NO_TEXT.value, "turn_kind": ""}, None
    if anchor.start is None or anchor.end is None:
        return columns, None
    quote, places = words_at(text, anchor.start, anchor.end), [(anchor.start, anchor.end)]
    prefix, suffix = quotes.context(text, anchor.start, anchor.end)
    if anchor.state == QuoteState.AMBIGUOUS:
        prefix, suffix, places = "", "", quotes.occurrences(quote, text)
    turn_kind, label = _turn_of(text, places)
    columns |= {"quote": quote, "prefix": prefix, "suffix": suffix, "turn_kind": turn_kind}
    return columns | derive_search(quote), label


def derive_search(quote: str) -> dict[str, str]:
    """Return the column in which a quote is searched."""
    return {"quote_search": index_words(quote)}


def derive_locator(track: Track, state: str, start: int | None, end: int | None) -> str:
    """Return the page or the time of words in the text that the track is of; "": it has neither, or nobody chose the place."""
    return "" if state == QuoteState.AMBIGUOUS else track.locator(start, end)


def _turn_of(text: str, places: list[tuple[int, int]]) -> tuple[str, str | None]:
    """Return the kind and the label of the turns in which words are. Where one of several turns is a question, all are
    taken for one; their label is None unless all are one speaker's."""
    turns = [transcript_of(text).turn_at(start) for start, _ in places]
    kinds = [turn.kind if turn else "" for turn in turns]
    labels = {turn.speaker if turn else "" for turn in turns}
    question = TurnKind.QUESTION.value
    return question if question in kinds else kinds[0], labels.pop() if len(labels) == 1 else None


def words_of_others(text: str, start: int | None, end: int | None) -> str:
    """Return what a quote that is here has beside the words of its speaker, as a message: those of another, or part of
    a running head; "": nothing. No query."""
    if start is None or end is None:
        return ""
    turn = transcript_of(text).turn_at(start)
    if turn and end > turn.end:
        return f"The quote runs on after the words of {turn.speaker or 'its speaker'}. Cite each speaker by itself."
    if head := head_at_edge(text, start, end):
        return f"The quote begins or ends in the running head “{head}”. Leave it out: nobody says these words."
    return ""
