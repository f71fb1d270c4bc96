"""Stores a document as a briefing, once: the same document again changes nothing, a changed one is reported."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.imports.briefings import document as document_kind
from timeline.models import Actor, Briefing, BriefingSpeaker
from timeline.models.briefing import BriefingKind, BriefingStatus, derive
from timeline.models.original import Way
from timeline.suggest import KnownActors, known_actors, unknown_names
from timeline.text.languages import romanised_slug
from timeline.text.running_heads import head_notes
from timeline.text.transcripts import QUESTION
from timeline.text.unseen import clean_line

from .document import Document, Refused
from .document_fields import dated_where_published
from .originals import keep_original
from .publishers import Publishers
from .speaker_matching import NamedSpeaker, Speakers

NEW, UNCHANGED, CHANGED = "new", "unchanged", "changed"


@dataclass(frozen=True, slots=True)
class Outcome:
    state: str
    briefing: Briefing  # stored; in a dry run what would be
    speakers: dict[str, NamedSpeaker]  # by label
    new_publisher: Actor | None = None  # made for it
    notes: tuple[str, ...] = ()


class DocumentStore:
    """Takes documents one by one, each in a transaction of its own."""

    def __init__(
        self,
        *,
        publisher: str = "",
        language: str = "",
        publish: bool = False,
        dry_run: bool = False,
        further_addresses: bool = False,
        way: Way = Way.COMMAND,
    ):
        self._publishers, self._speakers, self._way = Publishers(publisher), Speakers(), way
        self._language, self._dry_run, self._adds_addresses = language, dry_run, further_addresses
        self._status = BriefingStatus.PUBLISHED if publish else BriefingStatus.DRAFT
        self._seen: dict[str, Briefing] = {}  # of this dry run: address, hash and slug -> what would be stored
        self._new_publishers: set[str] = set()  # slugs, told once
        self.unknown_names: Counter[str] = Counter()  # in new documents: how often each is named that is no actor

    @property
    def unknown_labels(self) -> dict[str, int]:
        return self._speakers.unknown

    @cached_property
    def _actors(self) -> KnownActors:
        return known_actors()

    def take(self, document: Document) -> Outcome:
        """Store a document that is not there. Raises Refused, and then nothing of it is stored."""
        document = replace(document, title=clean_line(document.title), publisher=clean_line(document.publisher))
        if document.stamp is not None:
            document = dated_where_published(document, self._publishers.zone_of(document))
        briefing, notes = self._made(document)
        if known := self._known(briefing):
            return self._outcome_of_known(known, briefing, document.where)
        briefing.publisher = self._publishers.of(document)
        briefing.slug = self._free(briefing.slug)
        labels = list(dict.fromkeys(turn.speaker for turn in briefing.transcript.turns if turn.speaker))
        speakers = self._speakers.of(
            [label for label in labels if len(label) <= 100], f"{briefing.title} | {document.speakers}", briefing.text
        )
        new = briefing.publisher if briefing.publisher.pk is None else None
        try:
            with transaction.atomic(), reason_for_change(f"Imported from {document.where}"):
                take_write_lock()
                self._save(briefing, speakers)
                if document.received and not self._dry_run:
                    keep_original(briefing, document.received, self._way, track=document.track)
        except ValidationError as error:
            raise Refused(_error_sentence(error)) from None
        except IntegrityError as error:
            raise Refused(f"The database refuses it: {error}") from None
        if new is not None and new.slug in self._new_publishers:
            new = None
        self._new_publishers |= {new.slug} if new else set()
        paragraphs = (briefing.text[start:end] for start, end in briefing.transcript.paragraphs)
        self.unknown_names.update({unknown.name: unknown.count for unknown in unknown_names(paragraphs, self._actors)})
        return Outcome(NEW, briefing, speakers, new, notes)

    def _made(self, document: Document) -> tuple[Briefing, tuple[str, ...]]:
        """Return the briefing without its publisher, and notes. Raises Refused where its language is not certain."""
        notes = list(document.notes)
        language = document.language or self._language
        if not language:
            language, unsure = document_kind.detect_language(document.text)
            notes += unsure
        briefing, how_read = briefing_of(document, language)
        briefing.status = self._status
        return briefing, (*notes, *how_read)

    def _known(self, briefing: Briefing) -> Briefing | None:
        """Return the briefing that this document is: by its address, else its text; without address by its slug too."""
        keys = [key for key in (briefing.comparable_url, briefing.text_sha256) if key]
        keys += [] if briefing.url else [briefing.slug]
        if here := next((self._seen[key] for key in keys if key in self._seen), None):
            return here
        stored = Briefing.objects.defer("text").order_by("pk")
        known = stored.at_address(briefing.url or briefing.archive_url).first()
        known = known or stored.filter(text_sha256=briefing.text_sha256).first()
        known = known or (None if briefing.url else stored.filter(slug=briefing.slug).first())
        return known.merged_into if known and known.merged_into else known

    def _free(self, slug: str) -> str:
        """Return the slug, with a number behind it where another document has it."""
        start, number = slug[:114], 1
        while slug in self._seen or Briefing.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{start}-{number}"
        return slug

    def _save(self, briefing: Briefing, speakers: dict[str, NamedSpeaker]) -> None:
        publisher = briefing.publisher
        is_new = publisher.pk is None
        if is_new:
            publisher.full_clean()
        briefing.full_clean(exclude=["publisher"] if is_new else [])
        if self._dry_run:
            self._seen |= dict.fromkeys(
                filter(None, (briefing.comparable_url, briefing.text_sha256, briefing.slug)), briefing
            )
            return
        if is_new:
            publisher.save()
            briefing.publisher = publisher
        try:
            briefing.save()
            for label, (actor, named_by) in speakers.items():
                BriefingSpeaker(briefing=briefing, label=label, actor=actor, named_by=named_by).save()
        except BaseException:
            if is_new:
                publisher.pk = None  # rolled back: the next document makes it
            raise

    def _outcome_of_known(self, known: Briefing, briefing: Briefing, where: str) -> Outcome:
        """Return what the document is beside the stored one. A page that moved is the same source: its text elsewhere."""
        if not _is_same(known, briefing):
            return Outcome(CHANGED, known, {})
        notes, url, copy = [], briefing.url or briefing.archive_url, briefing.archive_url
        if url and briefing.comparable_url not in known.comparable_addresses:
            notes.append(self._note_on_address(known, url, where))
        if copy and copy not in (url, known.archive_url):
            has = f"which has {known.archive_url}" if known.archive_url else "which has none"
            notes.append(f"the archived copy {copy} is not added to “{known.slug}”, {has}")
        return Outcome(UNCHANGED, known, {}, notes=tuple(notes))

    def _note_on_address(self, known: Briefing, url: str, where: str) -> str:
        """Return that the address is new for this briefing; add it where that is wanted. Raises Refused where it cannot be."""
        stored = f"the text of “{known.slug}”, which is there "
        stored += f"from {known.url}" if known.url else "without an address"
        if not self._adds_addresses:
            return f"{stored}. {url} is not added; --further-addresses does"
        if self._dry_run:
            return f"{stored}. {url} would be added to it"
        try:
            with reason_for_change(f"The same text at a further address, from {where}"):
                known.add_address(url)
        except ValidationError as error:
            raise Refused(_error_sentence(error)) from None
        return f"{stored}. {url} is added to it"


def briefing_of(document: Document, language: str) -> tuple[Briefing, list[str]]:
    """Return the briefing of a document, without publisher and not stored, and notes on what its words were read as."""
    kind = document_kind.classify_title(document.kind, document.title, document.about)
    briefing = Briefing(
        slug=_slug(document),
        title=document.title,
        kind=kind or BriefingKind.STATEMENT,
        published_on=document.published.day,
        published_within=document.published.within,
        captured_on=document.captured_on,
        url=document.url,
        archive_url=document.archive_url,
        language=language,
        **derive(document.text, document.url, document.archive_url),
    )
    notes = head_notes(briefing.text)
    if briefing.transcript.is_uncut:
        notes.append(
            "questions and answers could not be separated in this text: it looks like a dialogue, but no labels of speakers "
            "were recognised"
        )
    if kind is None:
        has_question = any(turn.kind == QUESTION for turn in briefing.transcript.turns)
        briefing.kind = BriefingKind.PRESS_BRIEFING if has_question else BriefingKind.STATEMENT
        notes.append(f"kind not given, assumed to be a {briefing.get_kind_display().lower()}")
    return briefing, notes


def _is_same(known: Briefing, briefing: Briefing) -> bool:
    """Return whether the briefing has this text, or had it before an editor changed it, or one that became part of it."""
    if known.text_sha256 == briefing.text_sha256:
        return True
    if known.pk is None:
        return False
    merged, past = known.merged_briefings, known.history
    return any(rows.filter(text_sha256=briefing.text_sha256).exists() for rows in (past, merged))


def _slug(document: Document) -> str:
    day = f"{document.published.edtf}-" if document.published.edtf else ""
    return f"{day}{romanised_slug(document.title) or 'briefing'}"[:120].rstrip("-")


def _error_sentence(error: ValidationError) -> str:
    if not hasattr(error, "message_dict"):
        return " ".join(error.messages)
    parts = (("" if name == "__all__" else f"{name}: ") + " ".join(words) for name, words in error.message_dict.items())
    return " ".join(parts)
