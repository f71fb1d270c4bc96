"""A file that the text of a source comes from: read when it is sent, shown in the form, stored with the source once that is saved."""

import time
import uuid
from pathlib import Path, PurePath
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from timeline.extraction.extracted import Refused
from timeline.extraction.readers import FILE_ENDINGS
from timeline.extraction.reading_process import ReadingProcess
from timeline.imports.briefings.document import Document, Received
from timeline.imports.briefings.document_files import LARGEST, LARGEST_PDF, read, refuse_large
from timeline.imports.briefings.originals import PLAIN, keep_original
from timeline.models import Briefing
from timeline.models.original import Way
from timeline.text import source_text

KEEP_FOR = 7 * 24 * 60 * 60  # seconds that a file waits for its form to be saved
_SIGNER = signing.Signer(salt="timeline.admin.source_files")


class SentFile(NamedTuple):
    """A file that came with a form, or with the one before it."""

    document: Document
    token: str  # signed: where the file waits, its name, and whose it is
    is_new: bool  # whether it came with this form: nobody has seen its text yet

    @property
    def name(self) -> str:
        return self.document.where

    @property
    def text(self) -> str:
        return source_text.normalise(self.document.text)


class SourceFileForm(forms.Form):
    """Mixin for forms with the field `text`: the text may come from a file, and then is that of the file."""

    file = forms.FileField(
        required=False,
        label="From a file",
        help_text=(
            f"In place of pasting: {', '.join(f'.{ending}' for ending in FILE_ENDINGS)}; at most {LARGEST // 1_000_000} MB, a PDF "
            f"{LARGEST_PDF // 1_000_000} MB. You see its text before it is saved."
        ),
        widget=forms.FileInput({"accept": ",".join(f".{ending}" for ending in FILE_ENDINGS)}),
    )
    from_file = forms.CharField(required=False, widget=forms.HiddenInput)
    sent_file: SentFile | None = None

    def __init__(self, *args, sent_file: SentFile | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent_file = sent_file or self.sent_file
        if self.sent_file is not None:
            text = self.fields["text"]
            text.widget.attrs["readonly"] = True
            text.help_text = (
                f"Read from “{self.sent_file.name}”. To enter other words, choose another file or open this form again."
            )

    def clean_text(self) -> str:
        """Refuse words that are not those of the file: it would be stored as their original."""
        text = self.cleaned_data["text"]
        if self.sent_file is not None and text != self.sent_file.text:
            raise ValidationError(f"This is not the text of “{self.sent_file.name}”. Choose the file again.")
        return text


def read_sent_file(request: HttpRequest, stored_text: str = "") -> SentFile | None:
    """Return the file that is sent with a form, or waits for it; None: there is none. To be called where nothing is locked: reading
    may take a minute. Raises Refused, with the name of the file; also beside words that were pasted, unless they are stored."""
    if uploaded := request.FILES.get("file"):
        pasted = source_text.normalise(request.POST.get("text", ""))
        if pasted.strip() and pasted != stored_text and not request.POST.get("from_file"):
            raise Refused(
                "The form has both a pasted text and a file. Choose the file again and empty the text, or save the text."
            )
        name = PurePath(uploaded.name or "").name
        try:
            received = _received(uploaded, name)
            document = _read(received)
        except Refused as refused:
            raise Refused(f"“{name}”: {refused}") from None
        return SentFile(document, _store(received, request.user.pk), is_new=True)
    if token := request.POST.get("from_file"):
        return SentFile(_read(_waiting(token, request.user.pk)), token, is_new=False)
    return None


def show_sent_file(request: HttpRequest, sent_file: SentFile, **fields: object) -> None:
    """Put the text of the file, and these fields where they are empty, into the form that was sent, and say what was read."""
    typed = request.POST.copy()
    for name, value in fields.items():
        if value and not typed.get(name):
            typed[name] = str(value)
    typed["text"], typed["from_file"] = sent_file.text, sent_file.token
    request.POST = typed
    for note in sent_file.document.notes:
        messages.info(request, f"In “{sent_file.name}”: {note}.")


def keep_sent(request: HttpRequest, briefing: Briefing, sent_file: SentFile | None) -> None:
    """Store the original of the briefing's text: the file it came from, or the words as they were pasted; without a text, nothing."""
    if sent_file is not None:
        received, track = sent_file.document.received, sent_file.document.track
        keep_original(briefing, received, Way.UPLOADED, request.user, track)
        path = _path(_SIGNER.unsign_object(sent_file.token)[0])
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    elif briefing.text:
        keep_original(briefing, Received(request.POST["text"].encode(), PLAIN), Way.PASTED, request.user)


def delete_old_files() -> int:
    """Delete the files that have waited for too long, and return how many."""
    old = [path for path in _path("*").parent.glob("source-*") if path.stat().st_mtime < time.time() - KEEP_FOR]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _received(uploaded: UploadedFile, name: str) -> Received:
    ending = PurePath(name).suffix.lower()
    if ending.removeprefix(".") not in FILE_ENDINGS:
        raise Refused(
            f"This kind of file cannot be read. Files that can be read: {', '.join(f'.{known}' for known in FILE_ENDINGS)}."
        )
    refuse_large(uploaded.size or 0, ending)
    return Received(uploaded.read(), ending.removeprefix("."), name)


def _read(received: Received) -> Document:
    with ReadingProcess() as reading:
        return read(received, received.file_name, reading.extract)


def _path(key: str) -> Path:
    return Path(settings.IMPORT_DIR) / f"source-{key}"


def _store(received: Received, owner: int) -> str:
    """Write the bytes where they wait, and return the token."""
    path = _path(key := uuid.uuid4().hex)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    delete_old_files()
    path.write_bytes(received.content)
    return _SIGNER.sign_object([key, received.file_name, received.format, owner])


def _waiting(token: str, owner: int) -> Received:
    """Return the file of a token. Raises Refused where it is not this account's, or waits no more."""
    try:
        key, name, format, whose = _SIGNER.unsign_object(token)
        content = _path(key).read_bytes()
    except (signing.BadSignature, ValueError, OSError):
        raise Refused("The file for this form is no longer stored. Choose it again.") from None
    if whose != owner:
        raise Refused("The file of this form was sent by another account. Choose it again.")
    return Received(content, format, name)
