"""Nothing but `timeline/dates` reads dates as people write them; what machines write in one format may be read elsewhere."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "timeline"
READS = re.compile(
    r"\b(?:strptime|fromisoformat|fromisocalendar|parse_date|parse_datetime|dateutil|dateparser|parsedatetime)\b"
    r"|\bdate(?:time)?\((?:\*?\(?map\(int|int\()"  # put together from figures
)
NAMES = re.compile(r"\bJanuary\b.*\bFebruary\b|janvier|января|yanvar|\bocak\b", re.DOTALL | re.IGNORECASE)
MACHINE_FORMATS = {  # file -> what it reads there
    "admin/history_pages.py": "a version's moment, as our own links give it",
    "api/query_fields.py": "moments of the API, RFC 3339",
    "api/api_request.py": "moments of our own records",
    "backups/restoring.py": "the moment of a backup, as it names it",
    "backups/store.py": "moments in the names of our own backups",
    "charts/marks/chart_view.py": "the chart's window, as our own links give it",
    "database/keyset_paging.py": "moments of our own links",
    "exports/to_atom.py": "moments of our own records",
    "exports/to_ics.py": "days of our own records",
    "exports/to_xlsx.py": "days of our own records",
    "imports/briefings/document_fields.py": "moments of archived copies, 14 digits; time stamps, ISO 8601",
    "imports/cell_values.py": "days of data sets, YYYY-MM-DD",
    "imports/events/formats/gdelt.py": "GDELT's eight digits",
    "imports/events/formats/ucdp_ged.py": "days that were read before",
    "imports/events/read_records.py": "days that were read before",
    "imports/package/package_archive.py": "our own packages",
    "index/column_clauses.py": "days of the database",
    "index/shard.py": "days of the database",
    "index/values.py": "days of the database",
    "management/commands/redact.py": "a moment since which redactions are exported, ISO 8601",
    "models/source_day.py": "EDTF of a day, as our own files and columns have it",
    "redaction/replay.py": "moments of our own files",
}


def files() -> dict[str, str]:
    paths = [
        path for path in PACKAGE.rglob("*.py") if not {"dates", "migrations"} & set(path.relative_to(PACKAGE).parts)
    ]
    return {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in paths}


def test_only_machine_formats_are_read_outside_the_reader():
    assert {name for name, text in files().items() if READS.search(text)} == set(MACHINE_FORMATS)


def test_no_other_module_knows_the_names_of_months():
    assert [name for name, text in files().items() if NAMES.search(text)] == []
