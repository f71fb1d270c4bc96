"""Writes an import: new events with their participations and citations, and the changed fields of known events."""

from typing import cast

from django.db import connection, models

from timeline.database.shards import NO_EVENT, batches, shard_of
from timeline.imports.events.snapshot import ImportDiff
from timeline.imports.file_bytes import FileRefused
from timeline.models import (
    Briefing,
    Citation,
    DataRevision,
    Event,
    ImportBatch,
    ImportChange,
    ImportedEvent,
    Participation,
    PublicRevision,
)
from timeline.querysets import EventQuerySet

from .bulk_table import Table, WriteContext, public_ids, ranges
from .derived_rows import Evidence, citation_row, event_row, participation_rows
from .event_record import Options
from .quote_anchoring import QuoteAnchoring, StoredBriefing
from .snapshot import CODED, State, serialize_state


class EventWriter:
    """One import's writes, inside its transaction. `close` at the end, once."""

    def __init__(self, options: Options, batch: ImportBatch, together: WriteContext, countries: dict[int | None, str]):
        self.options, self.batch, self.together, self.countries = options, batch, together, countries
        self.events, self.participations = Table(Event, together), Table(Participation, together)
        self.citations, self.briefings = Table(Citation, together), Table(Briefing, together)
        self.imported, self.changes = Table(ImportedEvent, together), Table(ImportChange, together)
        self.quoting = QuoteAnchoring()
        self.parts: set[int] = {NO_EVENT}  # of the data, that were written to
        self.seen: dict | None = (
            None  # columns that say in which state of the public data, once there is something public
        )
        self.public: list[int] = []  # new events that get these columns at the end
        self.shown_sources: set[int] = set()  # records of sources that become public at the end
        self.quoting_events: list[int] = []  # new events that quote a stored text

    def create(self, new: list[ImportDiff], evidence: Evidence) -> int:
        """Write new events; return how many of them are public."""
        shared = self._shared()
        rows = [shared | event_row(diff.state, self._country(diff.state)) | evidence.row(diff.state) for diff in new]
        for row, public_id in zip(rows, public_ids(len(rows)), strict=True):
            row["public_id"] = public_id
        keys = self.events.insert(rows)
        self.parts.update(map(shard_of, keys))
        self._create_related(new, keys)
        public = [key for key, row in zip(keys, rows, strict=True) if row["status"] == "published"]
        self.public += public
        return len(public)

    def _create_related(self, new: list[ImportDiff], keys: list[int]) -> None:
        pairs = list(zip(keys, new, strict=True))
        self.participations.insert([row for key, diff in pairs for row in participation_rows(key, diff.state)])
        quoting = [diff for diff in new if any(source.briefing for source in diff.record.sources)]
        texts = self.quoting.with_texts(citation[0] for diff in quoting for citation in diff.state["citations"])
        self._cite(
            [
                (key, citation, position)
                for key, diff in pairs
                for position, citation in enumerate(diff.state["citations"])
            ],
            texts,
        )
        Event.objects.filter(pk__in=keys).refresh_support()
        self.quoting_events += [key for key, diff in pairs if diff in quoting]
        shared = {"data_set_id": self.batch.data_set_id, "batch_id": self.batch.pk}
        self.imported.insert(
            [
                shared
                | {"event_id": key, "external_id": diff.record.external_id, "baseline": serialize_state(diff.state)}
                for key, diff in pairs
            ]
        )

    def _cite(self, cited: list[tuple[int, list, int]], texts: set[int]) -> None:
        """Write citations, each as event, what is cited and position; `texts`: briefings whose text is stored."""
        rows = [
            citation_row(event, public_id, citation, position)
            for public_id, (event, citation, position) in zip(public_ids(len(cited)), cited, strict=True)
        ]
        for row in rows:
            if row["briefing_id"] in texts:
                row.update(self.quoting.anchored(row["briefing_id"], row["quote"]))
        self.citations.insert(rows)

    def _shared(self) -> dict:
        moment = self.together.moment
        by = self.options.by.pk if self.options.by else None
        return {
            "data_set_id": self.batch.data_set_id,
            "recorded_at": moment,
            "updated_at": moment,
            "author_id": by,
            "published_at": None,
            "reviewer_id": None,
            "self_reviewed": False,
            "revision": 0,
            "revised_at": None,
        }

    def _country(self, state: State) -> str:
        return self.countries[state["place"]]

    def public_revision_columns(self) -> dict:
        """Return the columns that name the revision of the public data of this import; the first call starts that revision."""
        if self.seen is None:
            PublicRevision.objects.bump()
            number, at = PublicRevision.objects.current()
            self.seen = {"revision": number, "revised_at": connection.ops.adapt_datetimefield_value(at)}
        return self.seen

    # ---- what changed

    def update_known(self, diffs: list[ImportDiff]) -> None:
        """Write the changed fields of known events, and the new baseline of each."""
        changed = [diff for diff in diffs if diff.is_updated]  # each has an event and what it is now
        self.changes.insert(
            [
                {
                    "batch_id": self.batch.pk,
                    "imported_id": diff.imported,
                    "before": diff.before,
                    "state": serialize_state(cast(State, diff.now)),
                }
                for diff in changed
            ]
        )
        self.imported.update([{"id": diff.imported, "baseline": serialize_state(diff.state)} for diff in diffs])
        self.change_events(
            {cast(int, diff.event): {name: diff.state[name] for name in diff.change} for diff in changed},
            {cast(int, diff.event): cast(State, diff.now) for diff in changed},
        )

    def change_events(self, wanted: dict[int, State], now: dict[int, State]) -> None:
        """Write these parts of these events, by primary key. `now`: how they are."""
        if not wanted:
            return
        self.parts.update(map(shard_of, wanted))
        for event, state in wanted.items():
            if "actors" in state:
                self._change_actors(event, state["actors"])
            if "citations" in state:
                self._change_citations(event, state["citations"])
        rows = [
            {"id": event, "updated_at": self.together.moment}
            | event_row(now[event] | state, self._country(now[event] | state))
            | {name: (now[event] | state)[name] for name in CODED}
            for event, state in wanted.items()
        ]
        self.events.update(rows)
        self._raise_public(list(wanted))

    def _change_actors(self, event: int, wanted: list) -> None:
        stored = {(row.actor_id, row.role): row for row in Participation.objects.filter(event=event)}
        wanted_keys = {(actor, role) for actor, role, _ in wanted}
        self.participations.delete([row.pk for key, row in stored.items() if key not in wanted_keys])
        for position, (actor, role, office) in enumerate(wanted):
            row = stored.get((actor, role))
            values = {"event_id": event, "actor_id": actor, "role": role, "office": office, "position": position}
            if row is None:
                self.participations.insert([values])
            elif (row.office, row.position) != (office, position):
                self.participations.update([{"id": row.pk, "office": office, "position": position}])

    def _change_citations(self, event: int, wanted: list) -> None:
        stored = {(row.briefing_id, row.quote, row.act): row for row in Citation.objects.filter(event=event)}
        wanted_keys = {(briefing, quote, act) for briefing, quote, act, _ in wanted}
        self.citations.delete([row.pk for key, row in stored.items() if key not in wanted_keys])
        for position, citation in enumerate(wanted):
            row = stored.get(tuple(citation[:3]))
            if row is None:
                self._cite([(event, citation, position)], self.quoting.with_texts([citation[0]]))
            elif (row.note, row.position) != (citation[3], position):
                self.citations.update([{"id": row.pk, "note": citation[3], "position": position}])

    def _raise_public(self, events: list[int]) -> None:
        """Count the evidence again, and give public events among these the new state of the public data."""
        for some in batches(events):
            rows = Event.objects.filter(pk__in=some)
            rows.refresh_support()
            _refuse_lost_support(rows)
            rows.refresh_evidence()
            if public := list(rows.public().values_list("pk", flat=True)):
                seen = self.public_revision_columns()
                self.events.update([{"id": pk} | seen for pk in public], with_history=False)

    def publish_sources(self, sources: dict[str, StoredBriefing]) -> None:
        """Treat those of these sources that a data set lists as public from now on; `close` publishes them."""
        hidden = [source.key for source in sources.values() if source.status == "draft"]
        records: list[int] = []
        for some in batches(sorted(hidden)):
            records += Briefing.objects.filter(pk__in=some, kind="data_record").values_list("pk", flat=True)
        self.shown_sources.update(records)
        for slug, source in list(sources.items()):
            if source.key in records:
                sources[slug] = source._replace(status="published")

    def close(self) -> None:
        """Write what others see of the new events, with the write lock taken."""
        self.briefings.update([{"id": pk, "status": "published"} for pk in sorted(self.shown_sources)])
        for keys in batches(self.quoting_events):
            Event.objects.filter(pk__in=keys).refresh_evidence()
        if self.public:
            self.public_revision_columns()
            mark_revision(self.public)
        DataRevision.objects.bump(self.parts)


def mark_revision(new: list[int]) -> None:
    """Give new events the state that the public data has now, in few statements where their keys follow each other."""
    number, moment = PublicRevision.objects.current()
    for first, last in ranges(new):
        models.QuerySet(Event).filter(pk__gte=first, pk__lte=last).update(revision=number, revised_at=moment)


def _refuse_lost_support(events: EventQuerySet) -> None:
    """Raise FileRefused where one of these is public and rests on none of the public citations that it has now. One query."""
    bearing = Citation.objects.public_source().bearing().order_by().values("event")
    if lost := events.public().exclude(pk__in=bearing).first():
        raise FileRefused(
            f"“{lost}” is published, and no source that it would have then supports it by the codebook. Withdraw it first, or "
            "leave its row out."
        )
