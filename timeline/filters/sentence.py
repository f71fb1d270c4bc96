"""The filter in words: one sentence for heading, title, chips, exports and print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from timeline.dates.periods import Period
from timeline.text.search_query import Group

from .event_filter import EventFilter
from .parameter_types import Parameter, Phrase
from .parameters import PARAMETERS

ORDER_WORDS = {
    "date": "oldest first",
    "-date": "newest first",
    "-published": "most recently reported first",
    "-recorded": "most recently added first",
}
PHRASES = sorted(
    ((parameter, parameter.phrase) for parameter in PARAMETERS if parameter.phrase), key=lambda pair: pair[1].place
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the filter: what it does, in words, and the query that is left without it."""

    label: str
    value: str
    words: str
    names: frozenset[str]  # the parameters it covers
    query_without: str = ""


def join(values: Iterable[str], word: str = "or") -> str:
    """Return "a", "a or b", "a, b or c"."""
    *most, last = values
    return f"{', '.join(most)} {word} {last}" if most else last


def clauses(event_filter: EventFilter, preset: str = "") -> list[Clause]:
    """Return the parts of a valid filter that narrow the list, in the order of the sentence.

    `preset` names a parameter that a page's path sets: it is no part that a reader could take out.
    """
    others = [clause for clause in _all_clauses(event_filter) if preset not in clause.names]
    named = [replace(clause, names=clause.names | {preset}) for clause in others]
    return [replace(clause, query_without=event_filter.query_without(*clause.names)) for clause in named]


def _all_clauses(event_filter: EventFilter) -> list[Clause]:
    phrases = [_phrase(event_filter, *pair) for pair in PHRASES if event_filter.wanted.get(pair[0].name)]
    clauses = [
        _words_clause(event_filter),
        *phrases,
        _sources(event_filter),
        _deaths(event_filter),
        _area(event_filter),
        _reported(event_filter),
        _period(event_filter),
        _known_by(event_filter),
    ]
    return [clause for clause in clauses if clause]


def _phrase(event_filter: EventFilter, parameter: Parameter, phrase: Phrase) -> Clause:
    labelled = event_filter.labelled(parameter.name)
    text = join([phrase.each.format(label) for _, label in labelled], phrase.conjunction)
    words = join([phrase.codes[code] for code, _ in labelled], phrase.conjunction) if phrase.codes else text
    around = phrase.several if phrase.several and len(labelled) > 1 else phrase.words
    return _clause(phrase.chip, text, around.format(words), parameter.name)


def _clause(label: str, value: str, words: str, *names: str) -> Clause:
    return Clause(label, value, words, frozenset(names))


def _words_clause(event_filter: EventFilter) -> Clause | None:
    if not event_filter.wanted.get("q"):
        return None
    return _clause("Words", str(event_filter.data["q"]).strip(), _searched(event_filter.wanted["q"]), "q")


def _searched(groups: Iterable[Group]) -> str:
    """Return "with the words ceasefire or truce, without mediation"."""
    looked_for = [[term.typed for term in group] for group in groups if not group[0].excludes]
    excluded = [term.typed.removeprefix("-") for group in groups for term in group if term.excludes]
    with_choice = [
        f"({join(typed)})" if len(typed) > 1 and len(looked_for) > 1 else join(typed) for typed in looked_for
    ]
    word = (
        "word" if looked_for and len(looked_for) == len(looked_for[0]) == 1 and " " not in looked_for[0][0] else "words"
    )
    words = f"with the {word} {' '.join(with_choice)}"
    return f"{words}, without {join(excluded)}" if excluded else words


def _sources(event_filter: EventFilter) -> Clause | None:
    if not (minimum := event_filter.wanted.get("sources_min")):
        return None
    words = f"at least {minimum:,} independent source{'' if minimum == 1 else 's'}"
    return _clause("Sources", words, f"with {words}", "sources_min")


def _deaths(event_filter: EventFilter) -> Clause | None:
    if not (minimum := event_filter.wanted.get("deaths_min")):
        return None
    words = f"at least {minimum:,} death{'' if minimum == 1 else 's'}"
    return _clause("Deaths", words, f"with {words}", "deaths_min")


def _area(event_filter: EventFilter) -> Clause | None:
    if not (box := event_filter.wanted.get("bbox")):
        return None
    return _clause("Area", box.in_words, f"in the area {box.in_words}", "bbox")


def _reported(event_filter: EventFilter) -> Clause | None:
    first, last = event_filter.wanted.get("reported_from"), event_filter.wanted.get("reported_to")
    if not (first or last):
        return None
    words = words_of_period(first, last)
    return _clause("First reported", words, f"first reported {words}", "reported_from", "reported_to")


def _period(event_filter: EventFilter) -> Clause | None:
    if not (event_filter.has_period or event_filter.certainly):
        return None
    text, mode = period_words(event_filter), "definitely" if event_filter.certainly else "possibly"
    return _clause("Period", f"{mode} {text}", f"{mode} {text}", "from", "to", "when")


def period_words(event_filter: EventFilter) -> str:
    return words_of_period(event_filter.wanted.get("from"), event_filter.wanted.get("to"))


def words_of_period(first: Period | None, last: Period | None) -> str:
    if first and last:
        if first.text != last.text:
            return f"from {first.in_words} to {last.in_words}"
        return f"{'on' if first.is_day else 'in'} {first.in_words}"
    if first:
        return f"since {first.in_words}"
    return f"until {last.in_words}" if last else "in any period"


def _known_by(event_filter: EventFilter) -> Clause | None:
    if not (day := event_filter.wanted.get("known_by")):
        return None
    words = f"on {day.in_words}" if day.is_day else f"at the end of {day.in_words}"
    return _clause("As known", words, f"as known {words}", "known_by")


def subject(event_filter: EventFilter) -> str:
    """Return what a feed is called, whatever it holds today: "Events involving Armenia, in 2022", "All events"."""
    parts = [clause.words.removeprefix("possibly ") for clause in _all_clauses(event_filter)]
    return f"Events {', '.join(parts)}" if parts else "All events"


def sentence(event_filter: EventFilter, total: int, only_possible: int, *, with_order: bool = True) -> str:
    """Return "11 events, involving Armenia, oldest first", and of a filter with a period "71 events in 2022, 2 of them only
    possibly, oldest first". `only_possible`: of the total, see EventFilter.count_only_possible."""
    count = f"{total:,} event{'' if total == 1 else 's'}"
    order = [ORDER_WORDS[event_filter.order]] if with_order else []
    parts = [count, *(clause.words for clause in _all_clauses(event_filter)), *order]
    if (period := _period(event_filter)) and event_filter.has_period and not event_filter.certainly:
        at = parts.index(period.words)
        unsure = [_only_possibly(only_possible, total)] if only_possible else []
        parts[at : at + 1] = [period_words(event_filter), *unsure]
        if at == 1:
            parts[:2] = [" ".join(parts[:2])]
    return ", ".join(parts)


def _only_possibly(number: int, total: int) -> str:
    if number == total:
        return "only possibly" if total == 1 else "all of them only possibly"
    return f"{number:,} of them only possibly"


def without_source_day(number: int) -> str:
    """Return in words how many events no day of `known_by` finds; empty: none."""
    if not number:
        return ""
    events = "1 event rests" if number == 1 else f"{number:,} events rest"
    return f"{events} on sources without a date and cannot be shown as known on a given day."


@dataclass(frozen=True, slots=True)
class AsKnown:
    when: str  # in words: "on 24 March 2022", "at the end of March 2022"
    query_today: str  # the same filter on today's record
    total_today: int
    left_out: str  # which of them are known on no day, in words; empty: none


def as_known(event_filter: EventFilter, preset: str, count_today: Callable[[], tuple[int, int]]) -> AsKnown | None:
    """Return the day on which the filter wants the record as known; None: today. `count_today` returns how many events the same filter
    finds in today's record, and how many of them are known on no day."""
    clause = next((clause for clause in clauses(event_filter, preset) if "known_by" in clause.names), None)
    if clause is None:
        return None
    total_today, left_out = count_today()
    return AsKnown(clause.value, clause.query_without, total_today, without_source_day(left_out))
