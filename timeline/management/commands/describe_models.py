from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models

APART = ("historical", "import", "submission", "loginattempt", "datarevision", "publicrevision")  # beginnings of names


class Command(BaseCommand):
    help = "Print the tables of the record and how they refer to each other, as a Mermaid diagram (see docs/model.md)."

    def handle(self, **options) -> None:
        self.stdout.write("\n".join(diagram()))


def diagram() -> Iterator[str]:
    """Yield the lines of the diagram, tables and columns in alphabetical order."""
    yield "erDiagram"
    for model in sorted(described(), key=lambda model: model.__name__):
        columns = [field for field in model._meta.concrete_fields if not field.is_relation and not field.primary_key]
        if columns:
            yield f"    {model.__name__} {{"
            yield from (f"        {field.get_internal_type()} {field.name}" for field in columns)
            yield "    }"
        yield from references(model)


def described() -> list[type[models.Model]]:
    tables = apps.get_app_config("timeline").get_models()
    return [model for model in tables if not model._meta.model_name.startswith(APART)]


def references(model: type[models.Model]) -> Iterator[str]:
    """Yield a line for each foreign key: `}o--||` where it must be filled, `}o--o|` where it may be empty."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model in described():
            arrow = "}o--o|" if field.null else "}o--||"
            yield f"    {model.__name__} {arrow} {field.related_model.__name__} : {field.name}"
