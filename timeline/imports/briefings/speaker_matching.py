"""Labels of a transcript matched to persons who are known. A name nobody knows is listed, never made up."""

from collections.abc import Callable

from django.db import transaction

from timeline.history.change_reason import reason_for_change
from timeline.models import Actor, ActorAlias, Briefing, BriefingSpeaker
from timeline.models.history_field import ChangeClass
from timeline.text.folding import fold


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_TITLES = _words("""mr mrs ms miss dr prof professor president vice prime foreign minister secretary deputy under assistant acting
    ambassador administrator admiral general colonel director chair chairman chairwoman commissioner representative
    senator congressman congresswoman governor mayor chancellor adviser advisor envoy spokesperson spokesman
    spokeswoman surgeon attorney press""")
_NOBODY = _words("""q a question questioner interviewer reporter reporters journalist correspondent answer moderator operator aide
    audience participant interpreter translator official officials member senior administration the of and""")


class Speakers:
    """Persons and offices by name and alias, and what labels nobody answers to. Two queries."""

    def __init__(self) -> None:
        self.unknown: dict[str, int] = {}  # label -> in how many documents
        self._called: dict[str, set[int]] = {}
        self._persons: dict[str, list[tuple[list[str], int]]] = {}
        self._actors = {actor.pk: actor for actor in Actor.objects.filter(merged_into=None).order_by("pk")}
        names = [(pk, actor.name) for pk, actor in self._actors.items()]
        for pk, name in [*names, *ActorAlias.objects.order_by("pk").values_list("actor", "name")]:
            self._learn(pk, name)

    def _learn(self, pk: int, name: str) -> None:
        if pk not in self._actors or not fold(name):
            return
        self._called.setdefault(fold(name), set()).add(pk)
        words = fold(name).split()
        if self._actors[pk].kind == "person" and len(words) > 1 and not set(words[:-1]) <= _TITLES:
            self._persons.setdefault(words[-1], []).append((words, pk))

    def of(self, labels: list[str], title: str, text: str) -> dict[str, Actor]:
        """Return who stands behind which label, as far as it is certain; count the others."""
        folded, matches = "", {}
        for label in labels:
            if self._is_nobody(label):
                continue
            folded = folded or f"{fold(title)}{fold(text)}"
            known = self._of(label, folded)
            if known is None:
                self.unknown[label] = self.unknown.get(label, 0) + 1
            else:
                matches[label] = known
        return matches

    def _of(self, label: str, folded: str) -> Actor | None:
        """Return the only actor of this name or alias; or the only person with this surname whose full name the
        document itself gives."""
        called = self._called.get(fold(label), set())
        if not called:
            called = {pk for words, pk in self._with_surname(label) if f" {' '.join(words)} " in folded}
        return self._actors[called.pop()] if len(called) == 1 else None

    def _with_surname(self, label: str) -> list[tuple[list[str], int]]:
        words = fold(label).split()
        surname = words[:]
        while surname and surname[0] in _TITLES:
            surname.pop(0)
        if not surname:
            return []
        return [person for person in self._persons.get(words[-1], []) if person[0][-len(surname) :] == surname]

    @staticmethod
    def _is_nobody(label: str) -> bool:
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
        say(f"named      {briefing.slug}: {'; '.join(f'{label} is {actor}' for label, actor in matches.items())}")
    if not dry_run:
        with reason_for_change("Named by import_briefings", change_class=ChangeClass.UPDATE):
            for label, actor in matches.items():
                BriefingSpeaker(briefing=briefing, label=label, actor=actor).save()
    return len(matches)
