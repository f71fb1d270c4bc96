"""The events of a package, and the rows that belong to them."""

import datetime as dt
from collections import defaultdict

from django.db import connection

from timeline.evidence.choices import QuoteState
from timeline.imports.events.bulk_table import Table
from timeline.imports.file_bytes import FileRefused
from timeline.models import (
    Actor,
    Briefing,
    Citation,
    Conflict,
    DataSet,
    Event,
    EventRelation,
    EventType,
    Participation,
    Place,
)
from timeline.models.derived_columns import derive_event, derive_search
from timeline.text.search_words import index_words

from .archive import validated
from .package_related import RelatedTables

# Of words that are found in an earlier text alone, which packages do not carry
MISSING = {"state": QuoteState.MISSING, "start": None, "end": None, "turn_kind": "", "found_from": None}


class EventTables(RelatedTables):
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
                "event_type_id": self._type(row),
                "conflict_id": self._conflict(row) if row["conflict"] else None,
                "data_set_id": self._key(DataSet, row["data_set"], "events", line) if row["data_set"] else None,
                "place_id": place,
                "recorded_at": self._db(row["recorded_at"]),
                "updated_at": self.moment,
                "status": "draft",
                "author_id": self.together.by,
                "revision": row["revision"] or 0,
                "revised_at": self._db(row["revised_at"]) if row["revised_at"] else None,
            }
        )

    @staticmethod
    def _db(text: str):
        return connection.ops.adapt_datetimefield_value(parse_datetime(text))

    def _type(self, row: dict) -> int:
        types = self.known[EventType]
        if row["type"] not in types:
            types[row["type"]] = EventType.objects.create(
                slug=row["type"],
                name=row["type_name"],
                category=row["category"],
                claim=row["claim"],
                quad=row["quad"],
            ).pk
        return types[row["type"]]

    def _conflict(self, row: dict) -> int:
        if row["conflict"] not in self.known[Conflict]:
            name = row["conflict_name"]
            conflict = {"slug": row["conflict"], "name": name, "search_text": index_words(name)}
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

    def _citations(self) -> None:
        names: tuple[str, ...] = (
            "public_id",
            "act",
            "quote",
            "prefix",
            "suffix",
            "start",
            "end",
            "state",
            "turn_kind",
            "date_as_stated",
        )
        names += ("edtf", "basis", "deaths_low", "deaths_best", "deaths_high", "reliability", "credibility")
        names += ("note", "position")
        rows = []
        for line, row in self._read("citations"):
            if not (event := self.events.get(row["event_public_id"])):
                continue
            made = {name: row[name] for name in names}
            briefing = self._key(Briefing, row["briefing"], "citations", line)
            speaker = self._key(Actor, row["speaker"], "citations", line) if row["speaker"] else None
            validated("citations", line, Citation(**made), "event", "briefing", "start", "end")
            rows.append(
                made
                | {
                    "event_id": event,
                    "briefing_id": briefing,
                    "speaker_id": speaker,
                    "place_id": self._key(Place, row["place"], "citations", line) if row["place"] else None,
                    "found_from": self._db(row["in_text_from"]) if row["in_text_from"] else None,
                }
                | (MISSING if row["in_text_until"] else {})
                | derive_search(row["quote"])
            )
        self._check_quotes(rows)
        keys = Table(Citation, self.together).insert(rows)
        self.citations = {row["public_id"]: key for row, key in zip(rows, keys, strict=True)}

    def _check_quotes(self, rows: list[dict]) -> None:
        """Refuse a quote that does not occur where the package says. One briefing's text at a time is in memory."""
        by_briefing = defaultdict(list)
        for row in rows:
            by_briefing[row["briefing_id"]].append(row)
        for briefing, cited in by_briefing.items():
            text = Briefing.objects.values_list("text", flat=True).get(pk=briefing)
            for row in cited:
                if row["start"] is not None and text[row["start"] : row["end"]] != row["quote"]:
                    raise FileRefused(
                        f"citations.csv: the quote of {row['public_id']} is not where it says in its briefing."
                    )
                if (
                    row["start"] is None
                    and row["state"] not in ("missing", "no_text")
                    or (text and row["state"] == "no_text")
                ):
                    raise FileRefused(
                        f"citations.csv: {row['public_id']} is “{row['state']}”, and its briefing says otherwise."
                    )

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
        Table(EventRelation, self.together).insert(rows)


def parse_datetime(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
