"""How well suggestions agree with labels of real documents: see tests/labels/README.md.

`pytest -s tests/test_suggestion_scores.py` prints the figures, what is missed and what is too much.
"""

import csv
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from timeline.dates import parse
from timeline.models import Actor, ActorAlias, Briefing
from timeline.suggest import Suggestion, known_actors, suggestions
from timeline.text import source_text

from .beside import SHARED

LABELS = Path(__file__).parent / "labels"
csv.field_size_limit(10**9)


@dataclass(frozen=True)
class Label:
    start: int
    end: int
    type: str
    edtf: str

    def is_in(self, suggestion: Suggestion) -> bool:
        return suggestion.start < self.end and self.start < suggestion.end

    def has_the_date_of(self, suggestion: Suggestion) -> bool:
        if self.edtf == "~":
            return not suggestion.edtf or parse(suggestion.edtf).qualifier == "~"
        return self.edtf == suggestion.edtf or bool(
            self.edtf and suggestion.edtf and _bounds(self.edtf) == _bounds(suggestion.edtf)
        )


@dataclass
class Scores:
    labels: int = 0
    sentences: int = 0  # labelled
    proposed: int = 0
    sentence_found: int = 0  # labels in whose sentence anything is proposed
    typed: int = 0  # labels whose type is proposed there
    dated: int = 0  # of these, with the right date
    right: int = 0  # suggestions in a labelled sentence and of a type labelled there
    near: int = 0  # suggestions in a labelled sentence
    missed: Counter = field(default_factory=Counter)  # labels by type
    too_much: Counter = field(default_factory=Counter)  # suggestions by type

    def line(self, name: str) -> str:
        return (
            f"{name}: {self.labels} labels, {self.proposed} proposed; "
            f"recall {self.recall:.2f} (sentence found {self.sentence_found / self.labels:.2f}), "
            f"precision {self.precision:.2f} (in a labelled sentence {self.near / max(self.proposed, 1):.2f}), "
            f"date right {self.date_right:.2f}"
        )

    @property
    def recall(self) -> float:
        return self.typed / self.labels

    @property
    def precision(self) -> float:
        return self.right / max(self.proposed, 1)

    @property
    def date_right(self) -> float:
        return self.dated / max(self.typed, 1)


def _bounds(edtf: str) -> tuple[date, ...]:
    known = parse(edtf)
    return known.start_earliest, known.start_latest, known.end_earliest, known.end_latest


def rows(name: str) -> list[dict[str, str]]:
    with (LABELS / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def text_of(file: str) -> str:
    """Return the stored text of a document; of a table the row after "#"."""
    name, _, number = file.partition("#")
    path = SHARED / "data" / name
    if not number:
        return source_text.normalise(path.read_text(encoding="utf-8"))
    with path.open(newline="", encoding="utf-8") as table:
        return source_text.normalise(list(csv.DictReader(table))[int(number)]["text"])


def files() -> list[str]:
    """Return the names of the documents' files beside the repository."""
    return [f"data/{row['file'].partition('#')[0]}" for row in rows("documents.csv")]


def enter_actors() -> None:
    for number, row in enumerate(rows("actors.csv")):
        actor = Actor(slug=f"a-{number}", name=row["name"], kind=row["kind"], country=row["country"])
        actor.save()
        for alias in filter(None, row["aliases"].split("|")):
            ActorAlias.objects.create(actor=actor, name=alias)


def measured(part: str, *, tell=lambda line: None) -> Scores:
    """Return the scores of a part. The database must hold the actors; it is given the documents."""
    scores, actors = Scores(), known_actors()
    labels = rows("suggestions.csv")
    for document in rows("documents.csv"):
        if document["part"] == part:
            document_labels = [
                Label(int(row["start"]), int(row["end"]), row["type"], row["edtf"])
                for row in labels
                if row["document"] == document["document"]
            ]
            _score(scores, document, document_labels, actors, tell)
    return scores


def _score(scores: Scores, document: dict[str, str], labels: list[Label], actors, tell) -> None:
    briefing = _briefing(document)
    proposals = [
        suggestion for suggestion in suggestions(briefing, actors) if suggestion.start < int(document["read_to"])
    ]
    scores.labels += len(labels)
    scores.sentences += len({label.start for label in labels})
    scores.proposed += len(proposals)
    for label in labels:
        here = [suggestion for suggestion in proposals if label.is_in(suggestion)]
        same = [suggestion for suggestion in here if suggestion.event_type == label.type]
        scores.sentence_found += bool(here)
        scores.typed += bool(same)
        right = any(label.has_the_date_of(suggestion) for suggestion in same)
        scores.dated += right
        if not same:
            scores.missed[label.type] += 1
            tell(f"{document['document']} missed {label.type}: {_words(briefing.text[label.start : label.end])}")
        elif not right:
            tell(
                f"{document['document']} date {label.edtf!r}, not {[suggestion.edtf for suggestion in same]}: {_words(same[0].quote)}"
            )
    for suggestion in proposals:
        here = [label for label in labels if label.is_in(suggestion)]
        scores.near += bool(here)
        if any(label.type == suggestion.event_type for label in here):
            scores.right += 1
        else:
            scores.too_much[suggestion.event_type] += 1
            tell(
                f"{document['document']} too much {suggestion.event_type} “{suggestion.trigger}”: {_words(suggestion.quote)}"
            )


def _briefing(document: dict[str, str]) -> Briefing:
    text = text_of(document["file"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == document["sha256"], f"{document['file']} is not the text that was labelled."
    return Briefing.objects.create(
        slug=f"d-{document['document']}",
        title=document["file"].rpartition("/")[2],
        kind="press_briefing",
        publisher=Actor.objects.get(name=_publisher(document["file"])),
        published_on=date.fromisoformat(document["said_on"]) if document["said_on"] else None,
        text=text,
    )


def _publisher(file: str) -> str:
    return "White House" if file.startswith("whitehouse") else "Department of State"


def _words(text: str) -> str:
    return " ".join(text.split())[:260]
