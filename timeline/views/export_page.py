import base64
import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.utils.text import slugify

from timeline.absolute_urls import absolute_url
from timeline.exports import FEEDS, FORMATS, GROUPS, references
from timeline.exports.columns import MOST_CHARACTERS, WIDE
from timeline.exports.export import OPTIONS, Export, ExportBroken, Format, read_options
from timeline.exports.manifest import make_manifest, package_manifest
from timeline.exports.stream import Stream, TooManyExports, estimate_sizes
from timeline.exports.to_csv import long_cells
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.versions.data_version import cached

RETRY_AFTER = 30  # seconds
SETTLED = dt.timedelta(seconds=2)
LONGEST_NAME = 60  # characters of a filter in the name of its file


def event_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Send all events of the filter in one format: a small file whole, a large one while it is made. What is wrong is
    answered as JSON, and no events."""
    requested = requested_export(request, extension)
    if isinstance(requested, HttpResponse):
        return requested
    format, export = requested
    headers = headers_of(format, export)
    changed = export.about.revised_at if "Last-Modified" in headers else None
    if unchanged := get_conditional_response(request, headers["ETag"], changed and int(changed.timestamp())):
        return unchanged
    if request.method == "HEAD":
        return StreamingHttpResponse((), headers=headers)  # of a length that nobody knows yet
    try:
        stream = Stream(format.render(export))
        whole = stream.read_whole()
    except TooManyExports:
        return busy()
    except ExportBroken as error:
        return refusal(503, {"export": [str(error)]}, retry_after=1)
    if whole is None:
        return StreamingHttpResponse(stream, headers=headers)
    return HttpResponse(whole, headers=headers | _proof(request, whole))


def _proof(request: HttpRequest, whole: bytes) -> dict[str, str]:
    """Return the headers that only a file at hand can have. None is of compressed bytes, which are made later."""
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return {}
    digest = base64.b64encode(hashlib.sha256(whole).digest()).decode()
    return {"Content-Length": str(len(whole)), "Repr-Digest": f"sha-256=:{digest}:"}  # RFC 9530


def export_manifest(request: HttpRequest, extension: str) -> HttpResponse:
    """Return what proves the export at the same address: it is written once more, to know its digest."""
    requested = requested_export(request, extension)
    if isinstance(requested, HttpResponse):
        return requested
    format, export = requested
    try:
        reserved = Stream(())  # it costs as much as an export
    except TooManyExports:
        return busy()
    try:
        payload = make_manifest(format, export, timezone.now())
    finally:
        reserved.close()
    response = answer(payload, 200)
    response["Content-Disposition"] = content_disposition_header(True, f"{file_name(format, export)}.manifest.json")
    return response


def requested_export(request: HttpRequest, extension: str) -> tuple[Format, Export] | HttpResponse:
    """Return the format and the export that are asked for, or the refusal."""
    if extension not in FORMATS:
        return refusal(404, {"format": [f"There is no format “{extension}”. Formats: {', '.join(FORMATS)}."]})
    format = FORMATS[extension]
    event_filter = EventFilter(request.GET, Event.objects.public(), also=OPTIONS)
    wrong = dict(event_filter.messages)
    try:
        export_options = read_options(request.GET, format)
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        return refusal(400, wrong)
    export = Export.of(event_filter, export_options)
    reason = format.refusal(export)
    return refusal(400, {"format": [reason]}) if reason else (format, export)


def refusal(status: int, errors: dict[str, list[str]], retry_after: int = 0) -> JsonResponse:
    """`retry_after`: seconds; 0: to ask again helps nobody."""
    response = answer({"errors": errors, "status": status}, status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def busy() -> JsonResponse:
    words = f"Other exports are being sent. Try again in {RETRY_AFTER} seconds."
    return refusal(429, {"export": [words]}, RETRY_AFTER)


def answer(payload: dict, status: int) -> JsonResponse:
    response = JsonResponse(payload, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def headers_of(format: Format, export: Export) -> dict[str, str]:
    about = export.about
    query = "&".join(filter(None, [about.query, export.options.query]))
    proof = absolute_url(reverse("export-manifest", args=[format.extension])) + (f"?{query}" if query else "")
    headers = {
        "Content-Type": format.content_type,
        "Content-Disposition": content_disposition_header(format not in FEEDS, file_name(format, export)),
        "X-Total-Count": str(about.total),
        "X-Data-Revision": str(about.revision),
        "Link": f'<{proof}>; rel="describedby"',
        "ETag": etag(format, export),
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "X-Total-Count, X-Data-Revision, X-Left-Out, ETag, Link, Repr-Digest",
    }
    if about.revised_at and timezone.now() - about.revised_at > SETTLED:  # another change may have the same second
        headers["Last-Modified"] = http_date(about.revised_at.timestamp())
    if about.left_out:
        headers["X-Left-Out"] = "; ".join(f"{left_out.data_set}={left_out.count}" for left_out in about.left_out)
    return headers


def etag(format: Format, export: Export) -> str:
    """Return the mark of the bytes: the same filter, options, revision and software give the same."""
    text = "\n".join([format.extension, export.options.query, package_manifest(export.about)])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def file_name(format: Format, export: Export) -> str:
    about = export.about
    filtered = slugify(about.query.replace("=", "-").replace("&", "-"))[:LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, ['events', filtered, f'r{about.revision}']))}.{format.extension}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A format, as a reader chooses it."""

    format: Format
    rows: int
    size: int  # bytes to expect; 0: not estimated
    refused: str = ""  # why it cannot hold these events; empty: it can

    @classmethod
    def of(cls, format: Format, export: Export, sizes: dict[str, int]) -> "Offer":
        refused = format.refusal(export)
        return cls(format, format.row_count(export), 0 if refused else sizes.get(format.extension, 0), refused)


def export_choice(request: HttpRequest) -> HttpResponse:
    """Show every way to take the events of a filter away, with what each file will hold."""
    event_filter = EventFilter(request.GET, Event.objects.public())
    if event_filter.messages:
        return render(request, "timeline/export.html", {"wrong": event_filter.messages}, status=400)
    export = Export.of(event_filter)
    sizes = estimate_sizes(FORMATS.values(), export)
    groups = {group: [Offer.of(format, export, sizes) for format in formats] for group, formats in GROUPS.items()}
    context = {"event_filter": event_filter, "export": export, "groups": groups, "columns": WIDE}
    context |= {
        "long_cells": cached("long cells", event_filter, lambda: long_cells(export)),
        "longest": MOST_CHARACTERS,
    }
    context |= {"cite": references.view_reference(export.about), "current": "timeline"}
    return render(request, "timeline/export.html", context)
