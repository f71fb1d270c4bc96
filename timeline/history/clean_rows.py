"""Rows that have characters that cannot be seen, from before these were refused: they are listed, and cleaned."""

from collections.abc import Callable, Iterable

from django.apps.registry import Apps
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from timeline.models.clean_texts import CleanConstraint, IsClean
from timeline.models.history_field import ChangeClass
from timeline.text import unseen

REASON = "Characters that cannot be seen were left out"

Texts = dict[str, bool]  # columns of a table, and of each whether it may have lines


def cleaned_tables(apps: Apps) -> list[tuple[type[models.Model], Texts]]:
    """Return the tables whose texts are to be clean, and which texts."""
    return [
        (model, constraint.texts)
        for model in apps.get_app_config("timeline").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CleanConstraint)
    ]


def unclean_rows(model: type[models.Model], texts: Texts) -> models.QuerySet:
    tests = [IsClean(column, lines=True) if has_lines else IsClean(column) for column, has_lines in texts.items()]
    return models.QuerySet(model).filter(~Q(*tests)).order_by("pk")


def describe_unclean(row: models.Model, texts: Texts) -> str:
    """Return the row in a line: its table, its number, and its texts with the characters written out."""
    columns = (f"{column} “{unseen.write_out(text, lines=lines)}”" for column, text, lines in _unclean(row, texts))
    return f"{row._meta.model_name} {row.pk}: {', '.join(columns)}"


def _unclean(row: models.Model, texts: Texts) -> Iterable[tuple[str, str, bool]]:
    for column, has_lines in texts.items():
        if unseen.find_unseen(text := getattr(row, column), lines=has_lines):
            yield column, text, has_lines


@transaction.atomic
def clean_rows(apps: Apps, tables: Iterable[tuple[type[models.Model], Texts]], report: Callable[[str], None]) -> int:
    """Clean every row, and say each; return how many there were. What would then be empty, or as another row, has the
    characters written out instead. The history says it, as what readers need not see. `apps`: those of a migration, too."""
    count = 0
    for model, texts in tables:
        for row in unclean_rows(model, texts):
            report(describe_unclean(row, texts))
            _clean(row, texts)
            _record(apps, row)
            count += 1
    if count:
        _raise_numbers(apps)
    return count


def _clean(row: models.Model, texts: Texts) -> None:
    unclean = list(_unclean(row, texts))
    cleaned = {column: (unseen.clean_lines if lines else unseen.clean_line)(text) for column, text, lines in unclean}
    try:
        with transaction.atomic():
            _update(row, cleaned)
    except IntegrityError:
        _update(row, {column: unseen.write_out(text, lines=lines) for column, text, lines in unclean})


def _update(row: models.Model, columns: dict[str, str]) -> None:
    for column, text in columns.items():
        setattr(row, column, text[: row._meta.get_field(column).max_length])
    models.QuerySet(type(row)).filter(pk=row.pk).update(**{column: getattr(row, column) for column in columns})


def _record(apps: Apps, row: models.Model) -> None:
    try:
        history = apps.get_model("timeline", f"Historical{type(row).__name__}")
    except LookupError:
        return
    columns = {field.attname for field in row._meta.concrete_fields}
    tracked = [field.attname for field in history._meta.concrete_fields if field.attname in columns]
    models.QuerySet(history).create(
        **{name: getattr(row, name) for name in tracked},
        history_date=timezone.now(),
        history_type="~",
        history_change_reason=REASON,
        change_class=ChangeClass.TYPO,
    )


def _raise_numbers(apps: Apps) -> None:
    """Let caches, feeds and exports see it. Nothing is sealed by the number of a shard but that it is another one."""
    models.QuerySet(apps.get_model("timeline", "DataRevision")).update(number=F("number") - 1)
    revision = models.QuerySet(apps.get_model("timeline", "PublicRevision"))
    revision.update(number=F("number") + 1, at_once=F("number") + 1, at=timezone.now())
