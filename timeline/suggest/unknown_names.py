"""The names in a text that are those of no actor, by how often they occur: what a coder may want to add first.

Two kinds. Names of the table of states and organisations, with their adjectives: who that is, is known. And two or more words
with capitals that occur twice, or words behind a title: who that is, a person says. Words that only begin a sentence, offices
without a name, days and months are none.
"""

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .actor_names import NO_NAMES, TITLES, ActorMention, KnownActor, KnownActors
from .actor_table import ListedActor, listed_actors

MOST = 20  # names
LEAST = 2  # times that a name which nobody has listed occurs
_WORD = r"[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_CAPITALS = re.compile(rf"(?<![\w’'-]){_WORD}(?: (?:(?:al|bin|de|el|of|van|von|ibn) )?{_WORD})+(?![\w-])")
_TITLED = re.compile(rf"\b(?P<title>Mr|Mrs|Ms|Dr|Gen)\. (?P<name>{_WORD})(?![\w-])(?! {_WORD})")
_NOT_ALONE = frozenset(  # words with capitals that make no name, however many of them
    ["Acting", "Adviser", "Advisor", "Affairs", "Assistant", "Attorney", "Chief", "Congress", "Congressional", "Congressman", "Congresswoman", "Coordinator", "Counsel", "Defense", "Deputy", "Director", "Executive", "Federal", "First", "Foreign", "Former", "Good", "Great", "Hello", "Her", "His", "Honorable", "House", "Joint", "Lady", "Lord", "Madam", "Majesty", "Member", "Members", "Ministry", "My", "National", "New", "Next", "No", "Now", "Office", "Okay", "Order", "Our", "Party", "Please", "Presidency", "Press", "Prime", "Public", "Right", "Royal", "Security", "Senate", "Sir", "So", "Special", "Spokesman", "Spokesperson", "Spokeswoman", "State", "Staff", "Supreme", "Thank", "Thanks", "Their", "These", "They", "This", "Those", "Treasury", "Twitter", "Under", "Vice", "We", "Welcome", "Well", "White", "Yes", "You", "Your", "I", "A", "An", "He", "She", "Are", "Can", "Could", "Do", "Let", "Look", "Not", "There", "Who", "Why", "Highness", "Excellency", *calendar.day_name, *calendar.month_name, "Christmas", "Easter"]
) | {word.capitalize() for word in NO_NAMES}  # fmt: skip


_POLITE = ("Mr", "Mrs", "Ms")
TitledName = tuple[str, str]  # "President", or "" without a title; the name


@dataclass(frozen=True, slots=True)
class UnknownName:
    name: str  # in the table, or as it stands in the text
    count: int  # how often it is named
    listed: ListedActor | None  # None: the table does not know it


def unknown_names(paragraphs: Iterable[str], known: KnownActors) -> list[UnknownName]:
    """Return at most MOST names, the most frequent first. No query."""
    listed_counts, name_counts = Counter[ListedActor](), Counter[TitledName]()
    for paragraph in paragraphs:
        words = " ".join(paragraph.split())
        words = _without(words, known.find(words))
        mentions = _listed_names().find(words)
        listed_counts.update(listed_actors()[mention.actor.pk] for mention in mentions)
        name_counts.update(_written_names(_without(words, mentions)))
    entered = known.states()
    names = [
        UnknownName(listed.name, count, listed)
        for listed, count in listed_counts.items()
        if not _is_entered(listed, known, entered)
    ]
    names += [UnknownName(name, count, None) for name, count in _whole_names(name_counts).items() if count >= LEAST]
    return sorted(names, key=lambda unknown: (-unknown.count, unknown.name))[:MOST]


@cache
def _listed_names() -> KnownActors:
    """Return the table as names to look for; the primary key of each is its place in the table."""
    return KnownActors(
        KnownActor(place, listed.name, listed.kind, listed.country, listed.other_names)
        for place, listed in enumerate(listed_actors())
    )


def _is_entered(listed: ListedActor, known: KnownActors, states: set[str]) -> bool:
    if listed.kind == "state" and listed.country in states:
        return True
    return any(known.by_name(name) for name in (listed.name, *listed.other_names))


def _without(words: str, mentions: list[ActorMention]) -> str:
    """Return the text with a mark in the place of each name, which no name goes over."""
    for mention in reversed(mentions):
        words = f"{words[: mention.start]}#{words[mention.end :]}"
    return words


def _written_names(words: str) -> Iterator[TitledName]:
    for match in _CAPITALS.finditer(words):
        if named := _bare(match[0]):
            yield named
    for match in _TITLED.finditer(words):
        if (name := _without_s(match["name"])) not in _NOT_ALONE | TITLES:
            yield match["title"], name


def _without_s(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")


def _bare(words_with_capitals: str) -> TitledName | None:
    """Return the title before a name, "" without one, and the name; None where no name of two words is left, nor a single one
    behind a title."""
    words, title = [_without_s(word) for word in words_with_capitals.split()], ""
    while words and words[0] in TITLES | _NOT_ALONE:
        title = words[0] if words[0] in TITLES else title
        words.pop(0)
    if len(words) == 1 and title:
        return title, words[0]
    is_name = len(words) > 1 and words[0][:1].isupper() and not TITLES & {*words} and not {*words} <= _NOT_ALONE
    return (title, " ".join(words)) if is_name else None


def _whole_names(counts: Counter[TitledName]) -> Counter[str]:
    """Return the counts of names. "President Putin" counts for "President Vladimir Putin" where one name alone ends so behind this
    title, and "Mr. Sullivan" where one alone ends so behind any; else another of the family may be meant. "Later Ada Quill" counts
    for "Ada Quill"."""
    names, whole = {name for _, name in counts}, Counter[str]()
    for (title, name), count in counts.items():
        longer = {other for behind, other in counts if title and other.endswith(f" {name}")}
        if title not in _POLITE:
            longer = {other for other in longer if (title, other) in counts}
        shorter = name.partition(" ")[2]
        if " " in shorter and shorter in names:
            name = shorter
        whole[longer.pop() if len(longer) == 1 else name] += count
    return whole
