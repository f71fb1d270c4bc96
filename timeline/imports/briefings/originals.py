"""The bytes that texts are made of: stored with the text, and read again to see whether they still give it."""

from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from importlib.metadata import version

from django.contrib.auth.models import User

from timeline.extraction.readers import Extract
from timeline.models import Briefing, EarlierText, Original
from timeline.models.original import Way
from timeline.text import source_text
from timeline.text.track import NO_TRACK, Track

from .document import Received, Refused
from .document_files import read
from .from_csv import row_of

PLAIN = "text"  # the format of words that were pasted, or came with the demo: they are the text, but for white space
_EXTRACTORS: dict[str, tuple[str, ...]] = {  # format: what reads it, and the libraries that do
    PLAIN: ("pasted text",),
    "txt": ("plain text",),
    **dict.fromkeys(("md", "markdown"), ("Markdown", "markdown-it-py")),
    **dict.fromkeys(("html", "htm"), ("HTML", "selectolax")),
    **dict.fromkeys(("vtt", "srt"), ("captions",)),
    "pdf": ("PDF", "pypdf"),
    "warc": ("WARC", "warcio", "selectolax", "pypdf"),
    "csv": ("row of a CSV file",),
}


def keep_original(
    briefing: Briefing, received: Received, way: Way, by: User | None = None, track: Track = NO_TRACK
) -> Original:
    """Store the bytes from which the text of a briefing was made. To be called in the transaction that stores the text."""
    extractor, extractor_version = _extractor(received.format)
    original = Original(
        briefing=briefing,
        text_sha256=briefing.text_sha256,
        way=way,
        format=received.format,
        file_name=received.file_name[-255:],
        address=received.address or briefing.url,
        received_by=by,
        extractor=extractor,
        extractor_version=extractor_version,
        track_kind=track.kind,
        track=track.marks,
        content=received.content,
    )
    original.save()
    return original


@cache
def _extractor(format: str) -> tuple[str, str]:
    """Return what reads a format, and in which versions: of its libraries, and of the rules by which texts are normalised."""
    rules = f"text rules {source_text.NORMALISATION_VERSION}"
    return ", ".join(_EXTRACTORS[format]), ", ".join([*map(version, _EXTRACTORS[format][1:]), rules])


def made_again(original: Original, extract: Extract) -> tuple[str, Track]:
    """Return the text that the bytes give now, and its pages or times. Raises Refused where they give none any more."""
    received = Received(bytes(original.content), original.format, original.file_name)
    if received.format == PLAIN:
        return source_text.normalise(received.content.decode()), NO_TRACK
    document = row_of(received) if received.format == "csv" else read(received, original.file_name, extract)
    if isinstance(document, Refused):
        raise document
    return source_text.normalise(document.text), document.track


def differences(original: Original, extract: Extract) -> Iterator[str]:
    """Yield the lines in which the stored text and the one that the bytes give now differ, marked by - and +, or that its pages or
    times do; none where all is equal. Raises Refused where the bytes give no text any more."""
    text, track = made_again(original, extract)
    if source_text.sha256(text) != original.text_sha256:
        yield from unified_diff(_stored_text(original).split("\n"), text.split("\n"), "stored", "now", n=0, lineterm="")
    elif track != original.pages_and_times:
        yield "The text is equal, but its pages or times are not those that are stored."


def _stored_text(original: Original) -> str:
    """Return the text that was made of the bytes; "" where it is no more. One or two queries."""
    stored = Briefing.objects.filter(pk=original.briefing_id, text_sha256=original.text_sha256)
    earlier = EarlierText.objects.filter(briefing=original.briefing_id, text_sha256=original.text_sha256)
    return next((text for rows in (stored, earlier) for text in rows.values_list("text", flat=True)[:1]), "")
