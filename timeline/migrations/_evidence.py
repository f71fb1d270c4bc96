"""What stored rows become when the record learns to say what is claimed, and how it is known.

History rows get the same new values as their event, so that no correction is told: nobody corrected anything.
"""

from itertools import groupby

from django.db.models import F

from timeline.evidence.axes import COUNTED, Cited, axes_of
from timeline.evidence.support import Support, support_of

from ._codebook import CODEBOOK, NEW_TYPES

AT_ONCE = 500


def write_codebook(apps, schema_editor):
    types = apps.get_model("timeline", "EventType").objects
    for slug, name, category, plover_event, plover_mode, quad, description in NEW_TYPES:
        columns = {"name": name, "category": category, "description": description, "quad": quad}
        types.get_or_create(slug=slug, defaults=columns | {"plover_event": plover_event, "plover_mode": plover_mode})
    names = ("claim", "include", "exclude", "boundary", "example", "counter_example")
    for slug, texts in CODEBOOK.items():
        types.filter(slug=slug).update(**dict(zip(names, texts, strict=True)))


def forget_default_ratings(apps, schema_editor):
    """Empty F and 6, which were preset: nobody judged these."""
    for table in ("Citation", "HistoricalCitation"):
        rows = apps.get_model("timeline", table).objects
        rows.filter(reliability="F").update(reliability="")
        rows.filter(credibility="6").update(credibility="")


def code_actuality(apps, schema_editor):
    """Code as announced what is only announced, and as unclear what questions alone assert."""
    citations = apps.get_model("timeline", "Citation").objects.exclude(act__in=["denies", "disputes"]).order_by("event", "pk")
    coded = {"announced": [], "unclear": []}
    rows = citations.filter(event__data_set=None).values_list("event", "event__event_type__claim", "act", "turn_kind")
    for (event, claim), cited in groupby(rows.iterator(), key=lambda row: row[:2]):
        acts = [(act, turn_kind == "question") for _, _, act, turn_kind in cited]
        if all(is_question for _, is_question in acts):
            coded["unclear"].append(event)
        elif claim == "deed" and {act for act, is_question in acts if not is_question} == {"announces"}:
            coded["announced"].append(event)
    for actuality, events in coded.items():
        for keys in batches(events):
            apps.get_model("timeline", "Event").objects.filter(pk__in=keys).update(actuality=actuality)
            apps.get_model("timeline", "HistoricalEvent").objects.filter(id__in=keys).update(actuality=actuality)


def derive_axes(apps, schema_editor):
    """Derive what each citation does for its event, and the axes of each event from its public citations."""
    events, citations = (apps.get_model("timeline", name).objects for name in ("Event", "Citation"))
    columns = ("pk", "event_id", "act", "turn_kind", "basis", "state", "briefing__kind", "briefing__publisher")
    columns += ("briefing__status",)
    for keys in batches(list(events.order_by("pk").values_list("pk", flat=True))):
        claims = dict(_claims(events, keys))
        by_event = {key: [] for key in keys}
        by_support = {}
        for pk, event, act, turn_kind, basis, state, kind, publisher, status in citations.filter(event__in=keys).values_list(*columns):
            support = support_of(act, turn_kind == "question", *claims[event])
            by_support.setdefault(support, []).append(pk)
            if status == "published":
                by_event[event].append(Cited(act, support, basis, state, kind == "data_record", publisher))
        for support, pks in by_support.items():
            if support != Support.NOTHING:
                citations.filter(pk__in=pks).update(support=support)
        for axes, alike in _grouped({key: axes_of(cited) for key, cited in by_event.items()}):
            events.filter(pk__in=alike).update(**axes)


def tell_unsupported(apps, schema_editor):
    """Say how many public events no public citation supports by the codebook, where there are any."""
    public = apps.get_model("timeline", "Event").objects.filter(status="published").exclude(actuality="unclear")
    if count := public.exclude(support__in=COUNTED).count():
        print(f"\n  Public events that lack support by the codebook: {count:,}. List them: manage.py list_unsupported")


def _claims(events, keys):
    rows = events.filter(pk__in=keys).annotate(claim=F("event_type__claim")).values_list("pk", "claim", "actuality")
    return ((pk, (claim, actuality)) for pk, claim, actuality in rows)


def _grouped(axes_of_events):
    """Yield (axes, the events that have them): few updates for many events."""
    groups = {}
    for key, axes in axes_of_events.items():
        groups.setdefault(tuple(axes.items()), []).append(key)
    return ((dict(axes), keys) for axes, keys in groups.items())


def batches(keys):
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
