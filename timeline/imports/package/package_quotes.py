"""The citations of a package, each with the version of the text that has its words, and the words that it had before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce

from timeline.evidence.choices import QuoteState, TurnKind
from timeline.imports.events.bulk_table import Row, Table
from timeline.models import Actor, Briefing, Citation, EarlierQuote, EarlierText, Place
from timeline.models.briefing import derive as derive_briefing
from timeline.models.derived_columns import derive_search
from timeline.text.running_heads import words_at

from .package_archive import moment_of, refusal, validated
from .package_related import RelatedTables

# Of words that are found in only an earlier text, which packages of before do not carry
MISSING = {"state": QuoteState.MISSING, "start": None, "end": None, "locator": "", "turn_kind": "", "found_from": None}
WITHOUT_PLACE = (QuoteState.MISSING, QuoteState.NO_TEXT)
LONGEST = 5_000  # characters of a quote
PLACED = ("quote", "prefix", "suffix", "start", "end", "locator", "turn_kind")
CITED: tuple[str, ...] = ("public_id", "act", *PLACED, "state", "date_as_stated", "edtf", "basis")
CITED += ("deaths_low", "deaths_best", "deaths_high", "reliability", "credibility", "note", "position")


class Version(NamedTuple):
    """One text of a source."""

    earlier_text: int | None  # its primary key; None: the text that the source has now
    recorded_at: dt.datetime  # UTC
    replaced_at: dt.datetime | None  # UTC; None: it is the text now


class Placed(NamedTuple):
    """Words that are to be where their row says."""

    line: int
    row: Row
    briefing: int
    version: Version


class QuoteTables(RelatedTables):
    """Loads earlier texts, citations and former quotes."""

    def _earlier_texts(self) -> None:
        """Store the texts that new sources had before. A source that is here already keeps those it has."""
        listed, rows, numbers = 0, [], set()
        for line, row in self._read("earlier_texts"):
            briefing = self._key(Briefing, row["briefing"], "earlier_texts", line)
            listed += 1
            if briefing in self.new_briefings:
                if (briefing, row["number"]) in numbers:
                    raise refusal("earlier_texts", line, "number", f"“{row['briefing']}” has this number twice.")
                numbers.add((briefing, row["number"]))
                rows.append(self._earlier_text(line, row, briefing))
        self._insert(EarlierText, rows)
        self.counts["earlier texts"] = (len(rows), listed - len(rows))
        self.versions = _versions()
        present = (key for key, versions in self.versions.items() if versions[-1].earlier_text is None)
        self.present_texts: dict[int, str] = dict(present)

    def _earlier_text(self, line: int, row: Row, briefing: int) -> Row:
        columns = {name: row[name] for name in ("number", "text", "text_sha256")}
        columns["captured_on"] = row["captured_on"] or None
        unset = {"briefing", "recorded_at", "recorded_by", "replaced_at", "replaced_by", "was_public"}
        unset |= {name for name in ("captured_on",) if columns[name] is None}
        validated("earlier_texts", line, EarlierText(**columns), *unset)
        derived = derive_briefing(row["text"])
        if (derived["text"], derived["text_sha256"]) != (row["text"], row["text_sha256"]):
            raise refusal("earlier_texts", line, "text_sha256", "the text is not the one with this SHA-256.")
        moments = {name: self._moment("earlier_texts", line, row, name) for name in ("recorded_at", "replaced_at")}
        return columns | moments | {"briefing_id": briefing, "was_public": True}

    def _citations(self) -> None:
        rows, placed = [], []
        for line, row in self._read("citations"):
            if event := self.events.get(row["event_public_id"]):
                made, words = self._citation(line, row, event)
                rows.append(made)
                placed += [words] if words else []
        _check_words("citations", placed)
        keys = Table(Citation, self.together).insert(rows)
        self.citations = {row["public_id"]: key for row, key in zip(rows, keys, strict=True)}
        self.cited_briefings = {row["public_id"]: row["briefing_id"] for row in rows}

    def _citation(self, line: int, row: Row, event: int) -> tuple[Row, Placed | None]:
        """Return the columns of a citation, and its words with the version that it names; None: they are in none."""
        made = {name: row[name] for name in CITED}
        briefing = self._key(Briefing, row["briefing"], "citations", line)
        validated("citations", line, Citation(**made), "event", "briefing", "start", "end")
        version = self._cited_version(line, row, briefing)
        made |= {
            "event_id": event,
            "briefing_id": briefing,
            "speaker_id": self._speaker("citations", line, row),
            "place_id": self._key(Place, row["place"], "citations", line) if row["place"] else None,
            "earlier_text_id": version.earlier_text if version else None,
            "found_from": self._found_from("citations", line, row, version),
            "added_on": row["added_on"] or None,
        }
        if version is None and made["state"] not in WITHOUT_PLACE:
            made |= MISSING
        return made | derive_search(row["quote"]), version and Placed(line, row, briefing, version)

    def _cited_version(self, line: int, row: Row, briefing: int) -> Version | None:
        """Return the version that a citation names; None: its words are in none, or in one that the package does not carry."""
        if (row["start"] is None) != (row["state"] in WITHOUT_PLACE):
            raise refusal("citations", line, "state", f"“{row['state']}” does not go with start “{row['start']}”.")
        if row["state"] == QuoteState.NO_TEXT and briefing in self.present_texts:
            raise refusal("citations", line, "state", f"the source “{row['briefing']}” has a text here.")
        if row["start"] is None:
            return None
        if row["in_text_until"] and not (self.folder / "earlier_texts.csv").exists():
            return next(iter(self.versions.get((briefing, row["text_sha256"]), ())), None)
        return self._version("citations", line, row, briefing, row["briefing"])

    def _version(self, table: str, line: int, row: Row, briefing: int, slug: str) -> Version:
        """Return the version of the text of a briefing that a row names: by its hash and, of several, by its end."""
        until = moment_of(table, line, "in_text_until", row["in_text_until"]) if row["in_text_until"] else None
        # Packages of before name none: the text now
        sha256 = row["text_sha256"] or self.present_texts.get(briefing, "")
        versions = self.versions.get((briefing, sha256), [])
        if not versions:
            raise refusal(table, line, "text_sha256", f"the source “{slug}” has no text with this SHA-256 here.")
        return next((version for version in versions if version.replaced_at == until), versions[-1])

    def _found_from(self, table: str, line: int, row: Row, version: Version | None) -> Any:
        """Return since when words are in texts, where that is not since the version that the row names."""
        if version is None or not row["in_text_from"]:
            return None
        at = moment_of(table, line, "in_text_from", row["in_text_from"])
        return None if at == version.recorded_at else self._db(at)

    def _speaker(self, table: str, line: int, row: Row) -> int | None:
        return self._key(Actor, row["speaker"], table, line) if row["speaker"] else None

    def _former_quotes(self) -> None:
        rows, placed = [], []
        for line, row in self._read("former_quotes"):
            if citation := self.citations.get(row["citation"]):
                words = self._former_quote(line, row)
                placed.append(words)
                rows.append(
                    {name: row[name] for name in PLACED}
                    | {
                        "citation_id": citation,
                        "earlier_text_id": words.version.earlier_text,
                        "speaker_id": self._speaker("former_quotes", line, row),
                        "found_from": self._found_from("former_quotes", line, row, words.version),
                    }
                )
        _check_words("former_quotes", placed)
        Table(EarlierQuote, self.together).insert(rows)

    def _former_quote(self, line: int, row: Row) -> Placed:
        briefing = self.cited_briefings[row["citation"]]
        unset = ("citation", "earlier_text", "start", "end", "speaker", "found_from")
        validated("former_quotes", line, EarlierQuote(**{name: row[name] for name in PLACED}), *unset)
        if row["turn_kind"] not in ("", *TurnKind.values):
            raise refusal("former_quotes", line, "turn_kind", f"“{row['turn_kind']}” is not a kind of turn.")
        version = self._version("former_quotes", line, row, briefing, f"of {row['citation']}")
        if version.earlier_text is None:
            raise refusal("former_quotes", line, "text_sha256", "this is the text that the source has now.")
        return Placed(line, row, briefing, version)


def _versions() -> dict[tuple[int, str], list[Version]]:
    """Return the texts of sources by primary key of the source and SHA-256, the present one last. Two queries."""
    versions: dict[tuple[int, str], list[Version]] = defaultdict(list)
    earlier = EarlierText.objects.once_public().order_by("number")
    for pk, briefing, sha256, *moments in earlier.values_list(
        "pk", "briefing", "text_sha256", "recorded_at", "replaced_at"
    ):
        versions[briefing, sha256].append(Version(pk, *moments))
    present = Briefing.objects.exclude(text_sha256="").order_by()
    for briefing, sha256, at in present.values_list("pk", "text_sha256", Coalesce("text_stored_at", "recorded_at")):
        versions[briefing, sha256].append(Version(None, at, None))
    return versions


def _check_words(table: str, placed: Iterable[Placed]) -> None:
    """Refuse a quote that is not where its row says, in the version that it names. One text at a time is in memory."""
    by_version = defaultdict(list)
    for words in placed:
        by_version[words.briefing, words.version.earlier_text].append(words)
    for (briefing, earlier_text), in_version in by_version.items():
        rows = EarlierText.objects.filter(pk=earlier_text) if earlier_text else Briefing.objects.filter(pk=briefing)
        text = rows.values_list("text", flat=True).get()
        for line, row, *_ in in_version:
            if not 1 <= len(row["quote"]) <= LONGEST:
                raise refusal(
                    table, line, "quote", f"it has {len(row['quote']):,} characters; 1 to {LONGEST:,} are right."
                )
            start, end = row["start"], row["end"]
            if end is None or row["quote"] not in (text[start:end], words_at(text, start, end)):
                raise refusal(
                    table, line, "quote", "the version that the row names does not have these words at this place."
                )
