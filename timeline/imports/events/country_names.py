"""Countries by the names that data sets write."""

from functools import cache

from django_countries import countries

from timeline.text.folding import fold

OTHERWISE = {
    "bosnia herzegovina": "BA",
    "brunei": "BN",
    "burma": "MM",
    "cape verde": "CV",
    "dr congo": "CD",
    "democratic republic of congo": "CD",
    "east timor": "TL",
    "iran": "IR",
    "ivory coast": "CI",
    "kingdom of eswatini": "SZ",
    "laos": "LA",
    "macedonia": "MK",
    "macedonia fyr": "MK",
    "moldova": "MD",
    "north korea": "KP",
    "palestine": "PS",
    "russia": "RU",
    "south korea": "KR",
    "syria": "SY",
    "tanzania": "TZ",
    "turkey": "TR",
    "united states": "US",
    "united states of america": "US",
    "venezuela": "VE",
    "vietnam": "VN",
}


@cache
def _by_name() -> dict[str, str]:
    return {fold(name).strip(): code for code, name in countries} | OTHERWISE


@cache
def country_code(name: str, alpha3: str = "") -> str:
    """Return the ISO 3166-1 code of two letters; empty where neither name nor code of three is known.

    What stands in brackets is another name: "DR Congo (Zaire)".
    """
    if alpha3 and (code := countries.alpha2(alpha3)):
        return code
    return _by_name().get(fold(name.partition("(")[0]).strip(), "")
