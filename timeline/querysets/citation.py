import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.evidence.axes import COUNTED
from timeline.evidence.choices import BROKEN_STATES, VERIFIED_STATES, Act, QuoteState
from timeline.evidence.support import TOLD, Actuality, Support, support_of

from . import tables
from .full_text import holds_typed, is_by_key, many_hold, reads_typed
from .versioned import EventRowQuerySet

if TYPE_CHECKING:
    from timeline.models import Citation
    from timeline.models.earlier_quote import EarlierQuote


TELLS_OF_DEED = models.Q(act__in=TOLD, event__actuality=Actuality.OCCURRED)  # says that something has happened


FIRST_SAID = models.Case(  # the day by which readers could find the words in the source; NULL: no day is known
    models.When(added_on__gt=models.F("briefing__published_latest"), then=models.F("added_on")),
    default=models.F("briefing__published_latest"),
)


class CitationQuerySet(EventRowQuerySet["Citation"]):
    _worded_on: dt.date | None = None  # the citations have the words of that day; None: those of today

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]  # of Django, not in its stubs
        clone._worded_on = self._worded_on
        return clone

    def _fetch_all(self) -> None:
        """Read, once, with the words of the day. One more query where one of their texts has changed."""
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._worded_on and self._iterable_class is models.query.ModelIterable:
            changed = [row for row in self._result_cache or () if row.briefing.text_stored_at]
            earlier_quotes = self.earlier_words() if changed else {}
            for citation in changed:
                if earlier_quote := earlier_quotes.get(citation.pk):
                    earlier_quote.give_words_to(citation)

    def earlier_words(self) -> "dict[int, EarlierQuote]":
        """Return, where the citations have the words of a day, those that differ from the words of today, by the primary key of the
        citation, as EarlierQuoteManager.in_force_on has them. At most one query."""
        return tables.earlier_quotes().in_force_on(self._worded_on) if self._worded_on else {}

    def get_by_natural_key(self, public_id: str) -> "Citation":
        return self.get(public_id=public_id)

    def public_source(self) -> Self:
        """Return citations of briefings that the public can read."""
        return self.filter(briefing__status="published")

    def public(self) -> Self:
        """Return citations that the public can see: of a published event, in a published briefing."""
        return self.public_source().filter(event__status="published")

    def known_by(self, day: dt.date) -> Self:
        """Return what briefings published on that day or before had said, one dated by its month from the end of it; undated briefings
        had said nothing yet. Their words are those of the text in force on that day."""
        known = self.filter(briefing__published_latest__lte=day).possible_by(day)
        known._worded_on = day
        return known

    def possible_by(self, day: dt.date) -> Self:
        """Return these without what cannot have been said by that day, whatever its briefing is dated: that something has
        happened which cannot have begun (one day is left for time zones), and words that only a later text has."""
        next_day = day if day == dt.date.max else day + dt.timedelta(days=1)
        was_added = models.Q(added_on=None) | models.Q(added_on__lte=day)
        return self.filter(was_added).exclude(TELLS_OF_DEED, event__start_earliest__gt=next_day)

    def supporting(self) -> Self:
        """Return citations that do not speak against what their event claims: without one, no event is published."""
        return self.exclude(support=Support.AGAINST)

    def bearing(self) -> Self:
        """Return citations on which their event rests today, as Event.is_borne_by has it of one."""
        is_needed = models.Q(event__support__in=COUNTED) & ~models.Q(event__actuality=Actuality.UNCLEAR)
        return self.supporting().filter(~is_needed | models.Q(support__in=COUNTED))

    def substantiating(self) -> Self:
        """Return citations on which an event can be published: that support what it claims, or take it for granted; an event
        that is unclear may rest on a question. The record of a data set of leads is no ground for its event."""
        in_question = models.Q(support=Support.ASKED, event__actuality=Actuality.UNCLEAR)
        of_lead = models.Q(briefing__kind="data_record", event__data_set__leads_only=True)
        return self.filter(models.Q(support__in=COUNTED) | in_question).exclude(of_lead)

    def checkable(self) -> Self:
        """Return citations that can be checked: quote in the stored text, or no text but an address."""
        has_address = ~models.Q(briefing__url="")
        return self.filter(models.Q(state__in=VERIFIED_STATES) | (models.Q(state=QuoteState.NO_TEXT) & has_address))

    def locators_in(self, slugs: Iterable[str]):
        """Return (slug of the briefing, page or time) of what is quoted from these briefings and has one, as it follows in the text."""
        rows = self.filter(briefing__slug__in=list(slugs)).exclude(locator="").order_by("start", "end", "pk")
        return rows.values_list("briefing__slug", "locator")

    def speakers_in(self, slugs: Iterable[str]):
        """Return (slug of the briefing, name of a speaker) of who is quoted from these briefings, by name, each once."""
        rows = self.filter(briefing__slug__in=list(slugs)).exclude(speaker=None).order_by("speaker__name")
        return rows.values_list("briefing__slug", "speaker__name").distinct()

    def refresh_support(self, claim: str, actuality: str) -> None:
        """Set what these citations do for their events, which all have this claim and actuality. It is derived from the
        event: the history of a citation has no row of it. One query."""
        cases = [
            models.When(act__in=acts, then=models.Value(support), **({"turn_kind": "question"} if in_question else {}))
            for in_question in (True, False)
            for support in Support.values
            if (acts := [act for act in Act.values if support_of(act, in_question, claim, actuality) == support])
        ]
        models.QuerySet.update(self, support=models.Case(*cases, default=models.Value(Support.NOTHING)))

    def with_source(self) -> Self:
        """Return citations with briefing, publisher, speaker and place, without the briefing's long text. No further query."""
        rows = self.select_related("briefing__publisher", "speaker", "place", "earlier_text")
        return rows.defer("briefing__text", "earlier_text__text")

    def for_admin_list(self) -> Self:
        """Return citations with event, speaker and what editors read of the briefing: nothing that is behind its long
        text, past which SQLite would read for every row. No further query."""
        late = ("text", "text_sha256", "recorded_at", "updated_at", "publisher")
        return self.select_related("event", "briefing", "speaker").defer(*(f"briefing__{name}" for name in late))

    def search(self, terms: list[str]) -> Self:
        """Return citations of which the quote, the event's title and summary or the briefing's title hold every term."""
        events, citations = tables.events().order_by(), tables.citations().order_by()
        briefings = tables.briefings().order_by()
        for term in terms:
            briefings = briefings.filter(title__icontains=term)
        titled = models.Q(briefing__in=briefings.values("pk"))
        if is_by_key(self) and many_hold([(events, "search_text"), (citations, "quote_search")], terms):
            holding = events.filter(reads_typed(terms, "search_text"), pk=models.OuterRef("event")).values("pk")
            return self.filter(reads_typed(terms, "quote_search") | titled | models.Q(event=models.Subquery(holding)))
        of_events = models.Q(event__in=events.filter(holds_typed(events, terms, "search_text")).values("pk"))
        quoted = citations.filter(holds_typed(citations, terms, "quote_search")).values("pk")
        others = [citations.filter(condition).values("pk") for condition in (of_events, titled)]
        return self.filter(pk__in=quoted.union(*others, all=True))

    def of_briefing(self, briefing: models.Model | int) -> Self:
        return self.filter(briefing=briefing)

    def of_briefings(self, briefings: Iterable[int]) -> Self:
        return self.filter(briefing__in=briefings)

    def spoken_by(self, actors: Iterable[int]) -> Self:
        return self.filter(speaker__in=actors)

    def of_events(self, events: models.QuerySet) -> Self:
        """Return citations that mention one of these events."""
        return self.filter(event__in=events.order_by().values("pk"))

    def by_key(self, keys: Iterable[int]) -> Self:
        return self.filter(pk__in=list(keys))

    def places(self):
        """Return (primary keys of citation and event, start, end), the newest first; no place where the text now has none."""
        start, end = (models.Case(models.When(earlier_text=None, then=models.F(name))) for name in ("start", "end"))
        return self.order_by("-pk").values_list("pk", "event", start, end)

    def typed_places(self):
        """Return (primary key, start, end, the type of the event) of those with a place in the text, the newest first."""
        rows = self.filter(start__isnull=False, earlier_text=None)
        return rows.order_by("-pk").values_list("pk", "start", "end", "event__event_type__slug")

    def places_in(self, briefings: Iterable[int]):
        """Return (briefing, start, end) of what is quoted in these briefings (primary keys), each stretch once."""
        citations = self.filter(briefing__in=list(briefings), start__isnull=False, earlier_text=None).order_by()
        return citations.values_list("briefing", "start", "end").distinct()

    def overlapping(self, start: int, end: int) -> Self:
        """Return citations that quote some of the text from `start` to `end`, in code points, end excluded: of one version, see `of_version`."""
        return self.filter(start__lt=end, end__gt=start)

    def in_text(self) -> Self:
        """Return citations as their words follow each other, the longer first; those without a place come last."""
        return self.order_by(models.F("start").asc(nulls_last=True), models.F("end").desc(), "position", "pk")

    def of_version(self, earlier_text) -> Self:
        """Return citations whose words are found in this earlier text, and in none that came after; None: in the text now."""
        return self.filter(earlier_text=earlier_text)

    def of_text(self, briefing: int, text_sha256: str) -> Self:
        """Return citations of a briefing whose words are found in its text with this SHA-256, the present one or an earlier."""
        is_now = models.Q(earlier_text=None, briefing__text_sha256=text_sha256)
        return self.filter(is_now | models.Q(earlier_text__text_sha256=text_sha256), briefing=briefing)

    def of_past_texts(self, past: bool) -> Self:
        """Return citations whose words only an earlier text has, or all others."""
        return self.filter(earlier_text__isnull=not past)

    def with_event(self) -> Self:
        """Return citations with their event, its type and data set, and the speaker. No further query."""
        return self.select_related("event__event_type", "event__data_set", "speaker", "earlier_text")

    def count_by_event(self, events: Iterable[models.Model]) -> dict[int, int]:
        """Return how many citations each of these events has, those of drafts among them; none where there is none. One
        query."""
        counted = self.filter(event__in=list(events)).order_by().values_list("event").annotate(n=models.Count("pk"))
        return dict(counted)

    def broken(self) -> dict[str, int]:
        """Return how many quotes are "missing" from their text, "ambiguous" in it, or "past": in only an earlier text. Two
        queries, each of an index."""
        counts = dict.fromkeys([state.value for state in BROKEN_STATES], 0)
        broken = self.order_by().filter(state__in=BROKEN_STATES)
        counts |= dict(broken.values_list("state").annotate(n=models.Count("pk")))
        return counts | {"past": self.order_by().of_past_texts(True).count()}

    @transaction.atomic
    def delete(self):
        """Delete, and take the evidence from the events."""
        take_write_lock()
        touched = list(self.values_list("event", flat=True))
        deleted = super().delete()
        tables.events().filter(pk__in=touched).refresh_evidence()
        return deleted

    # As Django's own: never `Citation.objects.delete()`.
    delete.queryset_only = True  # type: ignore[attr-defined]  # what Django reads off the function
