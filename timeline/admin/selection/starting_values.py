"""What the form of a new event begins with, beside the words: values of the event entered last, of another event, or of a
template, which is a set of values that an account has stored under a name."""

import datetime as dt
from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from timeline.admin.lists.lookup_whitelist import ROW_ID
from timeline.admin.lists.saved_filters import FilterForm
from timeline.admin.unsaved.form_key import FIELD, new_key, put_back_address, read_key
from timeline.models import Briefing, Event, Preset
from timeline.models.preset import MOST, PresetKind

TABLE = "timeline.event"
SITUATION = ("conflict", "place", "place_precision")
TEMPLATE = ("event_type", "actuality", *SITUATION)
DUPLICATE = (
    *("title", "summary", "value_note", "date_as_stated", "edtf", "date_note", "time_of_day", "time_zone"),
    *("deaths_low", "deaths_best", "deaths_high", *TEMPLATE),
)
MOST_PARTIES = 50  # of a template
MOST_COPIES = 10  # events of the source that are offered for a copy, the newest


@dataclass(frozen=True, slots=True)
class StartingValues:
    columns: dict = field(default_factory=dict)  # field of the event -> value; rows by primary key
    parties: list[dict] = field(default_factory=list)  # actor, role, office


@dataclass(frozen=True, slots=True)
class Starts:
    """What a form can begin with."""

    templates: list[Preset]
    copies: list[Event]


def starts_of(request: HttpRequest, briefing: Briefing) -> Starts:
    """Return the account's templates, and the events that cite the source. Two queries."""
    templates = Preset.objects.of(request.user.pk, PresetKind.TEMPLATE, TABLE)
    copies = Event.objects.citable().cited_by(briefing.citations.all())
    return Starts(list(templates), list(copies[:MOST_COPIES]))


def starting_values(request: HttpRequest) -> StartingValues:
    """Return what the address asks for: `same_as_last`, `copy_of` an event, a `template`. Nothing where there is no such. At
    most two queries."""
    query = request.GET
    if "same_as_last" in query:
        return _of_event(Event.objects.entered_by(request.user).order_by("-pk").first(), SITUATION)
    if ROW_ID.fullmatch(query.get("copy_of", "")):
        return _of_event(Event.objects.citable().filter(pk=query["copy_of"]).first(), DUPLICATE)
    if ROW_ID.fullmatch(query.get("template", "")):
        templates = Preset.objects.of(request.user.pk, PresetKind.TEMPLATE, TABLE)
        return _of_template(templates.filter(pk=query["template"]).first())
    return StartingValues()


def _of_event(event: Event | None, columns: tuple[str, ...]) -> StartingValues:
    if event is None:
        return StartingValues()
    values = {name: getattr(event, event._meta.get_field(name).attname) for name in columns}
    return StartingValues(values, list(event.participations.values("actor", "role", "office")))


@require_POST
def duplicate_view(request: HttpRequest, event_id: int) -> HttpResponse:
    """Begin another event with what this one has, without its citations and relations: a form of this account that is not
    saved yet."""
    if not request.user.has_perms(("timeline.add_event", "timeline.view_event")):
        raise PermissionDenied
    event = get_object_or_404(Event.objects.citable(), pk=event_id)
    form, key = reverse("admin:timeline_event_add"), new_key(request, TABLE)
    status = key.store(form, _typed(_of_event(event, DUPLICATE)))
    if status != HTTPStatus.NO_CONTENT:
        messages.error(request, "The event is too long to be copied.")
        return redirect("admin:timeline_event_change", event.pk)
    messages.info(request, f"Copied from “{event}”, without its citations and relations. Change what is different.")
    return redirect(put_back_address(form, key))


def _typed(start: StartingValues) -> QueryDict:
    """Return the fields of the form of a new event as a browser would send them."""
    typed = QueryDict(mutable=True)
    for name, column in start.columns.items():
        typed[name] = f"{column:%H:%M}" if isinstance(column, dt.time) else "" if column is None else str(column)
    for prefix, count in (("participations", len(start.parties)), ("citations", 0), ("relations", 0)):
        typed.update({f"{prefix}-TOTAL_FORMS": str(count), f"{prefix}-INITIAL_FORMS": "0"})
    for number, party in enumerate(start.parties):
        typed.update({f"participations-{number}-{name}": str(column) for name, column in party.items()})
    return typed


def _of_template(template: Preset | None) -> StartingValues:
    values = QueryDict(template.values if template else "")
    parties = [
        dict(zip(("actor", "role", "office"), party.split(":", 2), strict=True)) for party in values.getlist("party")
    ]
    return StartingValues({name: values[name] for name in TEMPLATE if values.get(name)}, parties)


def _values_of(form: QueryDict) -> str:
    """Return the values of a form of an event that a template stores: what it is, where, and who takes part."""
    values = QueryDict(mutable=True)
    for name in TEMPLATE:
        if form.get(name):
            values[name] = form[name]
    total = form.get("participations-TOTAL_FORMS", "")
    for number in range(min(int(total), MOST_PARTIES) if ROW_ID.fullmatch(total) else 0):
        prefix = f"participations-{number}"
        if ROW_ID.fullmatch(form.get(f"{prefix}-actor", "")) and not form.get(f"{prefix}-DELETE"):
            party = (form[f"{prefix}-actor"], form.get(f"{prefix}-role", ""), form.get(f"{prefix}-office", ""))
            values.appendlist("party", ":".join(party))
    return values.urlencode()


@require_POST
def add_view(request: HttpRequest) -> HttpResponse:
    """Store what a form of an event holds as a template, under `template_name`."""
    if not request.user.has_perm("timeline.add_event"):
        raise PermissionDenied
    form = FilterForm({"name": request.POST.get("template_name", ""), "values": _values_of(request.POST)})
    if not form.is_valid():
        problem = " ".join(" ".join(errors) for errors in form.errors.values())
        return _answer(
            request, f"The template was not saved: give it a name, and choose a type or a participant. {problem}", 400
        )
    name, values = form.cleaned_data["name"], form.cleaned_data["values"]
    if not Preset.objects.store(request.user.pk, PresetKind.TEMPLATE, TABLE, name, values):
        return _answer(request, f"The template was not saved: {MOST} are saved. Delete one first.", 400)
    return _answer(request, f"The template “{name}” is saved, for your account alone.")


@require_POST
def delete_view(request: HttpRequest, preset_id: int) -> HttpResponse:
    templates = Preset.objects.of(request.user.pk, PresetKind.TEMPLATE, TABLE)
    template = get_object_or_404(templates, pk=preset_id)
    template.delete()
    return _answer(request, f"The template “{template}” is deleted.")


def _answer(request: HttpRequest, message: str, status: int = 200) -> HttpResponse:
    """Return the message for the panel; else put the form back as it was sent, with the message."""
    if request.headers.get("X-Layout") == "panel":
        return JsonResponse({"message": message}, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, message)
    back, key = request.POST.get("back", ""), read_key(request.POST.get(FIELD, ""))
    if not url_has_allowed_host_and_scheme(back, None):
        return redirect("admin:timeline_event_changelist")
    is_stored = key and key.owner == request.user.pk and key.store(back, request.POST) == HTTPStatus.NO_CONTENT
    return redirect(put_back_address(back, key) if is_stored else back)


urlpatterns = [
    path("add/", admin.site.admin_view(add_view), name="template-add"),
    path("event/<int:event_id>/", admin.site.admin_view(duplicate_view), name="event-duplicate"),
    path("<int:preset_id>/delete/", admin.site.admin_view(delete_view), name="template-delete"),
]
