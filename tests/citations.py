"""How tests make a citation and read it back."""

from tests import make
from timeline.models import Citation, Event

TEXT = (
    "QUESTION: Is the “line of contact” quiet – or not?\n\n"
    "MS PORTER: The ceasefire holds. It was agreed in\nNovember 2020. The ceasefire holds.\n\n"
    "QUESTION: Thank you."
)


def new_citation(**changes) -> Citation:
    fields = {"quote": "The ceasefire holds.", "act": "reports"} | changes
    fields.setdefault("event", make.event())
    fields.setdefault("briefing", make.briefing())
    return Citation(**fields)


def cite(quote: str, text: str = TEXT, **changes) -> Citation:
    """Return a citation of this text as the database holds it."""
    citation = make.citation(make.event(), make.briefing(text), quote=quote, **changes)
    return Citation.objects.get(pk=citation.pk)


def lose_quote(event: Event) -> None:
    """Leave the quote of an event's only citation in no text, as a change of the text does."""
    event.citations.update(state="missing", start=None, end=None)
    Event.objects.filter(pk=event.pk).refresh_evidence()
