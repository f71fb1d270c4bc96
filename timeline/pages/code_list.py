"""Every code that a column of the files may hold, with its label and what it means."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from timeline.evidence import codebook
from timeline.evidence.axes import Assertion, Basis, Contest, Form
from timeline.evidence.choices import Act, Credibility, QuoteState, Reliability, TurnKind
from timeline.evidence.support import Actuality, Claim, Support
from timeline.models import EventType
from timeline.models.actor import ActorKind
from timeline.models.briefing import BriefingKind
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.relation import RelationKind
from timeline.models.taxonomy import Category, Quad
from timeline.models.validators import Qualifier


class Code(NamedTuple):
    column: str  # "table.column" of a package
    value: str
    label: str
    definition: str  # empty: the label says it all
    claim: str = ""  # of a type of event
    plover: str = ""  # likewise, as PLOVER has it; empty: none


CHOICES = {  # column -> its values, and what is said of them
    "events.category": (Category, {}),
    "events.claim": (Claim, {}),
    "events.quad": (Quad, {}),
    "events.actuality": (Actuality, codebook.ACTUALITIES),
    "events.date_qualifier": (Qualifier, {}),
    "events.place_precision": (PlacePrecision, {}),
    "events.support": (Support, {}),
    "events.form": (Form, {}),
    "events.assertion": (Assertion, {}),
    "events.contest": (Contest, {}),
    "citations.act": (Act, codebook.ACTS),
    "citations.support": (Support, {}),
    "citations.state": (QuoteState, {}),
    "citations.turn_kind": (TurnKind, {}),
    "citations.basis": (Basis, {}),
    "citations.reliability": (Reliability, {}),
    "citations.credibility": (Credibility, {}),
    "participations.role": (Role, codebook.ROLES),
    "relations.kind": (RelationKind, {}),
    "briefings.kind": (BriefingKind, {}),
    "actors.kind": (ActorKind, {}),
}


def codes() -> Iterator[Code]:
    """Yield every code, types of event first. One query."""
    yield from map(_of_type, EventType.objects.order_by("slug"))
    for column, (choices, definitions) in CHOICES.items():
        yield from _of_choices(column, choices, definitions)


def _of_type(event_type: EventType) -> Code:
    plover = " ".join(filter(None, [event_type.plover_event, event_type.plover_mode]))
    definition = event_type.description
    return Code("events.type", event_type.slug, event_type.name, definition, event_type.claim, plover)


def _of_choices(column: str, choices: Iterable, definitions: Mapping) -> Iterator[Code]:
    for choice in choices:
        if str(choice.value):
            yield Code(column, str(choice.value), str(choice.label), definitions.get(choice.value, ""))
