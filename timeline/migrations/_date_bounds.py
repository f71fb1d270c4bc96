"""Approximate dates get their width, and dates without an end are known to have gone on to their latest start.

The history gets the same bounds, so that no change is listed: nobody changed anything.
"""

import datetime as dt

from timeline import dates

BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def derive_bounds(apps, schema_editor):
    for model in ("Event", "HistoricalEvent"):
        rows = apps.get_model("timeline", model).objects
        for edtf in _changed(rows):
            rows.filter(edtf=edtf).update(**_bounds(edtf, with_order=model == "Event"))


def _changed(rows):
    """Return the dates that are stored and have other bounds now."""
    stored = rows.exclude(edtf="").order_by().values_list("edtf", flat=True).distinct()
    return [edtf for edtf in stored if edtf.endswith("/") or ".." in edtf or "~" in edtf or "%" in edtf]


def _bounds(edtf, with_order):
    date = dates.parse(edtf)
    bounds = {name: getattr(date, name) for name in BOUNDS}
    if with_order:
        bounds["sort_on"] = date.start_earliest if date.start_earliest != dt.date.min else dt.date.max
    return bounds
