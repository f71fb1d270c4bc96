"""Every place in which words are stored, of rows as they are, of their history, and of what imports keep."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from timeline.models import (
    ActorAlias,
    Briefing,
    BriefingSpeaker,
    Citation,
    EarlierQuote,
    EarlierText,
    PendingChange,
    RedactedField,
    Redaction,
)
from timeline.models.login_attempt import LoginAttempt, Submission
from timeline.models.preset import Preset
from timeline.models.unsaved_form import UnsavedForm
from timeline.text.running_heads import words_at
from timeline.text.transcripts import parse

from .wordings import Span, Wordings, moved, replaced

# Columns that follow from others, and are derived again; names of values that no person types
DERIVED = {"search_text", "quote_search", "folded_title", "folded_text", "comparable_url", "comparable_further_urls"}
DERIVED |= {
    "sounds",
    "text_sha256",
    "sha256",
    "digest",
    "public_id",
    "table",
    "column",
    "path",
    "format",
    "history_type",
}
OF_THE_SOFTWARE = (Redaction, RedactedField, Submission, LoginAttempt, UnsavedForm, Preset)  # the last two: see apply
AROUND = ("prefix", "suffix")  # follow from the text; those of the history are left empty
ADDRESSES = ("url", "archive_url", "further_urls", "licence_url")
SOURCE_TEXTS = (Briefing, EarlierText, Briefing.history.model)  # whose column `text` is cut into turns, and has a hash
Key = tuple[type[models.Model], int]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value, and what is taken out of it."""

    model: type[models.Model]
    row: int  # primary key
    column: str
    before: str
    spans: tuple[Span, ...]

    @property
    def after(self) -> str:
        return replaced(self.before, self.spans)


@dataclass
class Plan:
    """All that a redaction changes. Nothing is written."""

    changes: dict[tuple[type[models.Model], int, str], FieldChange] = field(default_factory=dict)
    # Rows of quotes in texts that change: where they are then, and the words around them
    positions: dict[Key, dict] = field(default_factory=dict)

    def add(self, change: FieldChange) -> None:
        self.changes[change.model, change.row, change.column] = change

    def counts(self) -> dict[str, int]:
        """Return how many rows change, by kind in words."""
        return dict(Counter(kind_of(model) for model, _ in dict.fromkeys((key[0], key[1]) for key in self.changes)))

    def by_kind(self) -> dict[str, list[FieldChange]]:
        """Return the changes by kind in words, rows of the history last."""
        kinds: dict[str, list[FieldChange]] = {}
        for change in sorted(self.changes.values(), key=lambda change: kind_of(change.model) == HISTORY):
            kinds.setdefault(kind_of(change.model), []).append(change)
        return kinds


HISTORY = "rows of the history"
KINDS: dict[type[models.Model], str] = {
    EarlierText: "earlier texts",
    Briefing: "sources",
    LogEntry: "log lines of the desk",
}


def kind_of(model: type[models.Model]) -> str:
    if model._meta.model_name.startswith("historical"):
        return HISTORY
    return KINDS.get(model, str(model._meta.verbose_name_plural))


def tables() -> Iterator[type[models.Model]]:
    """Yield every table that can hold words of people."""
    yield from (model for model in apps.get_app_config("timeline").get_models() if model not in OF_THE_SOFTWARE)
    yield LogEntry


def text_columns(model: type[models.Model]) -> list[models.Field]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    fields = [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.primary_key]
    return [field for field in fields if field.name not in DERIVED and not field.choices and not field.generated]


def plan_redaction(wordings: Wordings) -> Plan:
    """Return what taking the words out of every table changes. A query a table, two for each text that changes. Raises
    ValidationError where a text cannot do without them."""
    plan = Plan()
    for model in tables():
        if columns := text_columns(model):
            for row in _candidates(model, columns, wordings):
                for column in columns:
                    _plan_value(plan, row, column, wordings)
    for change in list(plan.changes.values()):
        if change.column == "text" and change.model in (Briefing, EarlierText):
            plan_quotes(plan, change)
    return plan


def _candidates(model: type[models.Model], columns: list[models.Field], wordings: Wordings) -> Iterator[models.Model]:
    """Yield rows that may have the words: by a word of each, where a database finds that in any case of its letters."""
    rows = models.QuerySet(model).order_by("pk").only(*(column.name for column in columns))
    if (tokens := wordings.tokens) is not None:
        holds = Q()
        for token in tokens:
            for column in columns:
                holds |= Q(**{f"{column.name}__icontains": token})
        rows = rows.filter(holds)
    yield from rows.iterator(chunk_size=100)


def _plan_value(plan: Plan, row: models.Model, column: models.Field, wordings: Wordings) -> None:
    value = getattr(row, column.attname)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
    if not text or not (spans := _spans(row, column, text, wordings)):
        return
    if column.name in AROUND:
        plan.positions.setdefault((type(row), row.pk), {})
    else:
        plan.add(FieldChange(type(row), row.pk, column.name, text, tuple(spans)))


def _spans(row: models.Model, column: models.Field, text: str, wordings: Wordings) -> list[Span]:
    if isinstance(column, models.SlugField):
        return wordings.in_slug(text, getattr(row, "id", row.pk))
    if column.name in ADDRESSES:
        return wordings.in_addresses(text)
    if isinstance(row, ActorAlias):  # no two of an actor may be alike
        return [span._replace(words=f"{span.words} {row.pk}") for span in wordings.in_text(text)]
    if column.name == "text" and isinstance(row, SOURCE_TEXTS):
        try:
            return wordings.in_source_text(text)
        except ValueError as error:
            raise ValidationError(f"{kind_of(type(row))}, row {row.pk}: {error}") from error
    return wordings.in_text(text, column.max_length)


def plan_quotes(plan: Plan, change: FieldChange) -> None:
    """Add where the quotes of a text that changes are then, their words, and those of their history. Three queries."""
    quotes: list[tuple[type[models.Model], models.QuerySet]]
    if change.model is Briefing:
        _plan_labels(plan, change)
        _plan_proposed_quotes(plan, change)
        rows = Citation.objects.filter(briefing=change.row, earlier_text=None)
        quotes = [(Citation, rows)]
    else:
        rows = Citation.objects.filter(earlier_text=change.row)
        quotes = [(Citation, rows), (EarlierQuote, EarlierQuote.objects.filter(earlier_text=change.row))]
    for model, placed in quotes:
        for row in placed.exclude(start=None):
            start, end = (moved(at, change.spans, is_end=last) for at, last in ((row.start, False), (row.end, True)))
            words = words_at(change.after, start, end)
            plan.positions[model, row.pk] = {"start": start, "end": end}
            if words != row.quote:
                plan.add(FieldChange(model, row.pk, "quote", row.quote, (Span(0, len(row.quote), words),)))
    _plan_history_of_quotes(plan)


def _plan_labels(plan: Plan, change: FieldChange) -> None:
    """Let who is behind a label be behind what is in its place. One query."""
    turns = zip(parse(change.before).turns, parse(change.after).turns, strict=True)
    labels = {was.speaker: now.speaker for was, now in turns if was.speaker != now.speaker}
    for speaker in BriefingSpeaker.objects.filter(briefing=change.row, label__in=labels):
        spans = (Span(0, len(speaker.label), labels[speaker.label]),)
        plan.add(FieldChange(BriefingSpeaker, speaker.pk, "label", speaker.label, spans))


def _plan_proposed_quotes(plan: Plan, change: FieldChange) -> None:
    """Let citations that are proposed of the text have their words and place in what it becomes, and nothing beside them. One
    query."""
    for proposed in PendingChange.objects.filter(citation__briefing_id=change.row):
        before = json.dumps(proposed.citation, ensure_ascii=False)
        planned = plan.changes.get((PendingChange, proposed.pk, "citation"))
        cited = json.loads(planned.after) if planned else dict(proposed.citation)
        start, end = proposed.citation.get("start"), proposed.citation.get("end")
        cited |= dict.fromkeys(AROUND, "")
        if start is not None and words_at(change.before, start, end) == proposed.citation["quote"]:
            start, end = moved(start, change.spans, is_end=False), moved(end, change.spans, is_end=True)
            cited |= {"quote": words_at(change.after, start, end), "start": start, "end": end}
        after = json.dumps(cited, ensure_ascii=False)
        if after != before:
            spans = (Span(0, len(before), after),)
            plan.add(FieldChange(PendingChange, proposed.pk, "citation", before, spans))


def _plan_history_of_quotes(plan: Plan) -> None:
    """Add the history of quotes that had only some of the words: they are as they are to be now."""
    history = Citation.history.model
    for (model, row, column), change in list(plan.changes.items()):
        if model is Citation and column == "quote":
            for old in models.QuerySet(history).filter(id=row, quote=change.before):
                plan.add(FieldChange(history, old.pk, "quote", change.before, change.spans))
