"""Tables as spreadsheets of different countries save them, and the cells of a row."""

import pytest

from timeline.imports.cell_values import MISSING, Cells, Table, open_table, rows
from timeline.imports.file_bytes import FileRefused


def read(tmp_path, text: str) -> tuple[Table, list, list]:
    """Return the table, its rows, and the problems that were reported."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8", newline="")
    table, problems = open_table(path), []
    return table, list(rows(path, table.header, problems.append, table.delimiter, skip=table.skip)), problems


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("id,title\n1,A\n", Table(",", ["id", "title"], 1)),
        ("id;title\n1;A\n", Table(";", ["id", "title"], 1)),
        ("id\ttitle\n1\tA\n", Table("\t", ["id", "title"], 1)),
        ('id;"a, b, c"\n1;A\n', Table(";", ["id", "a, b, c"], 1)),
        ("sep=;\r\nid;title\r\n1;A\r\n", Table(";", ["id", "title"], 2)),
        ("\ufeffsep=,\nid,title\n1,A\n", Table(",", ["id", "title"], 2)),
        ("id,title,,\n1,A,,\n", Table(",", ["id", "title"], 1)),
    ],
    ids=["commas", "semicolons", "tabs", "quoted commas", "declared", "byte-order mark", "empty columns"],
)
def test_header_shows_how_cells_are_separated(tmp_path, text, table):
    assert read(tmp_path, text)[:2] == (table, [(table.skip + 1, ["1", "A"])])


def test_empty_rows_and_cells_behind_the_last_column_are_passed_over(tmp_path):
    _, rows, problems = read(tmp_path, "id,title\n1,A,,\n,,,\n,\n2,B\n3,C,,lost\n")

    assert rows == [(2, ["1", "A"]), (5, ["2", "B"])]
    assert [(problem.row, problem.right.partition(":")[0]) for problem in problems] == [
        (6, "The row has 4 cells, too many")
    ]


def test_column_without_a_name_before_others_is_refused(tmp_path):
    with pytest.raises(FileRefused, match=r"Column 2 of the header has no name\."):
        read(tmp_path, "id,,title\n1,x,A\n")


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("39.815", "39.815000"),
        ("39,815", "39.815000"),
        ("-90", "-90.000000"),
        ("", None),
        ("90.1", None),
        ("4,1,2", None),
    ],
)
def test_degrees_take_a_decimal_comma(text, degrees):
    problems = []
    cells = Cells(2, {"latitude": text}, problems.append)

    assert cells.degrees("latitude", 90) == degrees
    assert len(problems) == (degrees is None and text != "")


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_wrong"), [("0", "0.0", True), ("0", "32.5", False), ("1", "", True)]
)
def test_no_place_lies_at_zero_degrees_of_both(latitude, longitude, is_wrong):
    problems = []
    Cells(2, {"latitude": latitude, "longitude": longitude}, problems.append).point("latitude", "longitude")

    assert [problem.column for problem in problems] == ["latitude"] * is_wrong


@pytest.mark.parametrize(("missing", "text"), [(MISSING, ""), ((), "NA")])
def test_missing_value_of_a_data_set_is_no_text(missing, text):
    assert Cells(2, {"actor1": " NA "}, [].append, missing=missing).text("actor1") == text


@pytest.mark.parametrize(("text", "meaning"), [("1", "day"), ("1.0", "day"), ("", None), ("1.5", None)])
def test_code_may_be_written_as_a_decimal_number(text, meaning):
    assert Cells(2, {"date_prec": text}, [].append).one_of("date_prec", {"1": "day"}) == meaning
