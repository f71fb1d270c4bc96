"""The rows that the events of a package refer to: data sets, places, actors, briefings with their speakers."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models.functions import Coalesce

from timeline.exports.columns import SEPARATOR
from timeline.exports.package import ORIGINALS, TABLES
from timeline.imports.events.bulk_table import Table, WriteContext
from timeline.imports.events.premises import Premises
from timeline.imports.file_bytes import FileRefused
from timeline.models import (
    Actor,
    ActorAlias,
    Briefing,
    BriefingSpeaker,
    BriefingWords,
    Conflict,
    DataSet,
    EventType,
    ImportBatch,
    Place,
    PlaceExternalId,
)
from timeline.models.actor import derive as derive_actor
from timeline.models.briefing import derive as derive_briefing
from timeline.models.place import derive as derive_place
from timeline.models.source_day import SourceDate

from .known_points import KnownPoints, read_place_ids
from .package_archive import DESCRIPTION, moment_of, read_table_rows, speaker_labels, validated

TERMS = ("slug", "publisher", "licence", "licence_url", "attribution")
NAMED = {table.name: table for table in (*TABLES, ORIGINALS)}


class RelatedTables:
    """Loads the tables of rows that have a slug. Rows that are stored already are not changed."""

    batch: ImportBatch
    together: WriteContext
    moment: dt.datetime | str  # of the import, as the database takes it

    def __init__(self, folder: Path, described: dict, publish: bool, by: User | None):
        self.folder, self.described, self.publish, self.by = folder, described, publish, by
        self.premises = Premises()
        self.known = {
            model: dict(model.objects.values_list("slug", Coalesce("merged_into", "pk") if merges else "pk"))
            for merges, models in ((True, (Actor, Briefing, Place)), (False, (Conflict, EventType, DataSet)))
            for model in models
        }
        self.events: dict[str, int] = {}  # made now, by public id
        self.citations: dict[str, int] = {}
        self.made: dict[str, list[int]] = defaultdict(list)
        self.counts: dict[str, tuple[int, int]] = {}

    def _read(self, name: str):
        return read_table_rows(self.folder, NAMED[name])

    def _insert(self, model, rows: list[dict], keys: list[int] | None = None) -> list[int]:
        keys = Table(model, self.together).insert(rows, keys)
        self.made[model._meta.model_name] += keys
        return keys

    @staticmethod
    def _db(at: dt.datetime) -> Any:
        """Return a moment as the database takes it."""
        return connection.ops.adapt_datetimefield_value(at)

    def _moment(self, table: str, line: int, row: dict, column: str) -> Any:
        return self._db(moment_of(table, line, column, row[column]))

    def _new(self, name: str, model) -> list[tuple[int, dict]]:
        rows = list(self._read(name))
        new = [(line, row) for line, row in rows if row["slug"] not in self.known[model]]
        self.counts[name] = (len(new), len(rows) - len(new))
        return new

    def _data_sets(self) -> None:
        """Make the data sets whose terms the package carries. Raises FileRefused for terms that could not be entered."""
        listed = [
            source for source in self.described.get("sources") or [] if isinstance(source, dict) and "slug" in source
        ]
        new = [source for source in listed if source["slug"] not in self.known[DataSet]]
        for source in new:
            terms = {name: source.get(name, "") for name in TERMS}
            terms["leads_only"] = source.get("leads_only") is True
            data_set = validated(
                DESCRIPTION, 0, DataSet(name=source.get("title", ""), url=source.get("path", ""), **terms)
            )
            if self.by and not self.by.has_perm("timeline.add_dataset"):
                raise FileRefused(f"There is no data set “{data_set.slug}” yet. Ask a reviewer to add it.")
            row = {str(field.column): getattr(data_set, field.attname) for field in DataSet._meta.concrete_fields}
            del row["id"]
            self._know(DataSet, [row], self._insert(DataSet, [row]))
        self.counts["data sets"] = (len(new), len(listed) - len(new))

    def _places(self) -> None:
        """Make places, all keys first, for one may lie within a later one. What is here already under another slug is that one."""
        new, known, rows, ids = self._new("places", Place), KnownPoints(), [], []
        keys = Table(Place, self.together).reserve(len(new)) if new else []
        for (line, row), key in zip(new, keys, strict=True):
            named = read_place_ids(line, row.pop("external_ids"))
            parent = row.pop("parent")
            validated("places", line, Place(**row))
            if (same := known.find(row, named)) is None:
                known.add(row, named, key)
                rows.append((line, parent, row | {"id": key} | derive_place(row["name"])))
                ids += [{"scheme": scheme, "value": value, "place_id": key} for scheme, value in named]
            self.known[Place][row["slug"]] = key if same is None else same
        for line, parent, row in rows:
            row["parent_id"] = self._key(Place, parent, "places", line) if parent else None
        known.refuse_circles({row["id"]: (line, row["parent_id"]) for line, _, row in rows})
        self._insert(Place, [row for _, _, row in rows], [row["id"] for _, _, row in rows])
        Table(PlaceExternalId, self.together).insert(ids)
        self.counts["places"] = (len(rows), sum(self.counts["places"]) - len(rows))
        self.countries = {None: ""} | dict(Place.objects.values_list("pk", "country"))  # by primary key

    def _know(self, model, rows: list[dict], keys: list[int]) -> None:
        self.known[model] |= {row["slug"]: key for row, key in zip(rows, keys, strict=True)}

    def _actors(self) -> None:
        """Make actors, those that others belong to first, or rather all keys first."""
        new = self._new("actors", Actor)
        keys = Table(Actor, self.together).reserve(len(new)) if new else []
        self.known[Actor] |= {row["slug"]: key for (_, row), key in zip(new, keys, strict=True)}
        rows, aliases = [], []
        for (line, row), key in zip(new, keys, strict=True):
            names = [alias for alias in row.pop("aliases").split(SEPARATOR) if alias]
            parent = row.pop("parent")
            validated("actors", line, Actor(**row))
            row |= derive_actor(row["name"], names)
            rows.append(row | {"parent_id": self._key(Actor, parent, "actors", line) if parent else None})
            aliases += [{"actor_id": key, "name": alias} for alias in names]
        self._insert(Actor, rows, keys)
        Table(ActorAlias, self.together).insert(aliases)

    def _key(self, model, slug: str, table: str, line: int) -> int:
        if slug not in self.known[model]:
            raise FileRefused(
                f"{table}.csv, row {line}: there is no {model._meta.verbose_name} “{slug}” in the package or on this site."
            )
        self.premises.named[model].add(key := self.known[model][slug])
        return key

    def _briefings(self) -> None:
        rows, speakers_by_row = [], []
        for line, row in self._new("briefings", Briefing):
            speakers_by_row.append((line, speaker_labels(row.pop("speakers"))))
            publisher, origin = row.pop("publisher"), row.pop("origin")
            del (
                row["original_sha256"],
                row["received_at"],
            )  # of bytes that are not in the package, and not received here
            published = _published(line, row)
            row |= {name: row[name] or None for name in ("published_on", "captured_on")}
            row["published_within"] = published.within
            digest, recorded_at = row.pop("text_sha256"), row.pop("text_recorded_at")
            validated("briefings", line, Briefing(**row), "publisher", "status")
            derived = derive_briefing(row["text"], row["url"], row["archive_url"], row["further_urls"])
            if (derived["text"], derived["text_sha256"]) != (row["text"], digest):
                raise FileRefused(f"briefings.csv, row {line}: the text is not the one with this SHA-256.")
            status = "published" if self.publish else "draft"
            columns: dict[str, Any] = {
                "publisher_id": self._key(Actor, publisher, "briefings", line),
                "origin_id": self._key(Actor, origin, "briefings", line) if origin else None,
                "status": status,
            } | derived
            columns["published_until"] = published.latest if published.within else None
            if row["text"] and recorded_at:
                columns["text_stored_at"] = self._db(moment_of("briefings", line, "text_recorded_at", recorded_at))
            rows.append(row | columns | {"recorded_at": self.moment, "updated_at": self.moment})
        keys = self._insert(Briefing, rows)
        self._know(Briefing, rows, keys)
        self.new_briefings = set(keys)
        BriefingWords.objects.begin_all(zip(keys, rows, strict=True))
        speakers = [
            {
                "briefing_id": key,
                "label": speaker["label"],
                "office": speaker["office"],
                "named_by": speaker.get("named_by", ""),  # not said by packages of before
                "actor_id": self._key(Actor, speaker["actor"], "briefings", line),
            }
            for key, (line, labelled) in zip(keys, speakers_by_row, strict=True)
            for speaker in labelled
        ]
        Table(BriefingSpeaker, self.together).insert(speakers)


def _published(line: int, row: dict) -> SourceDate:
    """Take the date of a briefing as EDTF from its row, and return it. Raises FileRefused where it is not that of the day."""
    edtf = row.pop("published_edtf")
    try:
        published = SourceDate.of(edtf)
    except ValueError:
        raise FileRefused(f"briefings.csv, row {line}: “{edtf}” is not a day, month or year.") from None
    if row["published_on"] and row["published_on"] != edtf:
        raise FileRefused(f"briefings.csv, row {line}: published_edtf “{edtf}” is not published_on.")
    return published
