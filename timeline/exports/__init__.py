"""The formats of an export. A format is one module with `extension`, `content_type`, `label`, `opens_in`, `columns` that
can be chosen, what a row `holds`, and `render`."""

from types import ModuleType

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
from .package import to_zip

GROUPS: dict[str, tuple[ModuleType, ...]] = {
    "Tables": (to_csv, to_citations_csv, to_xlsx),
    "Whole": (to_zip, to_json, to_ndjson),
    "Maps and timelines": (to_geojson, to_timelinejs),
    "To subscribe to": (to_ics, to_atom, to_json_feed),
    "Sources": (to_bib, to_ris, to_csl),
}
FORMATS: dict[str, ModuleType] = {module.extension: module for group in GROUPS.values() for module in group}
FEEDS = (to_atom, to_json_feed, to_ics)
