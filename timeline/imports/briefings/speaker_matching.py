"""Labels of a transcript matched to persons who are known. A name nobody knows is listed, never made up."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from timeline.history.change_reason import reason_for_change
from timeline.models import Actor, ActorAlias, Briefing, BriefingSpeaker
from timeline.models.briefing_speaker import NamedBy
from timeline.models.history_field import ChangeClass
from timeline.text.folding import fold

from .printed_names import COURTESY, TITLES, PrintedNames, titles_before, word_set

_NOBODY = word_set(
    """q a question questioner interviewer reporter reporters journalist correspondent answer moderator operator aide
    audience participant interpreter translator official officials member senior administration the of and"""
)


class NamedSpeaker(NamedTuple):
    actor: Actor
    named_by: NamedBy  # why it is this actor


class Speakers:
    """Persons and offices by name and alias, and what labels nobody answers to. Two queries."""

    def __init__(self) -> None:
        self.unknown: dict[str, int] = {}  # label -> in how many documents
        self._called: dict[str, set[int]] = {}
        self._persons: dict[
            str, list[tuple[list[str], int]]
        ] = {}  # surname -> the words of full names, and whose they are
        self._own_words: dict[int, set[str]] = {}  # actor -> every word of its names
        self._actors = {actor.pk: actor for actor in Actor.objects.filter(merged_into=None).order_by("pk")}
        names = [(pk, actor.name) for pk, actor in self._actors.items()]
        for pk, name in [*names, *ActorAlias.objects.order_by("pk").values_list("actor", "name")]:
            self._learn(pk, name)

    def _learn(self, pk: int, name: str) -> None:
        if pk not in self._actors or not fold(name):
            return
        self._called.setdefault(fold(name), set()).add(pk)
        words = fold(name).split()
        self._own_words.setdefault(pk, set()).update(words)
        if self._actors[pk].kind == "person" and len(words) > 1 and not set(words[:-1]) <= TITLES:
            self._persons.setdefault(words[-1], []).append((words, pk))

    def of(self, labels: list[str], title: str, text: str) -> dict[str, NamedSpeaker]:
        """Return who is behind which label, as far as it is certain, and why; count the others."""
        printed, speakers = PrintedNames(f"{title}\n{text}"), {}
        for label in labels:
            if is_nobody(label):
                continue
            if named := self._of(label, printed):
                speakers[label] = named
            else:
                self.unknown[label] = self.unknown.get(label, 0) + 1
        return speakers

    def _of(self, label: str, printed: PrintedNames) -> NamedSpeaker | None:
        """Return the only actor of this name or alias; or the only person known by this surname whose full name the document
        gives, under the title of the label if it gives one. A label without a given name names nobody where the document or
        the record has somebody else of this surname."""
        called = self._called.get(fold(label), set())
        persons = [] if called else self._with_surname(label)
        actors = called or {pk for _, pk in persons}
        if len(actors) != 1:
            return None
        [pk] = actors
        named_by = NamedBy.ALIAS if called else self._by_full_name(label, persons, printed)
        if named_by is None or self._may_be_another(label, pk, printed):
            return None
        return NamedSpeaker(self._actors[pk], named_by)

    def _with_surname(self, label: str) -> list[tuple[list[str], int]]:
        surname = _without_titles(label)
        known = self._persons.get(surname[-1], []) if surname else []
        return [(words, pk) for words, pk in known if words[-len(surname) :] == surname]

    @staticmethod
    def _by_full_name(label: str, persons: list, printed: PrintedNames) -> NamedBy | None:
        given = [words for words, _ in persons if printed.has(words)]
        if not given:
            return None
        words = fold(label).split()
        titles = titles_before(words[: len(words) - len(_without_titles(label))]) - COURTESY
        in_document = set().union(*map(printed.titles_of, given)) - COURTESY
        if titles and in_document:
            return NamedBy.OFFICE if titles & in_document else None  # None: "Minister" of whom it calls president
        return NamedBy.FULL_NAME

    def _may_be_another(self, label: str, pk: int, printed: PrintedNames) -> bool:
        surname = _without_titles(label)
        if self._actors[pk].kind != "person" or len(surname) != 1:
            return False
        others = {other for _, other in self._persons.get(surname[0], [])} - {pk}
        return bool(others or printed.given_names(surname[0]) - self._own_words[pk])


def _without_titles(label: str) -> list[str]:
    """Return the folded words of a label behind its titles."""
    words = fold(label).split()
    while words and words[0] in TITLES:
        words.pop(0)
    return words


def is_nobody(label: str) -> bool:
    """Return whether a label names a role alone, like “QUESTION”, so that it is somebody else in each document."""
    words = {word for word in fold(label).split() if not word.isdigit()}
    return words <= _NOBODY


LONGEST_LABEL = 100  # characters


def name_stored_speakers(speakers: Speakers, say: Callable[[str], None], *, dry_run: bool = False) -> int:
    """Name what is certain, `say` one line for each briefing, and return how many labels were named. A label that ever
    had a line is left: an editor has named it, or taken the name away. One text at a time is in memory."""
    stored = list(Briefing.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_name(Briefing.objects.with_its_text().get(pk=pk), speakers, say, dry_run) for pk in stored)


@transaction.atomic
def _name(briefing: Briefing, speakers: Speakers, say: Callable[[str], None], dry_run: bool) -> int:
    labels = dict.fromkeys(turn.speaker for turn in briefing.transcript.turns if turn.speaker)
    named_before = set(BriefingSpeaker.history.filter(briefing_id=briefing.pk).values_list("label", flat=True))
    named_before |= set(briefing.speakers.values_list("label", flat=True))
    unnamed = [label for label in labels if len(label) <= LONGEST_LABEL and label not in named_before]
    matches = speakers.of(unnamed, briefing.title, briefing.text)
    if matches:
        say(
            f"named      {briefing.slug}: {'; '.join(f'{label} is {actor} ({named_by.label})' for label, (actor, named_by) in matches.items())}"
        )
    if not dry_run:
        with reason_for_change("Named by import_briefings", change_class=ChangeClass.UPDATE):
            for label, (actor, named_by) in matches.items():
                BriefingSpeaker(briefing=briefing, label=label, actor=actor, named_by=named_by).save()
    return len(matches)
