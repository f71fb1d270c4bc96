"""GeoJSON, a feature for each event; `when` says its time in spans. Source: RFC 7946; Linked Places Format, `when`."""

from collections.abc import Iterator

from .event_records import Record
from .export import Export, Format
from .export_header import has_occurred, is_known
from .to_json import header_object, json_with_list


def render(export: Export) -> Iterator[bytes]:
    head = {"type": "FeatureCollection", "about": header_object(export.about)}
    return json_with_list(head, "features", map(make_feature, export.records()))


FORMAT = Format(
    extension="geojson",
    content_type="application/geo+json; charset=utf-8",
    label="GeoJSON, for maps",
    opens_in="QGIS, geojson.io, Leaflet",
    render=render,
)


def make_feature(record: Record) -> Record:
    properties = {name: value for name, value in record.items() if name not in ("latitude", "longitude")}
    return {
        "type": "Feature",
        "id": record["public_id"],
        "geometry": make_geometry(record),
        "when": make_when(record),
        "properties": properties,
    }


def make_geometry(record: Record) -> Record | None:
    """Return the point; None where no place, or no point, is known."""
    if record["latitude"] is None or record["longitude"] is None:
        return None
    return {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}


def make_when(record: Record) -> Record:
    """Return the time: `in` for a day that is known, else `earliest` and `latest`, left out where open. Certain is only what
    happened, on days that are known."""
    span = {"start": _bounds(record, "start"), "end": _bounds(record, "end")}
    timespans = [{name: bounds for name, bounds in span.items() if bounds}]
    return {
        "timespans": timespans,
        "label": record["date"],
        "certainty": _certainty(record),
    }


def _certainty(record: Record) -> str:
    if not has_occurred(record) or record["date_qualifier"] in ("?", "%"):
        return "uncertain"
    return "certain" if is_known(record) else "less-certain"


def _bounds(record: Record, name: str) -> Record:
    earliest, latest = record[f"{name}_earliest"], record[f"{name}_latest"]
    if earliest and earliest == latest:
        return {"in": earliest}
    return {word: day for word, day in (("earliest", earliest), ("latest", latest)) if day}
