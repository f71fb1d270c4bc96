"""What `authorization.csv` declares.

A line of the file: the address's name, or its route where it has none, then methods, then the status for each of IDENTITIES.
Names in braces stand for an address each. A method that no line of an address names is refused, whoever sends the request.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "authorization.csv"
IDENTITIES = ("anonymous", "staff", "viewer", "editor", "reviewer", "administrator", "superuser")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
FORBIDDEN = {401, 403, 404, 405}
REFUSED = (405,) * len(IDENTITIES)  # what a method that an address does not take is answered


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file."""

    name: str
    methods: tuple[str, ...]
    statuses: tuple[int, ...]  # by IDENTITIES
    number: int

    @property
    def address(self) -> str:
        return self.name.partition("@")[0]

    @property
    def case(self) -> str:
        return self.name.partition("@")[2]


def declared() -> list[Line]:
    """Return the lines of the file, each name in braces a line of its own, then the methods that none of them names."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [(number, row) for number, row in enumerate(csv.reader(file), 1) if row and not row[0].startswith("#")]
    lines = [
        Line(name, tuple(row[1].split()), tuple(map(int, row[2:])), number)
        for number, row in rows[1:]
        for name in _each_name(row[0])
    ]
    return lines + list(_refusals(lines))


def _each_name(name: str) -> list[str]:
    before, _, rest = name.partition("{")
    names, _, after = rest.partition("}")
    return [f"{before}{middle}{after}" for middle in names.split()] or [name]


def _refusals(lines: list[Line]) -> Iterator[Line]:
    """Yield for each address the methods that it refuses; the number is that of its first line."""
    first = {line.address: line for line in reversed(lines)}
    named = {(line.name, method) for line in lines for method in line.methods}
    for name, line in first.items():
        if methods := tuple(method for method in METHODS if (name, method) not in named):
            yield Line(name, methods, REFUSED, line.number)


def written(name: str, methods: tuple[str, ...], statuses: list[int]) -> str:
    return ",".join([name, " ".join(methods), *map(str, statuses)])
