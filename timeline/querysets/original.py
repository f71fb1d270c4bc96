"""Questions to the originals of texts: which one a text came from, and where in it words are."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from timeline.text.track import NO_TRACK, Track

from . import tables

if TYPE_CHECKING:
    from timeline.models import Briefing, Original


class OriginalQuerySet(models.QuerySet["Original"]):
    def of_text(self, briefing: "Briefing", text_sha256: str) -> Self:
        """Return the originals of this text of a briefing, and of a duplicate that became part of it, the last received first."""
        its_own = Q(briefing=briefing) | Q(briefing__merged_into=briefing)
        return (
            self.filter(its_own, text_sha256=text_sha256, sealed_in=None)
            .select_related("package")
            .order_by("-received_at", "-pk")
        )

    def tracks(self, briefings: Iterable[int]) -> dict[tuple[int, str], Track]:
        """Return the tracks of texts by primary key of the briefing and SHA-256 of the text; a text without pages and times has
        none. One query."""
        rows = self.filter(briefing__in=set(briefings)).exclude(track_kind="").order_by("received_at", "pk")
        values = rows.values_list("briefing", "text_sha256", "track_kind", "track")
        return {(briefing, text): Track(kind, tuple(map(tuple, track))) for briefing, text, kind, track in values}

    def of_public_texts(self, briefings: Iterable[int]) -> Self:
        """Return the originals of texts of these briefings that readers can or could read, sealed ones left out, each with
        `source`: the briefing, or the one that it became part of. One query."""
        source = Coalesce("briefing__merged_into", "briefing")
        same = {"text_sha256": OuterRef("text_sha256")}
        present = tables.briefings().order_by().filter(pk=OuterRef("source"), **same)
        earlier = tables.earlier_texts().once_public().order_by().filter(briefing=OuterRef("source"), **same)
        rows = self.annotate(source=source).filter(source__in=set(briefings), sealed_in=None)
        return rows.filter(Exists(present) | Exists(earlier))

    def track_of(self, briefing: "Briefing", text_sha256: str) -> Track:
        """Return the track of a text of a briefing, be its original sealed or not: it has no words. One query for a text."""
        if not text_sha256:
            return NO_TRACK
        rows = self.filter(Q(briefing=briefing) | Q(briefing__merged_into=briefing), text_sha256=text_sha256)
        original = rows.exclude(track_kind="").order_by("received_at", "pk").last()
        return original.pages_and_times if original else NO_TRACK

    def received(self, briefings: Iterable[int]) -> dict[int, tuple[str, datetime]]:
        """Return SHA-256 and moment of receipt (UTC) of the original of each briefing's present text, by primary key of the
        briefing. One query."""
        rows = self.filter(briefing__in=set(briefings), text_sha256=models.F("briefing__text_sha256"), sealed_in=None)
        values = rows.order_by("received_at", "pk").values_list("briefing", "sha256", "received_at")
        return {briefing: (sha256, received_at) for briefing, sha256, received_at in values}


class OriginalManager(models.Manager.from_queryset(OriginalQuerySet)):  # type: ignore[misc]
    """Leaves the bytes in the database until they are asked for: `content` is read where it is used."""

    def get_queryset(self) -> OriginalQuerySet:
        return super().get_queryset().defer("content")
