"""datapackage.json. Source: Data Package v2, profiles 2.0."""

import json

from timeline.exports.event_records import Record
from timeline.exports.export_header import About
from timeline.models import DataSet

from ..columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, Column, stamp
from .package_tables import Table

TYPES = {DAY: "date", INTEGER: "integer", NUMBER: "number", FLAG: "boolean", MOMENT: "datetime"}
FORMATS = {MOMENT: "any"}
GUARDED = (
    "Text cells that a spreadsheet would run as a formula begin with one apostrophe more than the text has; numbers are "
    "never changed."
)


def descriptor(about: About, resources: list[Record]) -> str:
    """Return the description of a package with these resources."""
    made = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "conflict-event-timeline",
        "title": about.sentence,
        "description": " ".join(
            ["Events, each with its sources word for word.", *(one.words for one in about.left_out)]
        ),
        "homepage": about.url,
        "version": str(about.revision),
        "created": stamp(about.revised_at),
        "licenses": [{"name": about.licence.replace(" ", "-"), "title": about.licence, "path": about.licence_url}],
        "contributors": [{"title": about.publisher, "roles": ["publisher"]}],
        "sources": [source(one) for one in about.sources],
        "resources": resources,
    }
    return json.dumps({name: value for name, value in made.items() if value}, ensure_ascii=False, indent=1) + "\n"


def source(data_set: DataSet) -> Record:
    """Return a data set with its terms, so that who brings the package in need not write them. All that a package has may
    be passed on."""
    made = {"title": data_set.name, "path": data_set.url, "slug": data_set.slug}
    made |= {name: getattr(data_set, name) for name in ("publisher", "licence", "licence_url", "attribution")}
    return {name: value for name, value in made.items() if value}


def resource(table: Table, size: int, sha256: str, raw: bool) -> Record:
    """Return the description of one table: of its file too, which is `size` bytes long."""
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        **({} if raw else {"description": GUARDED}),
        "schema": schema(table),
    }


def schema(table: Table) -> Record:
    made: Record = {"fields": [field(column) for column in table.columns], "primaryKey": list(table.key)}
    if table.refers:
        made["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": other if other != table.name else "", "fields": [key]}}
            for name, (other, key) in table.refers.items()
        ]
    return made


def field(column: Column) -> Record:
    kind = TYPES.get(column.kind, "string")
    made = {"name": column.name, "type": kind, "description": column.meaning}
    return made | ({"format": FORMATS[column.kind]} if column.kind in FORMATS else {})
