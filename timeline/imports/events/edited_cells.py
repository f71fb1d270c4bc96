"""What a changed cell of our own table stands for: the value that the event would take. Nothing that is new here is made."""

import re
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError

from timeline.dates import reader
from timeline.evidence.support import Actuality
from timeline.exports.columns import SEPARATOR
from timeline.models import Event, Participation
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.publication import Status
from timeline.text.folding import fold

from .matching import KnownRows
from .snapshot import COLUMNS, State

EDITABLE = {  # column of the table -> part of the event
    "title": "title",
    "summary": "summary",
    "date_as_stated": "date_as_stated",
    "edtf": "edtf",
    "date_note": "date_note",
    "time_of_day": "time_of_day",
    "time_zone": "time_zone",
    "type": "type",
    "actuality": "actuality",
    "actors": "actors",
    "place": "place",
    "place_precision": "place_precision",
    "conflict": "conflict",
    "deaths_low": "low",
    "deaths_best": "best",
    "deaths_high": "high",
    "value_note": "value_note",
}
COLUMN_OF = {part: column for column, part in EDITABLE.items()}
FIELDS = {  # part of the event -> its field, which knows the rules of entered events
    **{part: COLUMNS.get(part, part) for part in COLUMN_OF if part not in ("type", "actors", "place", "conflict")}
}
CODES = {"place_precision": PlacePrecision.values, "role": Role.values}  # of fields that take certain codes alone
_PART = re.compile(r"(?P<who>.+?)\s*\[(?P<role>\w+)\]")
_COUNT = re.compile(r"(\d{1,10})(?:[.,]0)?")


class CellReader:
    """The cells of one file; names are those of rows that are stored. Each reading raises ValueError with what would be right."""

    def __init__(self, known: KnownRows):
        self.known = known
        self._read: dict[str, Callable[[str], object]] = {
            "edtf": lambda text: reader.read(text) if text else "",
            "time_of_day": lambda text: f"{text}:00" if re.fullmatch(r"\d\d:\d\d", text) else text,
            "type": self._type,
            "actuality": _actuality,
            "place": lambda text: self._named(text, known.places, "place"),
            "conflict": lambda text: self._named(text, known.conflicts, "conflict"),
            "deaths_low": _count,
            "deaths_best": _count,
            "deaths_high": _count,
        }

    def value(self, column: str, text: str) -> object:
        """Return the value of a part of the event, as its state has it (see snapshot)."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        return self._read.get(column, str)(text)

    def actors(self, text: str, stored: Iterable[tuple[str, list]]) -> list[list]:
        """Return who takes part. `stored`: each as the table writes it, with its values, which stay."""
        known = dict(stored)
        written = [part for part in map(str.strip, text.split(SEPARATOR.strip())) if part]
        parts = [known.get(part) or self._part(part) for part in written]
        if len({(actor, role) for actor, role, _ in parts}) < len(parts):
            raise ValueError("An actor is listed here twice in the same role.")
        return parts

    def _part(self, written: str) -> list:
        """Return actor, role and office. Name and office may have commas: the longest name that is known counts."""
        match = _PART.fullmatch(written)
        if match is None:
            raise ValueError("Write each actor as “Name [role]” or “Name, office [role]”, separated by “ ‖ ”.")
        pieces = match["who"].split(",")
        for count in range(len(pieces), 0, -1):
            name, office = ",".join(pieces[:count]).strip(), ",".join(pieces[count:]).strip()
            if (actor := self._actor(name)) is not None:
                return [actor, _role(match["role"], office), office]
        raise ValueError(f"There is no actor “{match['who']}”.{self._near(self.known.actors, match['who'])}")

    def _actor(self, name: str) -> int | None:
        folded = fold(name)
        actors = self.known.actors.by_name.get(folded) or self.known.actors.by_alias.get(folded) or set()
        if len(actors) > 1:
            raise ValueError(f"{len(actors)} actors are called “{name}”. Change this event in the admin.")
        return next(iter(actors), None)

    def _type(self, slug: str) -> int:
        if slug not in self.known.types:
            raise ValueError(f"There is no such type. Known: {', '.join(sorted(self.known.types))}.")
        return self.known.types[slug]

    def _named(self, name: str, known, noun: str) -> int | None:
        """Return the row of that name, or slug; None: the cell is empty."""
        if not name:
            return None
        keys = {row[0] if isinstance(row, tuple) else row for row in _rows(known.by_name.get(fold(name)))}
        if len(keys) > 1:
            raise ValueError(f"{len(keys)} are called “{name}”. Write the slug of the one that is meant.")
        if keys or name in known.by_slug:
            return keys.pop() if keys else known.by_slug[name]
        near = self._near(known, name) if hasattr(known, "near") else ""
        raise ValueError(f"There is no {noun} “{name}”. Add it first, or write one that is there.{near}")

    def _near(self, known, name: str) -> str:
        near = known.near(name).near
        return f" Near: {', '.join(other for _, other in near)}." if near else ""


def _rows(rows) -> Iterable:
    return rows if isinstance(rows, list) else [] if rows is None else [rows]


def _role(role: str, office: str) -> str:
    try:
        Participation(role=role, office=office).clean_fields(exclude=["event", "actor", "position"])
    except ValidationError as error:
        raise ValueError(" ".join(_words(*part) for part in error.error_dict.items())) from None
    return role


def _words(name: str, errors: list[ValidationError]) -> str:
    """Return what is wrong with a field; where it takes certain codes, which those are."""
    if name in CODES and any(error.code == "invalid_choice" for error in errors):
        return f"Choose one of {', '.join(CODES[name])}."
    return " ".join(message for error in errors for message in error.messages)


def _actuality(text: str) -> str:
    if text not in Actuality.values:
        raise ValueError(f"Choose one of {', '.join(Actuality.values)}.")
    return text


def _count(text: str) -> int | None:
    if not text:
        return None
    if (match := _COUNT.fullmatch(text)) and (count := int(match[1])) < 1 << 31:
        return count
    raise ValueError("Write a whole number from 0 on, or nothing.")


def broken_rules(state: State) -> dict[str, str]:
    """Return what an editor could not have entered either, by column; empty: nothing."""
    values = {field: state[part] for part, field in FIELDS.items()}
    others = {"time_of_day": state["time_of_day"] or None, "place_id": state["place"], "status": Status.PUBLISHED}
    event = Event(**values | others)
    try:
        event.clean_fields(exclude=[field.name for field in Event._meta.fields if field.name not in FIELDS.values()])
        event.clean()
    except ValidationError as error:
        columns = {field: COLUMN_OF[part] for part, field in FIELDS.items()}
        return {columns[name]: _words(name, errors) for name, errors in error.error_dict.items()}
    return {}
