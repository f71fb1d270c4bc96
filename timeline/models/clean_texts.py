"""The constraint that what editors typed has no characters that act without being seen (see timeline.text.unseen)."""

from typing import cast

from django.db import models

from timeline.text import unseen


class IsClean(models.Func):
    """Whether a text has none of them. `lines`: tabs and line ends are allowed."""

    output_field: models.Field = models.BooleanField()
    arity = 1

    @property
    def column(self) -> str:
        return cast(models.F, self.source_expressions[0]).name  # type: ignore[attr-defined]

    @property
    def has_lines(self) -> bool:
        return self.extra.get("lines", False)

    @property
    def _refused(self) -> unseen.Ranges:
        return unseen.IN_LINES if self.has_lines else unseen.IN_ONE_LINE

    def as_postgresql(self, compiler, connection, **context) -> tuple:
        column, parameters = compiler.compile(self.source_expressions[0])
        loose_joiner = f"(^|[^{_of_postgresql(unseen.JOINED)}])[{_of_postgresql(unseen.JOINERS)}]"
        return f"({column} !~ '[{_of_postgresql(self._refused)}]|{loose_joiner}')", parameters

    def as_sqlite(self, compiler, connection, **context) -> tuple:
        column, parameters = compiler.compile(self.source_expressions[0])
        joiners = _of_sqlite(unseen.JOINERS)
        patterns = [
            f"'*['||{_of_sqlite(self._refused)}||']*'",
            f"'['||{joiners}||']*'",
            f"'*[^'||{_of_sqlite(unseen.JOINED)}||']['||{joiners}||']*'",
        ]
        tests = [f"instr({column}, char(0)) = 0", *(f"{column} NOT GLOB {pattern}" for pattern in patterns)]
        return f"({' AND '.join(tests)})", tuple(parameters) * len(tests)


def _of_postgresql(ranges: unseen.Ranges) -> str:
    return "".join(f"\\U{max(first, 1):08x}-\\U{last:08x}" for first, last in ranges)


def _of_sqlite(ranges: unseen.Ranges) -> str:
    return "||".join(f"char({max(first, 1)})||'-'||char({last})" for first, last in ranges)


class CleanConstraint(models.CheckConstraint):
    """Asked by the database alone: in forms the validators of the fields say it, with the place of the character."""

    def validate(self, *arguments, **options) -> None:
        return None

    @property
    def texts(self) -> dict[str, bool]:
        """Return the columns, and of each whether it may have lines."""
        tests = cast(list[IsClean], cast(models.Q, self.condition).children)
        return {test.column: test.has_lines for test in tests}
