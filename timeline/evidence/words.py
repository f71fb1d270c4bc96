"""What readers are told of an event: whether it happened, and on each axis how that is known."""

from dataclasses import dataclass

from .axes import Assertion, Contest, Form
from .support import Actuality, Support

UNSUPPORTED = "No source here supports this by the codebook: under review."
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
        """Return whether a source asserts it outside a question: only then does a sign stand beside a matched quote."""
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
