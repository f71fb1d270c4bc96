"""How an event is known, on axes that are kept apart: each from the citations that the reader may see.

What readers see of an event: whether it happened, and on each axis how that is known.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Q

from .choices import VERIFIED_STATES, Act
from .support import Actuality, Support


class Form(models.TextChoices):
    """In which form the best of its sources is known."""

    QUOTE = "quote", "quote matched in the stored text"
    SOURCE = "source", "source named, text not stored"
    DATA_SET = "data_set", "recorded by a data set"


class Assertion(models.TextChoices):
    """How the best of its sources asserts it."""

    FIRST_HAND = "first_hand", "first-hand"
    NOT_TOLD = "not_told", "asserted, basis not stated"
    HEARSAY = "hearsay", "hearsay"
    PRESUPPOSED = "presupposed", "taken for granted"
    QUESTION = "question", "asserted in a question alone"
    NONE = "none", "not asserted"


class Contest(models.TextChoices):
    """Whether a source speaks against it."""

    DENIED = "denied", "denied"
    DISPUTED = "disputed", "disputed"
    NONE = "none", "not contested"


class Basis(models.TextChoices):
    """How a speaker knows what he says; empty: the text does not say."""

    FIRST_HAND = "first_hand", "first-hand: the speaker or the institution did or saw it"
    HEARSAY = "hearsay", "hearsay: passes on what another said or did"


class Cited(NamedTuple):
    """What the axes ask of a citation."""

    act: str
    support: str
    basis: str
    state: str
    is_listed: bool  # its briefing is a source that a data set lists
    source: int  # whose report it is: the origin of its briefing, else the publisher

    @property
    def is_counted(self) -> bool:
        """Return whether it speaks for its event outside a question."""
        return self.support in COUNTED


class Level(NamedTuple):
    """A value of an axis, and which citations reach it; an event has the first value that one of its citations reaches."""

    reached: str
    condition: Q  # of a citation
    holds: Callable[[Cited], bool]  # the same in Python


COUNTED = (Support.SUPPORTS, Support.PRESUPPOSES)  # as a source of the event
_ASSERTING = (*COUNTED, Support.ASKED)
_SUPPORTING = Q(support=Support.SUPPORTS)


def _gives(support: Support) -> Callable[[Cited], bool]:
    return lambda cited: cited.support == support


def _supports_by(basis: str) -> Callable[[Cited], bool]:
    return lambda cited: cited.support == Support.SUPPORTS and cited.basis == basis


def _opposes_by(act: Act) -> Callable[[Cited], bool]:
    return lambda cited: cited.support == Support.AGAINST and cited.act == act


SUPPORT = [
    Level(support, Q(support=support), _gives(support))
    for support in (Support.SUPPORTS, Support.PRESUPPOSES, Support.ASKED)
]
FORM = [
    Level(
        Form.QUOTE,
        Q(support__in=_ASSERTING, state__in=VERIFIED_STATES),
        lambda cited: cited.support in _ASSERTING and cited.state in VERIFIED_STATES,
    ),
    Level(
        Form.SOURCE,
        Q(support__in=_ASSERTING) & ~Q(briefing__kind="data_record"),
        lambda cited: cited.support in _ASSERTING and not cited.is_listed,
    ),
    Level(Form.DATA_SET, Q(support__in=_ASSERTING), lambda cited: cited.support in _ASSERTING),
]
ASSERTION = [
    *(
        Level(
            reached,
            _SUPPORTING & Q(basis=basis),
            _supports_by(basis),
        )
        for reached, basis in (
            (Assertion.FIRST_HAND, Basis.FIRST_HAND),
            (Assertion.NOT_TOLD, ""),
            (Assertion.HEARSAY, Basis.HEARSAY),
        )
    ),
    Level(Assertion.PRESUPPOSED, Q(support=Support.PRESUPPOSES), _gives(Support.PRESUPPOSES)),
    Level(Assertion.QUESTION, Q(support=Support.ASKED), _gives(Support.ASKED)),
]
CONTEST = [
    Level(
        reached,
        Q(support=Support.AGAINST, act=act),
        _opposes_by(act),
    )
    for reached, act in ((Contest.DENIED, Act.DENIES), (Contest.DISPUTED, Act.DISPUTES))
]
# axis -> its levels, the best first, and the value where no citation reaches one
AXES: dict[str, tuple[list[Level], str]] = {
    "support": (SUPPORT, Support.NOTHING),
    "form": (FORM, ""),
    "assertion": (ASSERTION, Assertion.NONE),
    "contest": (CONTEST, Contest.NONE),
}


def axes_of(citations: Iterable[Cited]) -> dict[str, str | int]:
    """Return the value of each axis and `source_count`, as EventQuerySet.refresh_evidence has them in the database."""
    cited = list(citations)
    values = {
        axis: next((level.reached for level in levels if any(map(level.holds, cited))), otherwise)
        for axis, (levels, otherwise) in AXES.items()
    }
    return values | {"source_count": len({each.source for each in cited if each.support in COUNTED})}


def derive_evidence(citations: Iterable[tuple[Cited, str | dt.date | None]]) -> dict:
    """Return what public citations say for an event, as EventQuerySet.refresh_evidence finds it in the database.
    `citations`: each with the day of its briefing, empty where that is not known."""
    pairs = list(citations)
    days = [day for _, day in pairs if day]
    supporting = sum(cited.support != Support.AGAINST for cited, _ in pairs)
    axes = axes_of(cited for cited, _ in pairs)
    return {"supporting_count": supporting, "first_reported_on": min(days, default=None)} | axes


UNSUPPORTED = "Under review: no source here supports this under the codebook’s rules."
ONLY_ASKED = "Asserted in a question alone; no source stored here confirms it."

_DATED: dict[str, str] = {
    Actuality.ANNOUNCED: "announced for {}",
    Actuality.DID_NOT_OCCUR: "did not happen: {}",
    Actuality.UNCLEAR: "unclear whether it happened: {}",
}
_FORMS: dict[str, str] = {
    Form.QUOTE: "quote matched in our stored text",
    Form.SOURCE: "source named, text not stored",
    Form.DATA_SET: "recorded by {}",
}
_CAVEATS: dict[str, str] = {
    Assertion.QUESTION: ONLY_ASKED,
    Assertion.PRESUPPOSED: "Taken for granted by what is cited, not reported there.",
    Assertion.HEARSAY: "Known by hearsay alone.",
}
_CONTESTED: dict[str, str] = {Contest.DENIED: "A source denies it.", Contest.DISPUTED: "A source disputes it."}


def dated_claim(actuality: str, date: str) -> str:
    """Return the date in words; of what is not known to have happened that first: "announced for 1 June 2022"."""
    return _DATED.get(actuality, "{}").format(date)


@dataclass(frozen=True, slots=True)
class HowKnown:
    """The axes of an event by the citations that a reader sees, in words. `data_set`: its name; empty: entered here."""

    actuality: str
    support: str
    form: str
    assertion: str
    contest: str
    source_count: int
    data_set: str = ""

    @property
    def is_supported(self) -> bool:
        """Return whether the codebook lets these citations stand for it; what is unclear claims nothing."""
        return self.is_asserted or self.actuality == Actuality.UNCLEAR

    @property
    def is_asserted(self) -> bool:
        """Return whether a source asserts it outside a question: only then is there a sign beside a matched quote."""
        return self.support in (Support.SUPPORTS, Support.PRESUPPOSES)

    @property
    def form_words(self) -> str:
        return _FORMS[self.form].format(self.data_set or "a data set") if self.form else "no source supports it"

    @property
    def assertion_words(self) -> str:
        return Assertion(self.assertion).label

    @property
    def contest_words(self) -> str:
        return Contest(self.contest).label

    @property
    def source_words(self) -> str:
        if self.source_count > 1:
            return f"{self.source_count} independent sources"
        if self.source_count:
            return "1 source"
        return f"no source asserts it{' outside a question' if self.assertion == Assertion.QUESTION else ''}"

    @property
    def caveats(self) -> list[str]:
        """Return in whole sentences what must be known before the event is believed; empty: nothing."""
        caveat = _CAVEATS.get(self.assertion, "") if self.is_supported else UNSUPPORTED
        return [sentence for sentence in (caveat, _CONTESTED.get(self.contest, "")) if sentence]
