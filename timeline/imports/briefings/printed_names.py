"""The names of persons as a document prints them: in full, under which titles, and who else has the same surname."""

import re
from functools import cached_property

from timeline.text.folding import fold


def word_set(names: str) -> frozenset[str]:
    return frozenset(names.split())


COURTESY = word_set("mr mrs ms miss dr prof professor")
TITLES = COURTESY | word_set(
    """president vice prime foreign minister secretary deputy under assistant acting ambassador administrator admiral general
    colonel director chair chairman chairwoman commissioner representative senator congressman congresswoman governor mayor
    chancellor adviser advisor envoy spokesperson spokesman spokeswoman surgeon attorney press"""
)
_WITHIN_TITLES = word_set("of state the for and affairs defense defence")  # "Secretary of State Antony Blinken"
_SENTENCE_OPENERS = word_set(
    """after against also although an and as asked at because before both but by can could did do does during even for from had
    has have how however if in is it its just like may might neither nor not now of on only or our over perhaps said says since so
    some still such than that the their then there these they this those though through to today told under until was we were what
    when where whether which while who why will with without would yesterday yet"""
)


def titles_before(words: list[str]) -> set[str]:
    """Return the titles at the end of these folded words, what belongs to them passed over."""
    titles: set[str] = set()
    for word in reversed(words):
        if word in TITLES:
            titles.add(word)
        elif word not in _WITHIN_TITLES:
            break
    return titles


class PrintedNames:
    """Looks names up in the title and the text of one document; a name is given as its folded words."""

    def __init__(self, document: str):
        self._document = document

    @cached_property
    def _folded(self) -> str:
        return fold(self._document)

    def has(self, full_name: list[str]) -> bool:
        return f" {' '.join(full_name)} " in self._folded

    def titles_of(self, full_name: list[str]) -> set[str]:
        """Return the titles right before the name, wherever it is printed."""
        before = re.finditer(rf"((?: [^ ]+){{1,8}}) (?={re.escape(' '.join(full_name))} )", self._folded)
        return set().union(*(titles_before(match[1].split()) for match in before))

    def given_names(self, surname: str) -> set[str]:
        """Return the words right before a surname that are no titles and are never printed in small letters: given names, as
        far as spelling tells. A rare word that begins a sentence may be among them."""
        before = {match[1] for match in re.finditer(rf" ([^ ]{{2,}}) (?={re.escape(surname)} )", self._folded)}
        return {word for word in before - TITLES - _SENTENCE_OPENERS if not self._is_printed_small(word)}

    def _is_printed_small(self, word: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._document) is not None
