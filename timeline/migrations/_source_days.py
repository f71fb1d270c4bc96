"""Days on which no source was put out, as 1753-01-01 where a data set knows none, become unknown.

The history gets the same, so that no change is listed: nobody changed anything.
"""

import datetime as dt

from django.db.models import Min, OuterRef, Subquery

FIRST = dt.date(1800, 1, 1)
AT_ONCE = 500


def forget_impossible_days(apps, schema_editor):
    briefings, events, citations = (apps.get_model("timeline", name).objects for name in ("Briefing", "Event", "Citation"))
    keys = list(briefings.filter(published_on__lt=FIRST).values_list("pk", flat=True))
    for some in batches(keys):
        apps.get_model("timeline", "HistoricalBriefing").objects.filter(id__in=some, published_on__lt=FIRST).update(published_on=None)
        briefings.filter(pk__in=some).update(published_on=None)
    of_event = citations.filter(event=OuterRef("pk"), briefing__status="published").order_by().values("event")
    first = Subquery(of_event.annotate(first=Min("briefing__published_on")).values("first"))
    for some in batches(keys):
        cited = citations.filter(briefing__in=some).values("event")
        events.filter(pk__in=cited, first_reported_on__lt=FIRST).update(first_reported_on=first)


def batches(keys):
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
