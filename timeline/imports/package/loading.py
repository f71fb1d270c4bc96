"""Loads a package in one transaction. Rows that are known by slug or public id stay as they are."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from timeline.exports.columns import SEPARATOR
from timeline.exports.package import TABLES
from timeline.folding import fold
from timeline.imports.events.rows import _derived
from timeline.imports.events.stored import as_they_stand, packed
from timeline.imports.events.writing import Table, Together
from timeline.imports.events.writing.table import ranges
from timeline.imports.file_bytes import sha256
from timeline.imports.refusals import FileRefused
from timeline.models import (
    Actor,
    ActorAlias,
    ActorAncestor,
    Briefing,
    BriefingSpeaker,
    Citation,
    Conflict,
    DataRevision,
    DataSet,
    Event,
    EventRelation,
    EventType,
    ImportBatch,
    ImportedEvent,
    Participation,
    Place,
    PublicRevision,
)
from timeline.parts import NO_EVENT, part_of

from .archive import unpacked
from .rows import checked, labels, read

NAMED = {table.name: table for table in TABLES}
RULE = {"start", "end", "state", "turn_kind", "prefix", "suffix"}


@dataclass
class Loaded:
    batch: ImportBatch
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)  # table -> (made, known already)


class _DryRun(Exception):
    pass


def load(path: Path, *, publish: bool = False, by: User | None = None, dry: bool = False) -> Loaded:
    """Bring a package in; `dry`: say what would be made, and write nothing. Raises FileRefused."""
    with unpacked(path) as (folder, described):
        loading = Loading(folder, described, publish, by)
        try:
            with transaction.atomic():
                found = loading.load(path)
                if dry:
                    raise _DryRun
        except _DryRun:
            pass
    return found


class Loading:
    def __init__(self, folder: Path, described: dict, publish: bool, by: User | None):
        self.folder, self.described, self.publish, self.by = folder, described, publish, by
        self.known = {
            model: dict(model.objects.values_list("slug", "pk"))
            for model in (Actor, Place, Briefing, Conflict, EventType, DataSet)
        }
        self.events: dict[str, int] = {}  # made now, by public id
        self.citations: dict[str, int] = {}
        self.made: dict[str, list[int]] = defaultdict(list)
        self.counts: dict[str, tuple[int, int]] = {}

    def load(self, path: Path) -> Loaded:
        at = timezone.now()
        self.batch = ImportBatch.objects.create(
            format="datapackage",
            file_name=path.name[-255:],
            sha256=sha256(path),
            rows=0,
            by=self.by,
            at=at,
            publish=self.publish,
        )
        self.together = Together(at, str(self.batch), self.by.pk if self.by else None)
        self.moment = self.together.moment
        self._state_of_the_data()
        for step in (self._places, self._actors, self._briefings, self._events, self._participations, self._citations):
            step()
        self._relations()
        self._finish()
        return Loaded(self.batch, self.counts)

    def _state_of_the_data(self) -> None:
        """Take over the number of the public data where nothing was public here yet; else this is one more change."""
        self.takes_over = self.publish and PublicRevision.objects.now()[1] is None
        if self.takes_over and (created := self.described.get("created")):
            PublicRevision.objects.create(pk=1, number=int(self.described["version"]), at=_moment(created))
        elif self.publish:
            PublicRevision.objects.rise()

    def _read(self, name: str):
        return read(self.folder, NAMED[name])

    def _insert(self, model, rows: list[dict], keys: list[int] | None = None) -> list[int]:
        keys = Table(model, self.together).insert(rows, keys)
        self.made[model._meta.model_name] += keys
        return keys

    def _new(self, name: str, model) -> list[tuple[int, dict]]:
        rows = list(self._read(name))
        new = [(line, row) for line, row in rows if row["slug"] not in self.known[model]]
        self.counts[name] = (len(new), len(rows) - len(new))
        return new

    def _places(self) -> None:
        new = self._new("places", Place)
        rows = [row for line, row in new if checked("places", line, Place(**row))]
        self._know(Place, rows, self._insert(Place, rows))

    def _know(self, model, rows: list[dict], keys: list[int]) -> None:
        self.known[model] |= {row["slug"]: key for row, key in zip(rows, keys, strict=True)}

    def _actors(self) -> None:
        """Make actors, those that others belong to first, or rather all keys first."""
        new = self._new("actors", Actor)
        keys = Table(Actor, self.together).reserve(len(new)) if new else []
        self.known[Actor] |= {row["slug"]: key for (_, row), key in zip(new, keys, strict=True)}
        rows, aliases = [], []
        for (line, row), key in zip(new, keys, strict=True):
            names = [one for one in row.pop("aliases").split(SEPARATOR) if one]
            parent = row.pop("parent")
            checked("actors", line, Actor(**row))
            row["search_text"] = fold(" | ".join([row["name"], *names]))
            rows.append(row | {"parent_id": self._key(Actor, parent, "actors", line) if parent else None})
            aliases += [{"actor_id": key, "name": one} for one in names]
        self._insert(Actor, rows, keys)
        Table(ActorAlias, self.together).insert(aliases)
        ActorAncestor.objects.rebuild()

    def _key(self, model, slug: str, table: str, line: int) -> int:
        if slug not in self.known[model]:
            raise FileRefused(
                f"{table}.csv, row {line}: “{slug}” is no {model._meta.verbose_name} of the package, nor known here."
            )
        return self.known[model][slug]

    def _briefings(self) -> None:
        rows, said = [], []
        for line, row in self._new("briefings", Briefing):
            said.append((line, labels(row.pop("speakers"))))
            publisher = row.pop("publisher")
            row |= {name: row[name] or None for name in ("published_on", "captured_on")}
            digest = row.pop("text_sha256")
            one = checked("briefings", line, Briefing(**row), "publisher", "status")
            one._derive()
            if one.text_sha256 != digest or one.text != row["text"]:
                raise FileRefused(f"briefings.csv, row {line}: the text is not the one with this SHA-256.")
            status = "published" if self.publish else "draft"
            own = {
                "publisher_id": self._key(Actor, publisher, "briefings", line),
                "status": status,
                "text_sha256": digest,
            }
            rows.append(row | own | {"recorded_at": self.moment, "updated_at": self.moment})
        keys = self._insert(Briefing, rows)
        self._know(Briefing, rows, keys)
        speakers = [
            {
                "briefing_id": key,
                "label": one["label"],
                "office": one["office"],
                "actor_id": self._key(Actor, one["actor"], "briefings", line),
            }
            for key, (line, many) in zip(keys, said, strict=True)
            for one in many
        ]
        Table(BriefingSpeaker, self.together).insert(speakers)

    def _events(self) -> None:
        told = list(self._read("events"))
        self.all_events = dict(Event.objects.values_list("public_id", "pk"))
        new = [(line, row) for line, row in told if row["public_id"] not in self.all_events]
        self.counts["events"] = (len(new), len(told) - len(new))
        self.batch.rows = len(told)
        rows = [self._event(line, row) for line, row in new]
        keys = Table(Event, self.together).insert(rows)
        self.external = {
            key: (row["external_id"], data["data_set_id"]) for key, (_, row), data in zip(keys, new, rows, strict=True)
        }
        self.events = {row["public_id"]: key for row, key in zip(rows, keys, strict=True)}

    def _event(self, line: int, row: dict) -> dict:
        names = ("public_id", "title", "summary", "date_as_stated", "edtf", "date_note", "time_zone")
        names += ("deaths_low", "deaths_best", "deaths_high")
        made = {name: row[name] for name in names} | {"time_of_day": row["time_of_day"] or None}
        event = checked(
            "events",
            line,
            Event(**made),
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
        place = self._key(Place, row["place"], "events", line) if row["place"] else None
        return (
            made
            | _derived(row["edtf"])
            | {
                "event_type_id": self._type(row),
                "conflict_id": self._conflict(row) if row["conflict"] else None,
                "data_set_id": self._key(DataSet, row["data_set"], "events", line) if row["data_set"] else None,
                "place_id": place,
                "country": row["country"],
                "search_text": fold(f"{row['title']} | {row['summary']}"),
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
        return connection.ops.adapt_datetimefield_value(_moment(text))

    def _type(self, row: dict) -> int:
        types = self.known[EventType]
        if row["type"] not in types:
            types[row["type"]] = EventType.objects.create(
                slug=row["type"], name=row["type_name"], category=row["category"]
            ).pk
        return types[row["type"]]

    def _conflict(self, row: dict) -> int:
        if row["conflict"] not in self.known[Conflict]:
            one = {"slug": row["conflict"], "name": row["conflict_name"]}
            self._know(Conflict, [one], self._insert(Conflict, [one]))
        return self.known[Conflict][row["conflict"]]

    def _participations(self) -> None:
        position, rows = defaultdict(int), []
        for line, row in self._read("participations"):
            if event := self.events.get(row["event"]):
                checked("participations", line, Participation(role=row["role"], office=row["office"]), "event", "actor")
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
        names = (
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
        names += ("edtf", "reliability", "credibility", "note", "position")
        rows = []
        for line, row in self._read("citations"):
            if not (event := self.events.get(row["event_public_id"])):
                continue
            made = {name: row[name] for name in names}
            briefing = self._key(Briefing, row["briefing"], "citations", line)
            speaker = self._key(Actor, row["speaker"], "citations", line) if row["speaker"] else None
            checked("citations", line, Citation(**made), "event", "briefing", "start", "end")
            rows.append(
                made
                | {
                    "event_id": event,
                    "briefing_id": briefing,
                    "speaker_id": speaker,
                    "quote_search": fold(row["quote"]),
                }
            )
        self._check_quotes(rows)
        keys = Table(Citation, self.together).insert(rows)
        self.citations = {row["public_id"]: key for row, key in zip(rows, keys, strict=True)}

    def _check_quotes(self, rows: list[dict]) -> None:
        """Refuse a quote that does not stand where the package says. One briefing's text at a time is in memory."""
        by_briefing = defaultdict(list)
        for row in rows:
            by_briefing[row["briefing_id"]].append(row)
        for briefing, cited in by_briefing.items():
            text = Briefing.objects.values_list("text", flat=True).get(pk=briefing)
            for row in cited:
                if row["start"] is not None and text[row["start"] : row["end"]] != row["quote"]:
                    raise FileRefused(
                        f"citations.csv: the quote of {row['public_id']} does not stand where it says in its briefing."
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
                checked("relations", line, EventRelation(kind=row["kind"], note=row["note"]), "from_event", "to_event")
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

    def _finish(self) -> None:
        keys = list(self.events.values())
        Event.objects.filter(pk__in=keys).refresh_evidence() if len(keys) < 500 else Event.objects.refresh_evidence()
        if self.publish:
            self._publish(keys)
        states = as_they_stand(keys)
        of_our_own = {key: public_id for public_id, key in self.events.items()}
        Table(ImportedEvent, self.together).insert(
            [
                {
                    "event_id": key,
                    "external_id": self.external[key][0] or of_our_own[key],
                    "data_set_id": self.external[key][1] if self.external[key][0] else None,
                    "batch_id": self.batch.pk,
                    "baseline": packed(states[key]),
                }
                for key in keys
            ]
        )
        DataRevision.objects.rise({NO_EVENT, *map(part_of, keys)})
        self.batch.created, self.batch.unchanged = self.counts["events"]
        self.batch.made = {name: ranges(made) for name, made in self.made.items()}
        self.batch.save()

    def _publish(self, keys: list[int]) -> None:
        """Make public what has a date and evidence that holds, in the state of the data that the file names."""
        told = {"status": "published", "published_at": self.moment, "reviewer_id": self.together.by}
        told["self_reviewed"] = self.together.by is not None
        if not self.takes_over:
            number, at = PublicRevision.objects.now()
            told |= {"revision": number, "revised_at": connection.ops.adapt_datetimefield_value(at)}
        holding = set(Citation.objects.supporting().public_source().holding().values_list("event", flat=True))
        dated = set(Event.objects.exclude(edtf="").values_list("pk", flat=True))
        Table(Event, self.together).update([{"id": key} | told for key in keys if key in holding and key in dated])


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
