"""An event as a file states it, whatever the format. Texts are empty, and values None, where nothing is stated."""

from dataclasses import dataclass
from typing import NamedTuple


class NamedActor(NamedTuple):
    name: str
    kind: str = "organisation"  # of an actor to be made
    scheme: str = ""  # of an external id; empty: the file has none
    value: str = ""
    slug: str = ""  # of our own; empty: the file has none


class NamedPlace(NamedTuple):
    name: str
    country: str = ""  # ISO 3166-1
    latitude: str | None = None  # degrees, six decimals
    longitude: str | None = None
    precision: str = "exact"
    scheme: str = ""
    value: str = ""
    slug: str = ""


class ActorPart(NamedTuple):
    actor: NamedActor
    role: str
    office: str = ""


class Source(NamedTuple):
    """A source document and what it says; `briefing` names one that is stored already, by slug."""

    quote: str
    title: str = ""
    publisher: NamedActor | None = None  # None: the publisher of the data set
    published_on: str = ""  # ISO day; empty: not known
    url: str = ""  # empty: that of the data set
    act: str = "reports"
    note: str = ""
    briefing: str = ""
    listed_day: str = (
        ""  # the day as a data set has it, where that can be no day: it stays a part of the document's identity
    )


@dataclass(slots=True)
class EventRecord:
    row: int  # where it stands in the file
    external_id: str
    title: str
    type: str  # slug
    edtf: str
    summary: str = ""
    date_as_stated: str = ""
    date_note: str = ""
    time_of_day: str = ""  # HH:MM:SS
    time_zone: str = ""
    place: NamedPlace | None = None
    conflict: str = ""  # name of the dossier
    low: int | None = None
    best: int | None = None
    high: int | None = None
    actors: tuple[ActorPart, ...] = ()
    sources: tuple[Source, ...] = ()
