"""An event as a file states it, whatever the format. Texts are empty, and values None, where nothing is stated.

The options of one import.
"""

from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from django.contrib.auth.models import User

from timeline.imports.doubts import Mark
from timeline.models import DataSet, ImportedEvent
from timeline.text.unseen import clean_line, clean_lines


class NamedActor(NamedTuple):
    name: str
    kind: str = "organisation"  # of an actor to be made
    scheme: str = ""  # of an external id; empty: the file has none
    value: str = ""
    slug: str = ""  # of our own; empty: the file has none
    state: str = ""  # name of the state that it belongs to where it is made; empty: none that the file names


class NamedPlace(NamedTuple):
    name: str
    country: str = ""  # ISO 3166-1
    latitude: str | None = None  # degrees, six decimals
    longitude: str | None = None
    precision: str = ""  # of the event; where one name stands for several areas, it tells them apart (see name_of)
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
    published: str = ""  # EDTF of a day, a month or a year; empty: not known
    url: str = ""  # empty: that of the data set
    act: str = "reports"
    note: str = ""
    briefing: str = ""
    listed_day: str = (
        ""  # the day as a data set has it, where that can be no day: it stays a part of the document's identity
    )

    @property
    def cleaned(self) -> "Source":
        """Return it without characters that cannot be seen, but for its quote, which is in the words of the source."""
        named = self.publisher and self.publisher._replace(name=clean_line(self.publisher.name))
        return self._replace(title=clean_line(self.title), publisher=named, note=clean_line(self.note))


@dataclass(slots=True)
class EventRecord:
    row: int  # where it is in the file
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
    conflict: str = ""  # name of the conflict
    low: int | None = None
    best: int | None = None
    high: int | None = None
    actors: tuple[ActorPart, ...] = ()
    sources: tuple[Source, ...] = ()
    remarks: tuple[str, ...] = ()  # how the row was understood, for who brings the file in
    marks: tuple[Mark, ...] = ()  # of the doubts that were accepted; the reader writes them into the summary

    def clean(self) -> None:
        """Leave out characters that cannot be seen, in what is no quote, and say so in a remark."""
        before = self._texts()
        for name in LINES:
            setattr(self, name, clean_line(getattr(self, name)))
        self.summary = clean_lines(self.summary)
        self.place = self.place and self.place._replace(name=clean_line(self.place.name))
        self.actors = tuple(
            ActorPart(part.actor._replace(name=clean_line(part.actor.name)), part.role, clean_line(part.office))
            for part in self.actors
        )
        self.sources = tuple(source.cleaned for source in self.sources)
        if self._texts() != before:
            self.remarks += ("Characters that cannot be seen were left out.",)

    def _texts(self) -> tuple:
        return (*(getattr(self, name) for name in LINES), self.summary, self.place, self.actors, self.sources)


LINES = ("title", "date_as_stated", "date_note", "conflict")


@dataclass(slots=True)
class Options:
    path: Path
    file_name: str
    format: ModuleType
    data_set: DataSet | None  # not stored yet: it is made with the import. None: a package or a table of our own
    publish: bool = False  # events that have a date and evidence become public at once
    overwrite: bool = False  # the file wins over the work of editors
    skip_refused: bool = False  # rows that are wrong are left out; else nothing is written
    accept: frozenset[str] = frozenset()  # kinds of doubts (imports.doubts.KINDS) that are taken with a mark
    may_change_public: bool = True  # whether published events may be changed
    actor_matches: dict[str, str] = field(default_factory=dict)  # name in the file -> slug of the actor it stands for
    # Name in the file, or name and precision -> slug of the place it stands for
    place_matches: dict[str, str] = field(default_factory=dict)
    by: User | None = None  # None: a command of the site's owner
    reason: str = ""  # of changes by a table of our own, which readers see; empty: it was not given yet
    change_class: str = ""  # what kind of change they are, likewise

    @property
    def place_name_scheme(self) -> str:
        """Return the scheme of external ids under which names of places in the data set are stored."""
        return f"name-{self.data_set.slug}"[:40] if self.data_set else ""

    def imported(self):
        """Return what was imported of the data set before; nothing of one that is not stored yet. No query."""
        if self.data_set and not self.data_set.pk:
            return ImportedEvent.objects.none()
        return ImportedEvent.objects.of_data_set(self.data_set.pk if self.data_set else None)
