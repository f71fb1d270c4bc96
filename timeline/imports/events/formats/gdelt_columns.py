"""The columns of GDELT's files, which have no header, and our type for a CAMEO code. Source: GDELT codebooks, CAMEO 1.1b3."""


def _actor(side: str) -> list[str]:
    parts = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
    return [f"{side}{part}" for part in (*parts, "Type1Code", "Type2Code", "Type3Code")]


def _place(whose: str, *, second: bool) -> list[str]:
    codes = ("ADM1Code", "ADM2Code") if second else ("ADM1Code",)
    return [f"{whose}Geo_{part}" for part in ("Type", "FullName", "CountryCode", *codes, "Lat", "Long", "FeatureID")]


def _all(*, second: bool) -> list[str]:
    columns = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor("Actor1"), *_actor("Actor2")]
    columns += ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"]
    columns += ["NumMentions", "NumSources", "NumArticles", "AvgTone"]
    for whose in ("Actor1", "Actor2", "Action"):
        columns += _place(whose, second=second)
    return [*columns, "DATEADDED"]


ONE_BEFORE_2013 = _all(second=False)
ONE = [*ONE_BEFORE_2013, "SOURCEURL"]
TWO = [*_all(second=True), "SOURCEURL"]

TYPES = {  # CAMEO code or its beginning, the longest that fits counts
    "01": "statement",
    "02": "appeal",
    "04": "negotiation",
    "041": "phone-call",
    "042": "visit",
    "043": "visit",
    "044": "meeting",
    "045": "mediation",
    "057": "agreement",
    "07": "humanitarian-aid",
    "0841": "prisoner-release",
    "0871": "ceasefire",
    "0874": "withdrawal",
    "10": "appeal",
    "11": "condemnation",
    "112": "accusation",
    "13": "threat",
    "15": "mobilisation",
    "154": "troop-movement",
    "163": "sanctions",
    "18": "violence-against-civilians",
    "19": "clash",
    "194": "strike",
    "195": "strike",
    "196": "ceasefire-violation",
}


def type_of(code: str) -> str:
    """Return the slug of our type; "other" where none fits."""
    for length in range(len(code), 1, -1):
        if kind := TYPES.get(code[:length]):
            return kind
    return "other"
