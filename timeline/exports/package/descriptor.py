"""datapackage.json. Source: Data Package v2, profiles 2.0."""

import json
from collections.abc import Iterable

from timeline.exports.columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, Column, iso_utc
from timeline.exports.event_records import Record
from timeline.exports.export_header import About
from timeline.exports.package.package_tables import Table
from timeline.models import DataSet
from timeline.site_identity import NO_LICENCE

TYPES = {DAY: "date", INTEGER: "integer", NUMBER: "number", FLAG: "boolean", MOMENT: "datetime"}
FORMATS = {MOMENT: "any"}
GUARDED = (
    "Text cells that a spreadsheet would run as a formula begin with one apostrophe more than the text has; numbers are "
    "never changed."
)


def make_descriptor(about: About, resources: list[Record]) -> str:
    """Return the description of a package with these resources."""
    description = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "conflict-event-timeline",
        "title": about.sentence,
        "description": " ".join(["Events, each with its sources word for word.", *about.notes]),
        "homepage": about.url,
        "version": str(about.revision),
        "created": iso_utc(about.revised_at),
        "licenses": describe_licence(about),
        "contributors": [{"title": about.publisher, "roles": ["publisher"]}],
        "sources": [describe_data_set(withheld) for withheld in about.sources],
        "resources": resources,
    }
    return (
        json.dumps({name: value for name, value in description.items() if value}, ensure_ascii=False, indent=1) + "\n"
    )


def describe_licence(about: About) -> list[Record]:
    """Return the licence of what was entered here; none where its owner chose none."""
    name = about.licence.replace(" ", "-")
    described = {"name": name, "title": about.licence, "path": about.licence_url}
    return [{key: words for key, words in described.items() if words}] if name else []


def describe_data_set(data_set: DataSet) -> Record:
    """Return a data set with its terms, so that who brings the package in need not write them. All that a package has may
    be passed on."""
    description: Record = {"title": data_set.name, "path": data_set.url, "slug": data_set.slug}
    description |= {name: getattr(data_set, name) for name in ("publisher", "licence", "licence_url", "attribution")}
    description["leads_only"] = data_set.leads_only
    return {name: value for name, value in description.items() if value}


def describe_table(table: Table, size: int, sha256: str, raw: bool) -> Record:
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
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> Record:
    description: Record = {
        "fields": [describe_column(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.foreign_keys:
        description["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": other if other != table.name else "", "fields": [key]}}
            for name, (other, key) in table.foreign_keys.items()
        ]
    return description


def describe_column(column: Column) -> Record:
    kind = TYPES.get(column.kind, "string")
    description = {"name": column.name, "type": kind, "description": column.meaning}
    return description | ({"format": FORMATS[column.kind]} if column.kind in FORMATS else {})


# The papers of a package: what it is, how to cite it, and on what terms it may be used.


def readme(about: About, tables: Iterable[Table]) -> str:
    listed = "\n".join(
        f"- `{table.name}.csv`: {', '.join(column.name for column in table.columns)}" for table in tables
    )
    left_out = "".join(f"\n{note}\n" for note in about.notes)
    return (
        f"# {about.sentence}\n\n{about.url}\n\n"
        f"{about.total} events, revision {about.revision} of the data"
        f"{f', as known on {about.known_by}' if about.known_by else ''}.\n{left_out}\n"
        "Dates are as precise as the sources are: `edtf` is the date, the four bounds are the days between which it "
        "lies, and an empty bound is open.\n\n"
        f"{listed}\n\n`datapackage.json` says what each column means. Files are UTF-8 with CRLF at the end of each row.\n"
    )


def citation(about: About) -> str:
    return f"{about.attribution}\n"


def licence(about: About) -> str:
    sources = "".join(
        f"\n{withheld.name}: {withheld.licence} {withheld.licence_url}\n{withheld.attribution}\n"
        for withheld in about.sources
    )
    terms = f"{about.licence}\n{about.licence_url}".strip() or NO_LICENCE
    return (
        f"{terms}\n\nIt covers what {about.publisher} has recorded. Quoted words and the texts "
        f"of briefings are their authors', under the rights named in briefings.csv.\n{sources}"
    )
