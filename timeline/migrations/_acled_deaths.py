"""ACLED's one figure is its best estimate, not the least; its 0 says that none are reported, which is no count.

The history and what imports remember get the same, so that no change is listed: nobody changed anything.
"""

import json

from django.db.models import Case, F, Value, When

STATES = {"ImportedEvent": ("baseline",), "ImportChange": ("before", "state")}


def move_counts(apps, schema_editor):
    best = Case(When(deaths_low=0, then=Value(None)), default=F("deaths_low"))
    for table in ("Event", "HistoricalEvent"):
        rows = apps.get_model("timeline", table).objects.filter(data_set__slug="acled", deaths_best=None, deaths_low__gte=0)
        rows.update(deaths_best=best, deaths_low=None)
    for table, columns in STATES.items():
        rows = apps.get_model("timeline", table).objects
        of_acled = rows.filter(**{"data_set__slug" if table == "ImportedEvent" else "imported__data_set__slug": "acled"})
        for row in of_acled.only("pk", *columns).iterator():
            rows.filter(pk=row.pk).update(**{name: moved(getattr(row, name)) for name in columns})


def moved(text):
    state = json.loads(text)
    if state.get("best") is None and state.get("low") is not None:
        state |= {"best": state["low"] or None, "low": None}
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))
