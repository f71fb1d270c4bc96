"""Files that are broken, or made to break something: refused with what is wrong and where, and nothing is written."""

import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.imports.events.formats import FORMATS

from .desk_client import rows
from .hypothesis_examples import examples
from .import_files import GED, ged, looked_at, table

pytestmark = pytest.mark.django_db
GOOD = ged({}, {"id": "2"})
HEADER = ",".join(GED)


def bomb(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 20_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "UTF-16"),
        (b"\xff\xfe\x00\x00" + GOOD.encode("utf-32-le"), "UTF-32"),
        (GOOD.replace("Donetsk", "Донецк").encode("cp1251"), "Line 2, byte"),
        (GOOD.encode() + b"\xc3", "ends in the middle of a character, on line 4"),
        (GOOD.replace("1001", "1\x0001").encode(), "Line 2, byte"),
        (GOOD.replace("year", "id", 1), "“id” more than once"),
        (f'{HEADER}\n1,"open\n' + "x,y\n" * 100_000, "The row that begins on line 2"),
        (f'{HEADER}\n"{"x" * 10_000_000}"\n', "more than 131,072 characters"),
        (",".join(f"c{n}" for n in range(1_000_000 // 10)), "at most 1,000 are read"),
        (bomb("xl/workbook.xml"), "ZIP archive"),
        (b"\x1f\x8b\x08" + b"0" * 100, "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no column"),
    ],
    ids=["empty", "utf-16", "utf-32", "cp1251", "cut", "nul", "twice", "open quote", "long cell", "wide"]
    + ["zip", "gzip", "xls", "entities"],
)
def test_file_is_refused_with_what_and_where(tmp_path, content, message):
    before = rows()
    summary = looked_at(tmp_path, content)

    assert message in summary.fatal
    assert (summary.created, rows()) == (0, before)


def test_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    summary = looked_at(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())

    assert (summary.fatal, summary.created) == ("", 2)


def test_line_ends_of_all_kinds_are_read(tmp_path):
    lines = GOOD.splitlines()

    assert looked_at(tmp_path, f"{lines[0]}\r\n{lines[1]}\n{lines[2]}\r\n").created == 2


def test_short_and_long_rows_are_listed_each(tmp_path):
    lines = GOOD.splitlines()
    summary = looked_at(tmp_path, "\n".join([lines[0], "1,2", lines[1], f"{lines[2]},more", ""]))

    assert (summary.rows, summary.created, summary.refused) == (3, 1, 2)
    assert [(problem.row, problem.right.partition(":")[0]) for problem in summary.first_problems] == [
        (2, "The row has 2 cells, too few"),
        (4, f"The row has {len(GED) + 1} cells, too many"),
    ]


def test_all_problems_are_counted_and_the_first_hundred_kept(tmp_path):
    from timeline.imports.events.event_import import check

    from .import_files import options

    many = table(*(GED | {"id": str(n), "latitude": "9999"} for n in range(250)))
    report = tmp_path / "report.csv"
    summary = check(options(tmp_path, many), report=report)

    assert (summary.problems, len(summary.first_problems), summary.refused) == (250, 100, 250)
    lines = report.read_text().splitlines()
    assert (lines[0], len(lines)) == ("row,column,value,what would be right", 251)
    assert lines[250].startswith('251,latitude,9999,"Write degrees from -90 to 90, like 39.815. ')


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(sorted(set(FORMATS) - {"datapackage"})), st.booleans())
def test_any_bytes_are_refused_or_read_never_an_error(tmp_path, content, format, headed):
    if headed:
        content = GOOD.encode()[:400] + content
    looked_at(tmp_path, content, format, data_set="ours")


def test_refusing_takes_little_memory(tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    looked_at(tmp_path, f'{HEADER}\n1,"open\n' + "x,y\n" * 2_000_000)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


@pytest.mark.long
def test_worst_files_are_refused_within_the_limits_of_the_import_page():
    root = Path(__file__).resolve().parent.parent
    worst = ["cell of 10 MB", "package, bomb", "nested JSON"]
    command = [sys.executable, "-m", "benchmarks.hostile", *worst]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603

    assert (done.returncode, done.stdout.strip().rpartition("\n")[2].partition(";")[2]) == (
        0,
        " 3 files, 0 not as they should: []",
    )
