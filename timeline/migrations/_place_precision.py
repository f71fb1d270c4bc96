"""How precisely a place is known goes from the place to its events.

The history and what imports remember get the same, so that no change is listed: nobody changed anything.
"""

import json

from django.db.models import OuterRef, Subquery

STATES = {"ImportedEvent": ("baseline",), "ImportChange": ("before", "state"), "ImportEdit": ("before", "after")}


def move_to_events(apps, schema_editor):
    places = apps.get_model("timeline", "Place").objects
    precision = Subquery(places.filter(pk=OuterRef("place_id")).values("precision"))
    for table in ("Event", "HistoricalEvent"):
        rows = apps.get_model("timeline", table).objects
        rows.filter(place_id__in=places.order_by().values("pk")).update(place_precision=precision)
    change_states(apps, _with_precision(dict(places.values_list("pk", "precision"))))


def _with_precision(precisions):
    def change(state):
        """Return the state with its new value behind the place, where an import writes it."""
        changed = {}
        for name, value in state.items():
            changed[name] = value
            if name == "place":
                changed["place_precision"] = precisions.get(value, "")
        return changed

    return change


def change_states(apps, change):
    """Rewrite each state that imports remember; what has no place in it stays as it is."""
    for table, columns in STATES.items():
        rows = apps.get_model("timeline", table).objects
        for row in rows.only("pk", *columns).iterator():
            texts = {name: getattr(row, name) for name in columns}
            changed = {name: write_state(change(json.loads(text))) if text else text for name, text in texts.items()}
            if changed != texts:
                rows.filter(pk=row.pk).update(**changed)


def write_state(state):
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))
