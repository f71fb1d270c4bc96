"""JSON Schemas of formats that name none of their own, written after their specifications."""

GEOJSON = {  # what RFC 7946 asks of a feature collection of points
    "type": "object",
    "required": ["type", "features"],
    "not": {"required": ["crs"]},
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "properties": {"type": "object"},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": {
                                        "type": "array",
                                        "minItems": 2,
                                        "maxItems": 2,
                                        "prefixItems": [
                                            {"type": "number", "minimum": -180, "maximum": 180},
                                            {"type": "number", "minimum": -90, "maximum": 90},
                                        ],
                                    },
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}

NUMBER = {"type": ["integer", "string"], "pattern": "^-?[0-9]*$"}  # the official example has texts
DATE = {
    "type": "object",
    "required": ["year"],
    "properties": dict.fromkeys(("year", "month", "day", "hour", "minute", "second", "millisecond"), NUMBER)
    | {"display_date": {"type": "string"}, "format": {"type": "string"}},
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
    "additionalProperties": False,
}
SLIDE = {
    "type": "object",
    "properties": {
        "start_date": DATE,
        "end_date": DATE,
        "text": TEXT,
        "media": {"type": "object"},
        "group": {"type": "string"},
        "display_date": {"type": "string"},
        "background": {"type": "object"},
        "autolink": {"type": "boolean"},
        "unique_id": {"type": "string"},
    },
    "additionalProperties": False,
}
TIMELINEJS = {  # Source: TimelineJS 3, json-format
    "type": "object",
    "required": ["events"],
    "properties": {
        "title": SLIDE,
        "events": {"type": "array", "items": SLIDE | {"required": ["start_date"]}},
        "eras": {"type": "array"},
        "scale": {"enum": ["human", "cosmological"]},
    },
    "additionalProperties": False,
}

CSL_DAY = {
    "type": "object",
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "additionalProperties": False,
}
CSL_TYPES = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
CSL = {  # what CSL-JSON 1.0.2 says of the fields that a briefing has
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": CSL_TYPES},
            "author": {
                "type": "array",
                "items": {"type": "object", "required": ["literal"], "properties": {"literal": {"type": "string"}}},
            },
            "page": {"type": "string"},
            "issued": CSL_DAY,
            "accessed": CSL_DAY,
        }
        | dict.fromkeys(("title", "URL", "archive", "language"), {"type": "string"}),
        "additionalProperties": False,
    },
}
