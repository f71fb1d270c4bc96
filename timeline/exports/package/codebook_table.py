"""codebook.csv: what the codes in the other files mean."""

from timeline.evidence.codebook import CODEBOOK_VERSION
from timeline.exports.columns import TEXT, field_column
from timeline.exports.event_records import Record
from timeline.exports.export import Options
from timeline.exports.to_csv import csv_lines
from timeline.pages.code_list import Code, codes

COLUMNS = (
    field_column("codebook_version", TEXT, "Version of the codebook."),
    field_column("column", TEXT, "Table and column of the package in which the code occurs."),
    field_column("value", TEXT, "The code."),
    field_column("label", TEXT, "How pages name it."),
    field_column("definition", TEXT, "When it is chosen; empty: the label says it."),
    field_column("claim", TEXT, "Of a type of event: what an event of it claims."),
    field_column("plover", TEXT, "Of a type of event: event and mode in PLOVER; empty: none."),
)


def codebook_csv() -> str:
    """Return every code with its meaning, whatever the filter of a package: a header and a row a code. One query."""
    return "".join(csv_lines(map(_record, codes()), list(COLUMNS), Options()))


def _record(code: Code) -> Record:
    return {"codebook_version": CODEBOOK_VERSION, **code._asdict()}
