"""The words an editor selected in a briefing: looked up in its text, and carried to the next page by a signed address."""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError

from timeline import quotes
from timeline.admin.forms.fields import SourceTextField
from timeline.evidence.choices import QuoteState
from timeline.models import Briefing, Citation, EarlierText, Event
from timeline.models.briefing import transcript_of
from timeline.text.transcripts import Turn

LONGEST = Citation._meta.get_field("quote").max_length
MOST_PLACES = 20  # offered to choose from
AROUND = 60  # characters shown before and after a place
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)
_SHA_SHOWN = 16  # of the text's hash, in an address


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a briefing's text, in code points, end excluded."""

    briefing: Briefing
    start: int
    end: int
    earlier_text: EarlierText | None = None  # the version they are of; None: the text that the briefing has now

    @property
    def text(self) -> str:
        return self.earlier_text.text if self.earlier_text else self.briefing.text

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    @property
    def turn(self) -> Turn | None:
        return transcript_of(self.text).turn_at(self.start)

    def citations(self) -> list[Citation]:
        """Return the citations that share words with these, with their events. One query."""
        citations = self.briefing.citations.of_version(self.earlier_text).overlapping(self.start, self.end)
        return list(citations.in_text().with_event())

    def citations_of(self, event: Event) -> list[Citation]:
        """Return the event's citations of exactly these words. One query."""
        citations = event.citations.of_briefing(self.briefing).of_version(self.earlier_text)
        citations = citations.overlapping(self.start, self.end)
        return [citation for citation in citations if (citation.start, citation.end) == (self.start, self.end)]

    def citation(self, **values) -> Citation:
        """Return an unsaved citation of exactly these words, its speaker taken from the turn."""
        citation = Citation(briefing=self.briefing, quote=self.quote, start=self.start, end=self.end, **values)
        citation.earlier_text = self.earlier_text
        citation.anchor()
        return citation


class SelectionForm(forms.Form):
    """A quote, selected or pasted; `words` says where it is once the form is valid."""

    quote = SourceTextField(
        strip=True,
        max_length=LONGEST,
        label="Words of the text",
        error_messages={"required": "Select words in the text, or paste them here."},
    )
    place = forms.Field(required=False, widget=forms.HiddenInput({"id": "words-place"}))  # "start-end": one of several

    def __init__(self, briefing: Briefing, *args, earlier_text: EarlierText | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.briefing, self.earlier_text = briefing, earlier_text
        self.words: Selection | None = None
        self.places: list[Place] = []  # to choose from, where the words occur more than once
        self.fields["quote"].widget.attrs |= {"rows": 5, "spellcheck": "false", "aria-describedby": "words-help"}

    def clean(self) -> dict:
        cleaned = super().clean()
        if quote := cleaned.get("quote"):
            self._find(quote, *_start_and_end(cleaned.get("place") or ""))
        return cleaned

    def _find(self, quote: str, start: int | None, end: int | None) -> None:
        citation = Citation(briefing=self.briefing, quote=quote, start=start, end=end, earlier_text=self.earlier_text)
        try:
            citation.clean()
            citation.anchor()
        except ValidationError as error:
            self.add_error("quote", error.message_dict["quote"])
            return
        if citation.state == QuoteState.AMBIGUOUS:
            self._offer(quotes.occurrences(quote, citation.version_text))
        else:
            self.words = Selection(self.briefing, citation.start, citation.end, citation.earlier_text)

    def _offer(self, spans: list[tuple[int, int]]) -> None:
        """Show where the words are; where that is too often to choose, ask for more of them."""
        message = f"These words occur {len(spans):,} times in the text. "
        if len(spans) > MOST_PLACES:
            self.add_error("quote", f"{message}Select more of the words around them.")
            return
        text = self.earlier_text.text if self.earlier_text else self.briefing.text
        self.places = [Place.of(text, *span) for span in spans]
        self.add_error("quote", f"{message}Choose which ones you mean.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are that occur more than once, with the text around them."""

    value: str
    speaker: str
    before: str
    words: str
    after: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Place":
        turn = transcript_of(text).turn_at(start)
        before, after = quotes.context(text, start, end, AROUND)
        return cls(f"{start}-{end}", turn.speaker if turn else "", before, text[start:end], after)


def _start_and_end(place: str) -> tuple[int | None, int | None]:
    match = _PLACE.fullmatch(place)
    return (int(match[1]), int(match[2])) if match else (None, None)


def signed_part(selection: Selection, user: User, suggestion: str = "") -> str:
    """Return the part of an address that names these words, and the suggestion they come from.

    Signed for one user: no link of another's making puts words into an editor's form.
    """
    briefing = selection.briefing
    number = selection.earlier_text.number if selection.earlier_text else 0
    value = [briefing.pk, briefing.text_sha256[:_SHA_SHOWN], number, selection.start, selection.end, suggestion]
    return signing.dumps(value, salt=_salt(user))


def read_signed_part(part: str, user: User, briefing: Briefing) -> tuple[Selection, str] | None:
    """Return the words and the key of the suggestion; None if the address is another's or old, or the text changed."""
    try:
        value = signing.loads(part, salt=_salt(user), max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    pk, sha, number, start, end, suggestion = value
    if (pk, sha) != (briefing.pk, briefing.text_sha256[:_SHA_SHOWN]):
        return None
    earlier_text = briefing.earlier_texts.once_public().numbered(number) if number else None
    return Selection(briefing, start, end, earlier_text), suggestion


def _salt(user: User) -> str:
    return f"timeline.admin.selection.{user.pk}"
