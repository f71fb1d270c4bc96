"""The terms of public data sets, as their publishers state them, for a data set that is brought in the first time."""

from dataclasses import dataclass


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
)
GDELT = Terms(
    slug="gdelt",
    name="GDELT events",
    publisher="The GDELT Project",
    url="https://www.gdeltproject.org/",
    licence="unlimited use with citation",
    attribution="The GDELT Project, https://www.gdeltproject.org/.",
)
