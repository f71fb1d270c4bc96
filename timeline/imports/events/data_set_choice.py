"""The data set that a file belongs to, and its terms: stored ones, those of a known publisher, or those entered."""

from dataclasses import asdict, dataclass
from types import ModuleType

from django.core.exceptions import ValidationError

from timeline.imports.file_bytes import FileRefused
from timeline.models import DataSet


@dataclass(frozen=True, slots=True)
class Terms:
    slug: str
    name: str
    publisher: str
    url: str
    licence: str
    attribution: str
    licence_url: str = ""
    redistributable: bool = True
    leads_only: bool = False
    desk_only: bool = False


UCDP = Terms(
    slug="ucdp-ged",
    name="UCDP GED",
    publisher="Uppsala Conflict Data Program",
    url="https://ucdp.uu.se/downloads/",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution=(
        "Sundberg, Ralph and Erik Melander (2013). Introducing the UCDP Georeferenced Event Dataset. "
        "Journal of Peace Research 50(4)."
    ),
)
ACLED = Terms(
    slug="acled",
    name="ACLED",
    publisher="Armed Conflict Location & Event Data",
    url="https://acleddata.com/",
    licence="terms of ACLED",
    attribution="Armed Conflict Location & Event Data (ACLED), www.acleddata.com.",
    redistributable=False,
    desk_only=True,
)
GDELT = Terms(
    slug="gdelt",
    name="GDELT events",
    publisher="The GDELT Project",
    url="https://www.gdeltproject.org/",
    licence="unlimited use with citation",
    attribution="The GDELT Project, https://www.gdeltproject.org/.",
    leads_only=True,
)


def data_set_for(format: ModuleType, slug: str = "", entered_terms: dict | None = None) -> DataSet | None:
    """Return the data set of this slug, or that of the format; one that is not known is returned unsaved, with the terms
    of the format or those given. None: the events name their own. Raises FileRefused where terms are missing."""
    terms: Terms | None = getattr(format, "terms", None)
    if terms is None and hasattr(format, "terms"):
        return None
    slug = slug or (terms.slug if terms else "")
    if not slug:
        raise FileRefused(f"Name the data set that the events belong to: the format {format.name} does not.")
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
