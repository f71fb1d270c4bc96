"""The rows of a CSV file, strictly: a header of distinct names, as many cells in each row, every quotation mark closed."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from .file_bytes import check_text
from .file_refusal import FileRefused, Problem, shortened

LONGEST_CELL = 131_072  # characters
MOST_COLUMNS = 1_000

Report = Callable[[Problem], None]
Row = tuple[int, list[str]]  # the line on which it begins, and its cells


def header_of(path: Path, delimiter: str = ",") -> list[str]:
    """Return the names of the columns. Raises FileRefused."""
    check_text(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _, names in _lines(file, delimiter):
            return _checked(names)
    raise FileRefused("The file has no header.")


def rows(
    path: Path, header: list[str], report: Report, delimiter: str = ",", *, skip: int = 1, quoted: bool = True
) -> Iterator[Row]:
    """Yield the rows after the header (`skip` 0: there is none) that fit it; the others are reported. A row of HXL hashtags and empty rows are
    passed over. Raises FileRefused where nothing after can be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, (line, cells) in enumerate(islice(_lines(file, delimiter, quoted=quoted), skip, None)):
            if len(cells) != len(header):
                if cells:
                    report(Problem(line, "", shortened(delimiter.join(cells)), _misfit(cells, header)))
            elif not (number == 0 and _is_hxl(cells)):
                yield line, cells


def _misfit(cells: list[str], header: list[str]) -> str:
    few = "too few" if len(cells) < len(header) else "too many"
    return f"The row has {len(cells)} cells, {few}: the header names {len(header)} columns."


def _is_hxl(cells: list[str]) -> bool:
    """Return whether every cell is empty or an HXL hashtag. Source: HXL 1.1."""
    return any(cells) and all(not cell or cell.startswith("#") for cell in cells)


def _lines(file, delimiter: str, *, quoted: bool = True) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(file, delimiter=delimiter, strict=True, quoting=quoting)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_refusal(line, str(error))) from None
        yield line, cells


def _refusal(line: int, error: str) -> str:
    if "field larger" in error or "unexpected end" in error:
        return (
            f"The row that begins on line {line} has a cell of more than {LONGEST_CELL:,} characters, or a quotation mark "
            "that is not closed. Close it, or write it twice inside a quoted cell."
        )
    return f"The row that begins on line {line} is not CSV: {error}."


def _checked(names: list[str]) -> list[str]:
    if len(names) > MOST_COLUMNS:
        raise FileRefused(f"The header names {len(names):,} columns; at most {MOST_COLUMNS:,} are read.")
    if len(names) == 1 and names[0].count(";") + names[0].count("\t") >= 2:
        raise FileRefused("The cells are parted by semicolons or tabs. Save the file with commas.")
    names = [name.strip() for name in names]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise FileRefused(
            f"The header names {', '.join(f'“{shortened(name)}”' for name in twice)} more than once. Give each column its own name."
        )
    return names
