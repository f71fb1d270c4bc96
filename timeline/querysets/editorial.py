"""Queries of editors and reviewers: whose events they are, what state they are in, what they lack, what waits for review."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from timeline.database.transactions import take_write_lock
from timeline.evidence.axes import COUNTED, Form
from timeline.evidence.choices import BROKEN_STATES, VERIFIED_STATES
from timeline.evidence.support import Actuality
from timeline.text.search_words import plain_words

from . import tables
from .full_text import holds_typed, is_by_key, many_hold, reads_typed
from .versioned import EventRowQuerySet

if TYPE_CHECKING:
    from timeline.models import Event

_OF_A_DATE = re.compile(r"[-0-9XTZ~?%.,/\[\]{}]+", re.IGNORECASE)
_WAITING = ("draft", "review")
_IS_PUBLISHED = Q(status="published")


class EditorialQuerySet(EventRowQuerySet["Event"]):
    def drafts_of(self, user: User) -> Self:
        return self.filter(status="draft", author=user)

    def entered_by(self, user: User) -> Self:
        return self.filter(author=user)

    def returned_to(self, user: User) -> Self:
        """Return drafts that a reviewer gave back to this person with a comment."""
        return self.filter(_work_of(user), _has_come_back(), status="draft")

    def not_yet_public(self) -> Self:
        return self.filter(status__in=_WAITING)

    def lacking(self, what: str) -> Self:
        """Return events that lack a "citation", a "date", a known "start", an "actor", a "place", a "verified" quote (none that
        speaks for the event occurs in its text: of a public event, in a text that readers see), or "support" by the codebook (see
        `_lacking_support`)."""
        citations = tables.citations().order_by()
        meaning = {
            "citation": ~_event_in(citations),
            "verified": _lacking_quote(citations.supporting()),
            "date": Q(edtf=""),
            "start": Q(start_earliest=dt.date.min),
            "actor": ~_event_in(tables.participations().order_by()),
            "place": Q(place=None),
            "support": self._lacking_support(citations),
        }
        return self.filter(meaning[what])

    def _lacking_support(self, citations: models.QuerySet) -> Q:
        """Return which events claim something that no citation supports or takes for granted: of a public one, none that
        readers see. What is coded as unclear claims nothing, what is withdrawn or merged claims it no more."""
        counted = citations.filter(event=OuterRef("pk"), support__in=COUNTED)
        claims = ~Q(actuality=Actuality.UNCLEAR)
        public = _IS_PUBLISHED & ~Q(support__in=COUNTED)
        return claims & (public | Q(~Exists(counted), status__in=_WAITING))

    def search(self, terms: list[str]) -> Self:
        """Return events of which title and summary, or a quote, or the names of a participant, or the name of the place hold
        every term; or whose public id they are, or whose date, as entered, holds them. Each table is searched by its own index, see
        `events_holding`."""
        whole, folded = " ".join(terms), plain_words(" ".join(terms))
        events, quotes = tables.events().order_by(), tables.citations().order_by()
        named = Q(search_text__contains=f" {folded}") if folded else Q(pk__in=[])
        actors = tables.actors().filter(named).order_by().values("pk")
        keys = [
            tables.participations().order_by().filter(actor__in=actors).values("event"),
            events.filter(place__in=tables.places().filter(named).order_by().values("pk")).values("pk"),
            events.filter(public_id=whole.lower()).values("pk"),
        ]
        if _OF_A_DATE.fullmatch(whole):  # to look for it reads every row
            keys.append(events.filter(edtf__icontains=whole).values("pk"))
        if is_by_key(self) and many_hold([(events, "search_text"), (quotes, "quote_search")], terms):
            quoted = quotes.filter(reads_typed(terms, "quote_search"), event=OuterRef("pk")).values("event")
            of_others = Q(pk=Subquery(quoted[:1])) | Q(pk__in=keys[0].union(*keys[1:], all=True))
            return self.filter(reads_typed(terms, "search_text") | of_others)
        keys.append(quotes.filter(holds_typed(quotes, terms, "quote_search")).values("event"))
        by_words = events.filter(holds_typed(events, terms, "search_text")).values("pk")
        return self.filter(pk__in=by_words.union(*keys, all=True))

    def of_types(self, event_types: Iterable[int]) -> Self:
        return self.filter(event_type__in=event_types)

    def at_places(self, places: models.QuerySet) -> Self:
        """Return events at one of these places (primary keys)."""
        return self.filter(place__in=places)

    def with_quote(self, state: str) -> Self:
        """Return events of which a citation is in this state."""
        return self.filter(_event_in(tables.citations().order_by().filter(state=state)))

    def first_reported(self, first: dt.date, last: dt.date) -> Self:
        """Return events that a public source of these days was the first to mention, the last of them included."""
        return self.filter(first_reported_on__range=(first, last))

    def work_counts(self, user: User) -> dict:
        """Return counts: `in_draft` and so on for each state, `coded_occurred` and so on for each actuality, `unsupported` and
        `unquoted`, the public events that lack support by the codebook and a matched quote for it, this person's `own_drafts`, those
        `returned` to them and those `assigned`; and `waiting_since`, when the review was asked for that waits longest (UTC, None:
        none does). Two queries: what is public is counted off an index."""
        mine = Q(status="draft") & _work_of(user)
        names = [*(f"in_{state}" for state, _ in self._states()), *(f"coded_{actuality}" for actuality in Actuality)]
        counts = dict.fromkeys([*names, "unsupported", "unquoted"], 0)
        columns = ("status", "actuality", "support", "form")
        for state, actuality, support, form, n in self.order_by().values_list(*columns).annotate(n=Count("pk")):
            counts[f"in_{state}"] += n
            counts[f"coded_{actuality}"] += n
            if state == "published":
                counts["unsupported"] += n if actuality != Actuality.UNCLEAR and support not in COUNTED else 0
                counts["unquoted"] += n if form != Form.QUOTE else 0
        return counts | self.not_yet_public().order_by().aggregate(
            waiting_since=Min("submitted_at", filter=Q(status="review")),
            assigned=Count("pk", filter=Q(status="review", assignment__reviewer=user)),
            own_drafts=Count("pk", filter=Q(status="draft", author=user)),
            returned=Count("pk", filter=mine & Q(_has_come_back())),
        )

    def for_confirmation(self) -> Self:
        """Return events with all that a page needs to say what can be done to them: conflict, `is_supported`, `is_checkable`
        and `awaits_source` (see `obstacles_from`), `has_merged`, and how many citations, participations and relations each has. One query."""
        citations = tables.citations().order_by().filter(event=OuterRef("pk"))
        support = citations.substantiating().public_source()
        relations = tables.relations().order_by()
        ties = relations.filter(Q(from_event=OuterRef("pk")) | Q(to_event=OuterRef("pk")))
        participations = tables.participations().order_by().filter(event=OuterRef("pk"))
        return self.select_related("conflict", "data_set").annotate(
            is_supported=Exists(support),
            is_checkable=Exists(support.checkable()),
            awaits_source=Exists(citations.substantiating()),
            has_merged=Exists(self.model._base_manager.filter(merged_into=OuterRef("pk"))),
            citation_count=count_of(citations),
            participation_count=count_of(participations),
            relation_count=count_of(ties),
        )

    def locked(self, pk: int):
        """Return the event, its row locked until the transaction ends; None where there is none."""
        take_write_lock()
        return self.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()

    def _states(self) -> list[tuple[str, str]]:
        return self.model._meta.get_field("status").flatchoices


def _lacking_quote(supporting: models.QuerySet) -> Q:
    """Return which events no matched quote speaks for. Where readers see one, `form` says so, which an index has."""
    matched = supporting.filter(event=OuterRef("pk"), state__in=VERIFIED_STATES)
    return Q(~Q(form=Form.QUOTE), _IS_PUBLISHED | Q(~Exists(matched)))


def _work_of(user: User) -> Q:
    return Q(author=user) | Q(submitted_by=user)


def _has_come_back() -> Exists:
    return Exists(tables.review_notes().of_last_return().filter(event=OuterRef("pk")).order_by())


def _event_in(rows: models.QuerySet) -> Q:
    return Q(pk__in=rows.values("event"))


def count_of(rows: models.QuerySet) -> Coalesce:
    """Return how many of these rows there are, 0 where none is."""
    of_one = rows.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(of_one), 0)


NOTHING_MISSING = "nothing"  # is missing


class ReviewQuerySet(EditorialQuerySet):
    def in_review(self) -> Self:
        return self.filter(status="review")

    def longest_waiting_first(self) -> Self:
        """Return them by when review was asked for; where that is not known, it was long ago."""
        return self.order_by(F("submitted_at").asc(nulls_first=True), "pk")

    def worked_on_by(self, user: User) -> Self:
        """Return events that this person entered or asked to have reviewed."""
        return self.filter(Q(author=user) | Q(submitted_by=user))

    def not_worked_on_by(self, user: User) -> Self:
        return self.exclude(pk__in=tables.events().worked_on_by(user).order_by().values("pk"))

    def assigned_to(self, user: User | None) -> Self:
        """Return events that this person looks after; None: nobody does."""
        return self.filter(assignment__reviewer=user)

    def in_conflict(self, conflict: int | None) -> Self:
        return self.filter(conflict=conflict)

    def untyped(self) -> Self:
        """Return events of the type that says no more than that no other fits."""
        return self.filter(event_type__slug="other")

    def publishable(self) -> Self:
        """Return events that nothing keeps from being published, whoever does it."""
        citations = tables.citations().order_by().filter(event=OuterRef("pk"))
        return self.filter(Exists(citations.substantiating().public_source().checkable())).exclude(edtf="")

    def for_queue(self) -> Self:
        """Return events with all that a queue says of them: see `for_confirmation`; author, who asked for review, type, its
        reviewer, `note_count` of its discussion, and `unverified_count`, how many quotes are not in their text, or are
        there more than once. One query."""
        citations = tables.citations().order_by().filter(event=OuterRef("pk"))
        unverified = citations.filter(state__in=BROKEN_STATES)
        notes = tables.review_notes().order_by().filter(event=OuterRef("pk"))
        named = ("author", "submitted_by", "event_type", "conflict", "assignment__reviewer")
        rows = self.for_confirmation().select_related(*named)
        return rows.annotate(unverified_count=count_of(unverified), note_count=count_of(notes))
