import datetime as dt

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from timeline.admin.dashboard import dashboard_for
from timeline.admin.unsaved.form_key import key_of
from timeline.models import UnsavedForm

ORDER = (
    "Event",
    "Briefing",
    "Citation",
    "Actor",
    "Place",
    "Conflict",
    "EventType",
    "DataSet",
    "ImportBatch",
    "User",
    "Group",
)  # as editors need them; others follow

register = template.Library()


@register.filter
def ago(moment: dt.datetime) -> str:
    """Return "3 hours ago", or "just now" for less than a minute."""
    return (
        "just now" if timezone.now() - moment < dt.timedelta(minutes=1) else f"{timesince(moment, timezone.now())} ago"
    )


@register.filter
def form_key(unsaved: UnsavedForm) -> str:
    """Return the signed key of an unsaved form, by which it is put back or discarded."""
    return key_of(unsaved).signed()


@register.inclusion_tag("admin/timeline/_work.html", takes_context=True)
def work(context) -> dict:
    return {"work": dashboard_for(context["request"])}


@register.inclusion_tag("admin/timeline/_tables.html", takes_context=True)
def tables(context) -> dict:
    """Return the tables this person may see: name, address, and whether the page belongs to it. No query."""
    path = context["request"].path
    entries = [
        {
            "name": model["name"],
            "url": model["admin_url"],
            "here": path.startswith(model["admin_url"]),
            "model": model["object_name"],
        }
        for app in context.get("available_apps", ())
        for model in app["models"]
        if model["admin_url"]
    ]
    places = {name: place for place, name in enumerate(ORDER)}
    return {"tables": sorted(entries, key=lambda entry: places.get(entry["model"], len(ORDER)))}
