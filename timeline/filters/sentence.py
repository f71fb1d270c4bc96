"""The filter in words: one sentence for heading, title, chips, exports and print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django_countries import countries

from timeline.evidence.choices import Act
from timeline.models.participation import Role
from timeline.models.taxonomy import Category

from .event_filter import EVIDENCE, EventFilter

ORDER_WORDS = {
    "date": "oldest first",
    "-date": "newest first",
    "-published": "most recently reported first",
    "-recorded": "most recently recorded first",
}
EVIDENCE_WORDS = {
    "verified": "with a verified quote",
    "unverified": "without a verified quote",
    "disputed": "that a source denies or disputes",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the filter: what it does, in words, and the query that is left without it."""

    label: str
    value: str
    words: str
    names: frozenset[str]  # the parameters it stands for
    query_without: str = ""


def join(values: Iterable[str], word: str = "or") -> str:
    """Return "a", "a or b", "a, b or c"."""
    *most, last = values
    return f"{', '.join(most)} {word} {last}" if most else last


def named(choices) -> Callable[[list], list[str]]:
    labels = dict(choices)
    return lambda values: [str(labels[value]) for value in values]


def titles(rows: QuerySet) -> list[str]:
    return [str(row) for row in rows]


def quoted(rows: QuerySet) -> list[str]:
    return [f"“{row}”" for row in rows]


def country_names(codes: list[str]) -> list[str]:
    return [countries.name(code) for code in codes]


# parameter -> label of its chip, names of its values, words of the sentence around them
CLAUSES = (
    ("category", "Category", named(Category.choices), "of the category {}"),
    ("category__not", "Category not", named(Category.choices), "not of the category {}"),
    ("type", "Type", titles, "of the type {}"),
    ("type__not", "Type not", titles, "not of the type {}"),
    ("actor", "Actor", titles, "with {}"),
    ("actor__not", "Actor not", titles, "without {}"),
    ("conflict", "Conflict", titles, "in the dossier {}"),
    ("conflict__not", "Conflict not", titles, "not in the dossier {}"),
    ("country", "Country", country_names, "in {}"),
    ("country__not", "Country not", country_names, "not in {}"),
    ("place", "Place", titles, "at {}"),
    ("place__not", "Place not", titles, "not at {}"),
    ("data_set", "Data set", titles, "from the data set {}"),
    ("data_set__not", "Data set not", titles, "not from the data set {}"),
    ("briefing", "Briefing", quoted, "cited from {}"),
    ("briefing__not", "Briefing not", quoted, "not cited from {}"),
    ("publisher", "Publisher", titles, "published by {}"),
    ("publisher__not", "Publisher not", titles, "not published by {}"),
    ("speaker", "Speaker", titles, "spoken of by {}"),
    ("speaker__not", "Speaker not", titles, "not spoken of by {}"),
    ("act", "How", named(Act.choices), "where a source {}"),
    ("act__not", "How not", named(Act.choices), "where no source {}"),
)


def clauses(event_filter: EventFilter, preset: str = "") -> list[Clause]:
    """Return the parts of a valid filter that narrow the list, in the order of the sentence.

    `preset` names a parameter that a page's path stands for: it is no part that a reader could take out.
    """
    found = [replace(one, names=one.names | {preset}) for one in _all_clauses(event_filter) if preset not in one.names]
    return [replace(one, query_without=event_filter.query_without(*one.names)) for one in found]


def _all_clauses(event_filter: EventFilter) -> list[Clause]:
    found = [_words_clause(event_filter)]
    for name, label, names, words in CLAUSES:
        if value := event_filter.wanted.get(name):
            text = join(names(value))
            found.append(_clause(label, text, words.format(text), name))
    found += [
        _all_actors(event_filter),
        _roles(event_filter),
        _evidence(event_filter),
        _period(event_filter),
        _known_by(event_filter),
    ]
    return [clause for clause in found if clause]


def _clause(label: str, value: str, words: str, *names: str) -> Clause:
    return Clause(label, value, words, frozenset(names))


def _words_clause(event_filter: EventFilter) -> Clause | None:
    if not event_filter.wanted.get("q"):
        return None
    text = event_filter.data["q"].strip()
    return _clause("Words", text, f"with the words {text}", "q")


def _all_actors(event_filter: EventFilter) -> Clause | None:
    if not (actors := event_filter.wanted.get("actor__all")):
        return None
    text = join(titles(actors), "and")
    return _clause("All actors", text, f"with {text}{' together' if len(actors) > 1 else ''}", "actor__all")


def _roles(event_filter: EventFilter) -> Clause | None:
    if not (roles := event_filter.wanted.get("role")):
        return None
    text = join(named(Role.choices)(roles))
    return _clause("Role", text, f"in the role of {text}", "role")


def _evidence(event_filter: EventFilter) -> Clause | None:
    if not (kinds := event_filter.wanted.get("evidence")):
        return None
    words = join([EVIDENCE_WORDS[kind] for kind in kinds])
    return _clause("Evidence", join(named(EVIDENCE)(kinds)), words, "evidence")


def _period(event_filter: EventFilter) -> Clause | None:
    if not (event_filter.has_period or event_filter.certainly):
        return None
    text, mode = period_words(event_filter), "certainly" if event_filter.certainly else "possibly"
    return _clause("Period", f"{mode} {text}", f"{mode} {text}", "from", "to", "when")


def period_words(event_filter: EventFilter) -> str:
    first, last = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    if first and last:
        if first.text != last.text:
            return f"from {first.in_words} to {last.in_words}"
        return f"{'on' if first.is_day else 'in'} {first.in_words}"
    if first:
        return f"from {first.in_words} on"
    return f"until {last.in_words}" if last else "in any period"


def _known_by(event_filter: EventFilter) -> Clause | None:
    if not (day := event_filter.wanted.get("known_by")):
        return None
    words = f"on {day.in_words}" if day.is_day else f"at the end of {day.in_words}"
    return _clause("As known", words, f"as known {words}", "known_by")


def sentence(event_filter: EventFilter, total: int, *, with_order: bool = True) -> str:
    """Return "11 events, with Armenia, possibly in March 2022, oldest first"."""
    count = f"{total:,} event{'' if total == 1 else 's'}"
    order = [ORDER_WORDS[event_filter.order]] if with_order else []
    return ", ".join([count, *(clause.words for clause in _all_clauses(event_filter)), *order])


@dataclass(frozen=True, slots=True)
class AsKnown:
    when: str  # in words: "on 24 March 2022", "at the end of March 2022"
    query_today: str  # the same filter on today's record
    total_today: int


def as_known(event_filter: EventFilter, preset: str = "") -> AsKnown | None:
    """Return the day on which the filter wants the record as known; None: today. One query, none for today."""
    clause = next((clause for clause in clauses(event_filter, preset) if "known_by" in clause.names), None)
    if clause is None:
        return None
    return AsKnown(clause.value, clause.query_without, event_filter.without("known_by").events.count())
