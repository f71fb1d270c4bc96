"""The events of a package, and the rows that belong to them."""

from collections import defaultdict

from timeline.imports.events.bulk_table import Table
from timeline.imports.file_bytes import FileRefused
from timeline.models import (
    Actor,
    Conflict,
    DataSet,
    Event,
    EventRelation,
    EventType,
    Participation,
    Place,
)
from timeline.models.derived_columns import derive_event
from timeline.text.search_words import index_words

from .package_archive import validated
from .package_originals import OriginalTables


class EventTables(OriginalTables):
    """Loads events that no public id here is of, each with all that belongs to it."""

    def _events(self) -> None:
        listed = list(self._read("events"))
        self.all_events = dict(Event.objects.values_list("public_id", "pk"))
        new = [(line, row) for line, row in listed if row["public_id"] not in self.all_events]
        self.counts["events"] = (len(new), len(listed) - len(new))
        rows = [self._event(line, row) for line, row in new]
        keys = Table(Event, self.together).insert(rows)
        self.external = {
            key: (row["external_id"], data["data_set_id"]) for key, (_, row), data in zip(keys, new, rows, strict=True)
        }
        self.events = {row["public_id"]: key for row, key in zip(rows, keys, strict=True)}

    def _event(self, line: int, row: dict) -> dict:
        names: tuple[str, ...] = ("public_id", "title", "summary", "date_as_stated", "edtf", "date_note", "time_zone")
        names += (
            "deaths_low",
            "deaths_best",
            "deaths_high",
            "value_note",
            "actuality",
            "codebook_version",
            "place_precision",
        )
        made = {name: row[name] for name in names} | {"time_of_day": row["time_of_day"] or None}
        place = self._key(Place, row["place"], "events", line) if row["place"] else None
        event = validated(
            "events",
            line,
            Event(**made, place_id=place),
            "event_type",
            "start_earliest",
            "start_latest",
            "end_earliest",
            "end_latest",
            "sort_on",
        )
        try:
            event.clean()
        except Exception as error:
            raise FileRefused(f"events.csv, row {line}: {error}") from None
        return (
            made
            | derive_event(edtf=row["edtf"], title=row["title"], summary=row["summary"], country=self.countries[place])
            | {
                "event_type_id": self._type(line, row),
                "conflict_id": self._conflict(line, row) if row["conflict"] else None,
                "data_set_id": self._key(DataSet, row["data_set"], "events", line) if row["data_set"] else None,
                "place_id": place,
                "recorded_at": self._moment("events", line, row, "recorded_at"),
                "updated_at": self.moment,
                "status": "draft",
                "author_id": self.together.by,
                "revision": row["revision"] or 0,
                "revised_at": self._moment("events", line, row, "revised_at") if row["revised_at"] else None,
            }
        )

    def _type(self, line: int, row: dict) -> int:
        types = self.known[EventType]
        if row["type"] not in types:
            made = {"slug": row["type"], "name": row["type_name"]} | {
                name: row[name] for name in ("category", "claim", "quad")
            }
            validated("events", line, EventType(**made))
            words = dict.fromkeys(("search_text", "known_as"), index_words(row["type_name"]))
            self._know(EventType, [made], self._insert(EventType, [made | words]))
        self.premises.named[EventType].add(types[row["type"]])
        return types[row["type"]]

    def _conflict(self, line: int, row: dict) -> int:
        if row["conflict"] not in self.known[Conflict]:
            name = row["conflict_name"]
            conflict = {"slug": row["conflict"], "name": name, "search_text": index_words(name)}
            validated("events", line, Conflict(**conflict))
            self._know(Conflict, [conflict], self._insert(Conflict, [conflict]))
        return self.known[Conflict][row["conflict"]]

    def _participations(self) -> None:
        position: defaultdict[int, int] = defaultdict(int)
        rows = []
        for line, row in self._read("participations"):
            if event := self.events.get(row["event"]):
                validated(
                    "participations", line, Participation(role=row["role"], office=row["office"]), "event", "actor"
                )
                actor = self._key(Actor, row["actor"], "participations", line)
                rows.append(
                    {
                        "event_id": event,
                        "actor_id": actor,
                        "role": row["role"],
                        "office": row["office"],
                        "position": position[event],
                    }
                )
                position[event] += 1
        Table(Participation, self.together).insert(rows)

    def _relations(self) -> None:
        known = self.all_events | self.events
        rows = []
        for line, row in self._read("relations"):
            first, second = known.get(row["from_event"]), known.get(row["to_event"])
            if first and second and {row["from_event"], row["to_event"]} & self.events.keys():
                validated(
                    "relations", line, EventRelation(kind=row["kind"], note=row["note"]), "from_event", "to_event"
                )
                rows.append(
                    {
                        "from_event_id": first,
                        "kind": row["kind"],
                        "to_event_id": second,
                        "citation_id": self.citations.get(row["citation"]),
                        "note": row["note"],
                    }
                )
        self.tied = rows
