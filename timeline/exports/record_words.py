"""What formats for people say of an event and its sources, as its page does."""

import datetime as dt

from timeline.evidence.axes import AXES
from timeline.evidence.support import Actuality
from timeline.evidence.words import HowKnown, dated_claim
from timeline.models.briefing import BriefingKind

from .event_records import Record


def has_occurred(record: Record) -> bool:
    return record["actuality"] == Actuality.OCCURRED


def date_words(record: Record) -> str:
    """Return the date in words; of what is not known to have happened that first: "announced for 1 June 2022"."""
    return dated_claim(record["actuality"], record["date"])


def known_words(record: Record) -> str:
    """Return how it is known: the axes, and what must be known before it is believed."""
    axes = {name: record[name] for name in (*AXES, "actuality", "source_count")}
    known = HowKnown(**axes, data_set=record["data_set_name"] or "")
    words = [known.form_words, known.assertion_words, known.contest_words, known.source_words]
    line = f"{'; '.join(words)}."
    return " ".join([line[0].upper() + line[1:], *known.caveats])


def listed_words(citation: Record, record: Record) -> str:
    """Return what is said in place of a quote where a data set lists the source; empty: it is a document."""
    briefing = citation["briefing"]
    if briefing["kind"] != BriefingKind.DATA_RECORD:
        return ""
    data_set = record["data_set_name"] or "a data set"
    if briefing["slug"] == record["data_set"]:
        return f"In the record of {data_set}"
    day = dt.date.fromisoformat(briefing["published_on"]) if briefing["published_on"] else None
    known = f"{day.day} {day:%B} {day.year}" if day else "day not known"
    return f"Source listed by {data_set}: {briefing['publisher']}, {known}"
