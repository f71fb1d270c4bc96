import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, StrIndex

from timeline.database.shards import NO_EVENT
from timeline.database.transactions import take_write_lock
from timeline.evidence.choices import BROKEN_STATES
from timeline.querysets import tables
from timeline.querysets.actor import redistributable_condition
from timeline.querysets.natural_keys import MergeableQuerySet
from timeline.text.search_query import Group, word_term
from timeline.text.source_address import comparable_address

if TYPE_CHECKING:
    from timeline.models import Briefing  # noqa: F401 (named below, in quotation marks)


class BriefingQuerySet(MergeableQuerySet["Briefing"]):
    def shards(self) -> set[int]:
        """Return the shards of these briefings: those of the events they mention, and that of no event. One query."""
        return {NO_EVENT} | self._citations_of(self).shards()

    def shards_of(self, row) -> set[int]:
        return {NO_EVENT} | self._citations_of([row.pk]).shards()

    def _citations_of(self, briefings):
        return tables.citations().filter(briefing__in=briefings)

    def public(self) -> Self:
        return self.filter(status="published")

    def redistributable(self) -> Self:
        """Return those of public briefings that may leave the site: all but those that are cited by events alone that may
        not. A record of such a data set is its words."""
        cited = tables.citations().public().order_by().filter(briefing=OuterRef("pk"))
        return self.filter(~Exists(cited) | Exists(cited.filter(redistributable_condition("event__"))))

    def at_address(self, url: str) -> Self:
        """Return briefings that have this address, however it was copied, as theirs or as a further one; none for ""."""
        if not (comparable := comparable_address(url)):
            return self.none()
        further = tables.briefings().order_by().exclude(comparable_further_urls="")
        further = further.alias(at=StrIndex("comparable_further_urls", Value(f"\n{comparable}\n"))).filter(at__gt=0)
        return self.filter(Q(comparable_url=comparable) | Q(pk__in=further.values("pk")))

    def same_document(self, urls: Iterable[str], text_sha256: str) -> Self:
        """Return briefings that have one of these addresses or, where a hash is given, the text with it."""
        same = Q(text_sha256=text_sha256) if text_sha256 else Q(pk__in=[])
        for url in urls:
            same |= Q(pk__in=tables.briefings().at_address(url).order_by().values("pk"))
        return self.filter(same)

    def updated_since(self, at: dt.datetime) -> Self:
        """Return briefings that were saved at that moment (UTC) or later."""
        return self.filter(updated_at__gte=at)

    def published_in(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Return briefings that were, or can have been, published from `first` to `last`, both included; None: no such limit. Those
        of which neither day, month nor year is known are in no period."""
        briefings = self.filter(published_latest__gte=first) if first else self
        if not last:
            return briefings
        # A month or year that begins by then, and ends later
        in_part = Q(published_within__in=[f"{last.year:04d}", f"{last:%Y-%m}"])
        return briefings.filter(Q(published_latest__lte=last) | in_part)

    def of_kinds(self, kinds: list[str]) -> Self:
        """Return briefings of these kinds; where none is named, documents: no source that a data set lists."""
        return self.filter(kind__in=kinds) if kinds else self.exclude(kind="data_record")

    def of_publishers(self, actors) -> Self:
        return self.filter(publisher__in=actors)

    def cited_in(self, citations, events) -> Self:
        """Return briefings in which one of these citations mentions one of these events."""
        cited = citations.order_by().filter(event__in=events.order_by().values("pk"))
        return self.filter(pk__in=cited.values("briefing"))

    def with_data_set(self) -> Self:
        """Return briefings with `data_set`: of one that a data set lists, the primary key of a data set from which an event that
        the public sees it cited by was imported; None: there is none, or it is a document."""
        cited = tables.citations().public().order_by().filter(briefing=OuterRef("pk"))
        brought_in = Subquery(cited.exclude(event__data_set=None).values("event__data_set")[:1])
        return self.annotate(data_set=Case(When(kind="data_record", then=brought_in)))

    def speakers_of(self, slugs):
        """Return (slug of the briefing, label, slug of the actor, office, of NamedBy) of these briefings' speakers, by label."""
        rows = tables.speakers().filter(briefing__slug__in=slugs)
        return rows.order_by("label", "pk").values_list("briefing__slug", "label", "actor__slug", "office", "named_by")

    def locked(self, pk: int):
        """Return the briefing, its row locked until the transaction ends; None where there is none."""
        take_write_lock()
        return self.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()

    def known_by(self, day: dt.date) -> Self:
        """Return briefings published on that day or before, one dated by its month from the end of it; those without any date had said nothing
        yet."""
        return self.filter(published_latest__lte=day)

    def newest_first(self) -> Self:
        """Return the briefings by day of publication; those whose day is not known come last."""
        return self.order_by(F("published_latest").desc(nulls_last=True), "-pk")

    def for_list(self) -> Self:
        """Return briefings with publisher, without their long text; one query. How often they are cited:
        facets.counting.count_citations_of."""
        return self.select_related("publisher", "origin").defer("text")

    def with_missing_quotes(self) -> Self:
        """Annotate `missing_quote_count`: public quotes that do not occur in the stored text, or are there more than once."""
        broken = tables.citations().public().filter(briefing=OuterRef("pk"), state__in=BROKEN_STATES)
        count = Subquery(broken.order_by().values("briefing").annotate(n=Count("pk")).values("n"))
        return self.annotate(missing_quote_count=Coalesce(count, 0))

    def drafts_among(self, keys: list[int]) -> Self:
        """Return those of these that the public cannot read, with publisher, without their long text. One query."""
        return (
            self.exclude(status="published")
            .filter(pk__in=keys, merged_into=None)
            .select_related("publisher")
            .defer("text")
            .order_by("pk")
        )

    def with_its_text(self) -> Self:
        """Return briefings with their long text, where it would be left out."""
        return self.defer(None)

    def with_text_of(self, briefings: Iterable) -> Iterator[tuple[str, str]]:
        """Return (SHA-256, text) of these briefings, some at a time: who has read enough stops."""
        rows = self.filter(pk__in=[briefing.pk for briefing in briefings]).order_by()
        return rows.values_list("text_sha256", "text").iterator(chunk_size=10)

    def for_page(self) -> Self:
        """Return briefings with publisher and speakers; a speaker's `actor_is_public` says whether the actor has a page, and
        `has_public_past` whether the public can read an earlier text. Two queries."""
        speakers = tables.speakers().select_related("actor")
        actors = tables.actors().public()
        known = Prefetch("speakers", speakers.annotate(actor_is_public=Q(actor__in=actors)))
        past = tables.earlier_texts().order_by().filter(briefing=OuterRef("pk"))
        briefings = self.annotate(has_public_past=Exists(past.once_public()))
        return briefings.select_related("publisher__parent").prefetch_related(known)

    def with_text(self, stored: bool) -> Self:
        """Return briefings whose text is, or is not, stored."""
        return self.filter(self._has_text() if stored else ~self._has_text())

    def _has_text(self) -> Q:
        """Ask the table of words: in its own, SQLite reads past each long text to check whether there is one."""
        return Q(pk__in=self._words().exclude(text_sha256="").values("briefing"))

    def containing(self, groups: Iterable[Group]) -> Self:
        """Return briefings whose title and text a search finds (see search_query.parse). One query now: a list, its count and
        its facets would each ask it again."""
        return self.filter(pk__in=self._words().containing(groups)) if groups else self

    def bulk_create(self, *args, **kwargs) -> list:
        briefings = super().bulk_create(*args, **kwargs)
        self._words().update_for_all(briefings)
        return briefings

    def update(self, **values) -> int:
        is_searched = not values.keys().isdisjoint({"title", "text"})
        met = list(self.values_list("pk", flat=True)) if is_searched else []  # the filter may not find them afterwards
        changed = super().update(**values)
        if met:
            self._words().update_for_all(tables.briefings().filter(pk__in=met).iterator(chunk_size=10))
        return changed

    def _words(self):
        return tables.briefing_words()

    def search(self, terms: list[str]):
        """Return briefings that contain every term: in title, slug, address, the publisher's name or, folded, in the
        text. One query now for each term, see `holding`.

        The publisher's column comes after the long text in the row; an index of its own answers at once.
        """
        matches, actors = self, tables.actors().order_by()
        for term in terms:
            by_publisher = (
                tables.briefings().order_by().filter(publisher__in=actors.filter(name__icontains=term).values("pk"))
            )
            in_fields = Q(title__icontains=term) | Q(slug__icontains=term) | Q(url__icontains=term)
            in_text = self._words().containing([(word,)]) if (word := word_term(term)) else []
            matches = matches.filter(in_fields | Q(pk__in=by_publisher.values("pk")) | Q(pk__in=in_text))
        return matches

    def in_review(self) -> Self:
        return self.filter(status="review")

    def unpublished_of(self, event) -> Self:
        """Return the sources of its citations that readers do not see, without their long text."""
        sources = self.exclude(status="published").filter(citations__event=event, merged_into=None)
        return sources.distinct().defer("text").order_by("pk")

    def published_by(self, *actors: int) -> Self:
        return self.filter(publisher__in=actors)

    def coded(self, how: str) -> Self:
        """Return briefings by how far their text is entered: "no", no event cites it; "partly", events that are not public
        yet do; "yes", only events that have been public do."""
        citations = tables.citations().order_by()
        cited = Exists(citations.filter(briefing=OuterRef("pk")))
        of_waiting = citations.filter(event__status__in=["draft", "review"])
        waiting = Q(pk__in=of_waiting.values("briefing").distinct())  # else PostgreSQL asks for each source by itself
        meaning = {"no": ~cited & self._has_text() & Q(merged_into=None), "partly": waiting, "yes": cited & ~waiting}
        return self.filter(meaning[how])

    def with_quote(self, state: str) -> Self:
        """Return briefings of which a citation is in this state."""
        citations = tables.citations().order_by()
        return self.filter(pk__in=citations.filter(state=state).values("briefing"))


if TYPE_CHECKING:
    from timeline.models import EarlierText


class EarlierTextQuerySet(models.QuerySet["EarlierText"]):
    def once_public(self) -> Self:
        """Return the texts that the public could read."""
        return self.filter(was_public=True)

    def hashed(self, sha256: str) -> Self:
        """Return the texts with this SHA-256, in hexadecimal, the last first."""
        return self.filter(text_sha256=sha256).order_by("-number")

    def after(self, number: int) -> Self:
        """Return the texts that came after this one, the next first."""
        return self.filter(number__gt=number).order_by("number")

    def numbered(self, number: int) -> "EarlierText | None":
        """Return the text with this number, counted from 1. One query."""
        return self.filter(number=number).first()

    def without_text(self) -> Self:
        """Return the texts with who recorded and who replaced them, without the long texts themselves."""
        return self.defer("text").select_related("recorded_by", "replaced_by")

    def archive(self, stored, replacing) -> "EarlierText":
        """Keep the text of `stored`, the briefing as it was, that `replacing`, as it is now, has no more. Six queries.

        When and by whom it was recorded is read from the briefing's history; where there is none, it was when the briefing
        was, and by a command.
        """
        now = replacing.history.first()
        came = self.version_with_text(replacing, stored.text_sha256)
        last = self.filter(briefing=replacing).aggregate(last=Max("number"))["last"] or 0
        return self.create(
            briefing=replacing,
            number=last + 1,
            text=stored.text,
            text_sha256=stored.text_sha256,
            captured_on=stored.captured_on,
            recorded_at=came.history_date if came else stored.recorded_at,
            recorded_by_id=came.history_user_id if came else None,
            replaced_at=now.history_date,
            replaced_by_id=now.history_user_id,
            was_public=stored.is_public,
        )

    def version_with_text(self, briefing, sha256: str):
        """Return the row of the history with which this text came, the last time it did; None: there is none."""
        rows = briefing.history.defer("text").order_by("-history_date", "-history_id")
        with_text = rows.filter(text_sha256=sha256)
        if (last := with_text.first()) is None:
            return None
        other = rows.exclude(text_sha256=sha256).filter(history_id__lt=last.history_id).first()
        return (with_text.filter(history_id__gt=other.history_id) if other else with_text).last()
