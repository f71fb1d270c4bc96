"""The data set that a file belongs to: one that is known, or one whose terms are given."""

from dataclasses import asdict
from types import ModuleType

from django.core.exceptions import ValidationError

from timeline.imports.file_refusal import FileRefused
from timeline.models import DataSet

from .licence_terms import Terms


def data_set_for(format: ModuleType, slug: str = "", entered_terms: dict | None = None) -> DataSet | None:
    """Return the data set of this slug, or that of the format; one that is not known is returned unsaved, with the terms
    of the format or those given. None: the format names its own. Raises FileRefused where terms are missing."""
    terms: Terms | None = getattr(format, "terms", None)
    if format.name == "datapackage":
        return None
    slug = slug or (terms.slug if terms else "")
    if not slug:
        raise FileRefused(f"Say of which data set the events are: the format {format.name} does not tell.")
    if known := DataSet.objects.filter(slug=slug).first():
        return known
    values = (
        (asdict(terms) if terms else {})
        | {"slug": slug}
        | {name: text for name, text in (entered_terms or {}).items() if text}
    )
    return _validated(DataSet(**values))


def _validated(data_set: DataSet) -> DataSet:
    try:
        data_set.full_clean()
    except ValidationError as error:
        wrong = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        raise FileRefused(
            f"There is no data set “{data_set.slug}” yet, and its terms are not complete. {wrong}"
        ) from None
    return data_set
