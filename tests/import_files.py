"""Files to bring in, made by hand, and how tests bring them in."""

import csv
import io
from pathlib import Path

from timeline.imports.events.data_set_choice import data_set_for
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.events.import_summary import Summary
from timeline.models import ImportBatch

GED = {
    "id": "1001",
    "year": "2014",
    "type_of_violence": "1",
    "conflict_name": "Ukraine: Novorossiya",
    "side_a_new_id": "61",
    "side_a": "Government of Ukraine",
    "side_b_new_id": "6711",
    "side_b": "DPR",
    "source_article": '"Reuters News,2014-08-15,Death toll rises"',
    "source_original": "Military source",
    "where_prec": "1",
    "where_coordinates": "Donetsk town",
    "latitude": "48.0",
    "longitude": "37.805278",
    "country": "Ukraine",
    "date_prec": "1",
    "date_start": "2014-08-15",
    "date_end": "2014-08-15",
    "deaths_a": "2",
    "low": "1",
    "best": "2",
    "high": "3",
}

ACLED = {
    "event_id_cnty": "ARM12",
    "event_date": "25 March 2022",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Armenia",
    "assoc_actor_1": "A; B",
    "actor2": "Civilians (Armenia)",
    "country": "Armenia",
    "location": "Goris",
    "latitude": "39.5",
    "longitude": "46.3",
    "geo_precision": "1",
    "source": "Armenpress; TASS",
    "notes": "On 25 March 2022, forces clashed.",
    "fatalities": "3",
}

SIX = [{"id": str(number), "side_b_new_id": f"{number + 1}", "side_b": f"Group {number}"} for number in range(6)]


def table(*rows: dict, columns: list[str] | None = None) -> str:
    """Return rows as CSV, with the columns of the first."""
    names = columns or list(rows[0])
    file = io.StringIO()
    writer = csv.DictWriter(file, names)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def ged(*changes: dict) -> str:
    """Return a file of UCDP GED, one row for each set of changes to the row above."""
    return table(*(GED | change for change in changes or ({},)))


def options(path: Path, text: str | bytes, format: str = "ucdp-ged", data_set: str = "", **changes) -> Options:
    """Return what asks for this text to be brought in; it is written to `path`, a folder."""
    file = path / "events.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    terms = {"name": "Our data", "licence": "CC0", "attribution": "Us.", "url": "https://data.example/"}
    file_data_set = data_set_for(FORMATS[format], data_set, terms if data_set else None)
    return Options(file, file.name, FORMATS[format], file_data_set, **changes)


def looked_at(path: Path, text: str | bytes, format: str = "ucdp-ged", **changes) -> Summary:
    return check(options(path, text, format, **changes))


def brought_in(path: Path, text: str | bytes, format: str = "ucdp-ged", **changes) -> ImportBatch:
    import_options = options(path, text, format, **changes)
    return run(import_options, check(import_options))


def counts(outcome: Summary | ImportBatch) -> tuple[int, int, int, int]:
    """Return (created, updated, unchanged, refused)."""
    return outcome.created, outcome.updated, outcome.unchanged, outcome.refused


def wrong(summary: Summary) -> list[tuple[int, str]]:
    """Return where the problems are: row and column."""
    return [(problem.row, problem.column) for problem in summary.first_problems]


def without_history(tables: dict) -> dict:
    """Return the rows of all tables but those that only grow, and the data sets, which stay."""
    growing = (
        "historical",
        "timeline_dataset",
        "timeline_importbatch",
        "timeline_datarevision",
        "timeline_publicrevision",
    )
    return {name: table_rows for name, table_rows in tables.items() if not any(part in name for part in growing)}
