"""The formats of an export: one module each, which declares its `FORMAT`."""

from . import (
    to_atom,
    to_bib,
    to_citations_csv,
    to_csl,
    to_csv,
    to_geojson,
    to_ics,
    to_json,
    to_json_feed,
    to_ndjson,
    to_ris,
    to_timelinejs,
    to_xlsx,
)
from .export import Format
from .package import to_zip

GROUPS: dict[str, tuple[Format, ...]] = {
    "Tables": (to_csv.FORMAT, to_citations_csv.FORMAT, to_xlsx.FORMAT),
    "Whole": (to_zip.FORMAT, to_json.FORMAT, to_ndjson.FORMAT),
    "Maps and timelines": (to_geojson.FORMAT, to_timelinejs.FORMAT),
    "To subscribe to": (to_ics.FORMAT, to_atom.FORMAT, to_json_feed.FORMAT),
    "Sources": (to_bib.FORMAT, to_ris.FORMAT, to_csl.FORMAT),
}
FORMATS: dict[str, Format] = {format.extension: format for group in GROUPS.values() for format in group}
FEEDS = (to_atom.FORMAT, to_json_feed.FORMAT, to_ics.FORMAT)
