"""Places that are one become one: the same name and country, at most 25 km apart, or none with a point.

The one with most events stays. What named the others names it; their addresses lead there. The history and what imports
remember get the same, so that no change of an event is listed: where it happened has not changed.
"""

from collections import defaultdict

from django.db.models import Count, F
from django.utils import timezone

from timeline.text.coordinates import distance
from timeline.text.folding import fold

from ._place_precision import change_states

APART = 25  # km
AT_ONCE = 500
NAMING = ("Event", "HistoricalEvent", "Citation", "HistoricalCitation", "PlaceExternalId")


def merge_doubles(apps, schema_editor):
    places = apps.get_model("timeline", "Place").objects
    doubles = find_doubles(places.annotate(n=Count("events")).order_by("-n", "pk"))
    moved = _public_events(apps, doubles)
    for place, target, _ in doubles:
        for table in NAMING:
            apps.get_model("timeline", table).objects.filter(place_id=place.pk).update(place_id=target.pk)
        places.filter(pk=place.pk).update(merged_into=target.pk)
    if doubles:
        targets = {place.pk: target.pk for place, target, _ in doubles}
        change_states(apps, lambda state: state | {"place": targets.get(state.get("place"), state.get("place"))})
        _record(apps, doubles)
        _raise_numbers(apps, moved)
    ancestors = apps.get_model("timeline", "PlaceAncestor")
    ancestors.objects.bulk_create(
        ancestors(ancestor_id=key, place_id=key) for key in places.order_by("pk").values_list("pk", flat=True)
    )


def find_doubles(places):
    """Return (place, the one that it is, the kilometres between them) of each that is another; `places`: those that would
    rather stay first. Each is compared with those that stay, so that a row of near ones does not become one."""
    staying, doubles = defaultdict(list), []
    for place in places:
        alike = staying[fold(place.name), place.country, place.latitude is None]
        apart = [(0 if place.latitude is None else distance(_point(place), _point(other)), other) for other in alike]
        near = [pair for pair in apart if pair[0] <= APART]
        if near:
            km, target = min(near, key=lambda pair: pair[0])
            doubles.append((place, target, km))
        else:
            alike.append(place)
    return doubles


def _point(place):
    return place.latitude, place.longitude


def _public_events(apps, doubles):
    events = apps.get_model("timeline", "Event").objects.filter(published_at__isnull=False)
    return [key for place, *_ in doubles for key in events.filter(place_id=place.pk).values_list("pk", flat=True)]


def _record(apps, doubles):
    """Say it in the history of each place, and on the terminal."""
    history = apps.get_model("timeline", "HistoricalPlace")
    columns = ("slug", "name", "country", "latitude", "longitude", "description", "parent_id")
    print(f"\n    {len(doubles)} places are another one that is here, and were merged into it:")
    for place, target, km in doubles:
        print(f"    {place.slug} into {target.slug}: {place.name}, {km:.1f} km apart, {place.n} events")
        history.objects.create(
            **{name: getattr(place, name) for name in columns},
            id=place.pk,
            merged_into_id=target.pk,
            history_date=timezone.now(),
            history_type="~",
            history_change_reason=f"Merged into “{target.slug}”: the same name and country, {km:.1f} km apart.",
        )


def _raise_numbers(apps, events):
    """Let caches, feeds and exports see that public rows changed."""
    apps.get_model("timeline", "DataRevision").objects.update(number=F("number") - 1)
    public = apps.get_model("timeline", "PublicRevision").objects
    if events and public.update(number=F("number") + 1, at=timezone.now()):
        revision = public.get()
        rows = apps.get_model("timeline", "Event").objects
        for start in range(0, len(events), AT_ONCE):
            some = rows.filter(pk__in=events[start : start + AT_ONCE])
            some.update(revision=revision.number, revised_at=revision.at)
