"""The other's change beside one's own text, field by field."""

from dataclasses import dataclass

from timeline.history.changes_since import Edit


@dataclass(frozen=True, slots=True)
class Line:
    """One field."""

    field: str
    before: str  # when the form was opened
    now: str
    typed: str  # what stands in the form that was sent in
    is_theirs: bool  # changed by somebody else since the form was opened
    is_mine: bool  # changed in the form
    by: Edit | None  # who changed it

    @property
    def differs(self) -> bool:
        """Return whether both changed it, and not to the same."""
        return self.is_theirs and self.is_mine and self.typed != self.now


@dataclass(frozen=True, slots=True)
class Row:
    """One row inside the form, or the form's own."""

    what: str  # "citation"; empty: the form's own row
    name: str
    theirs: str  # added, changed, deleted; empty: nobody else touched it
    mine: str  # the same of the form that was sent in
    by: Edit | None
    lines: list[Line]

    @property
    def their_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_theirs]

    @property
    def my_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_mine]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others did to a row, and what was typed, since the form was opened."""

    message: str
    edits: list[Edit]
    rows: list[Row]

    @property
    def theirs(self) -> list[Row]:
        return [row for row in self.rows if row.theirs]

    @property
    def mine(self) -> list[Row]:
        return [row for row in self.rows if row.mine]
