"""Two filters beside each other. The form names a side before each parameter, `a-category`; the address that it leads
to holds two whole queries, `a` and `b`."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from timeline.charts.comparison import chart, count_common, histograms, pair_query, sides
from timeline.filters import EventFilter
from timeline.filters.compare_form import SideForm
from timeline.filters.event_filter_form import TRACKING
from timeline.filters.filter_fields import quote_input
from timeline.http.absolute_urls import absolute_url
from timeline.models import Event
from timeline.models.taxonomy import Category
from timeline.pages.page_metadata import Meta

SIDES = ("a", "b")
OWN_SCALE = {"scale": "own"}


def compare(request: HttpRequest) -> HttpResponse:
    """Show two filters on one axis, or ask for the second. Wrong ones are a 400 with the messages and no events."""
    asked = {name: query_of(request.GET, name) for name in SIDES}
    first = EventFilter(asked["a"] or QueryDict(), Event.objects.public())
    second = EventFilter(first.data if asked["b"] is None else asked["b"], Event.objects.public())
    forms = [SideForm("a", first), SideForm("b", second)]
    context = {"forms": forms, "current": "timeline"}
    if wrong := refusals(request.GET, forms if asked["b"] is not None else forms[:1]):
        return render(request, "timeline/compare.html", context | {"wrong": wrong}, status=400)
    if sent_by_form(request.GET):
        return redirect(address(query(first), query(second), request.GET))
    context |= compared(first, second, request.GET) if asked["b"] is not None else {"suggestions": suggestions(first)}
    return render(request, "timeline/compare.html", context | {"query_a": query(first)})


def query_of(data: QueryDict, name: str) -> QueryDict | None:
    """Return the query of one side as the form, or else the address, has it; None where neither does."""
    fields = [field for field in data if field.startswith(f"{name}-")]
    if not fields:
        return QueryDict(data[name]) if name in data else None
    found = QueryDict(mutable=True)
    for field in fields:
        found.setlist(field.removeprefix(f"{name}-"), data.getlist(field))
    return found


def sent_by_form(data: QueryDict) -> bool:
    return any(field[:2] in ("a-", "b-") for field in data)


def refusals(data: QueryDict, forms: list[SideForm]) -> dict[str, list[str]]:
    """Return what is wrong with the address and with each side; empty: nothing."""
    wrong = {}
    for name in data:
        known = name in (*SIDES, *OWN_SCALE) or name[:2] in ("a-", "b-") or TRACKING.fullmatch(name)
        if not known:
            wrong[name[:60]] = [f"A comparison has no {quote_input(name)}. It takes two filters, a and b."]
        elif name in (*SIDES, *OWN_SCALE) and len(data.getlist(name)) > 1:
            wrong[name] = [f"“{name}” stands there more than once. Keep one."]
    if data.get("scale", "") not in ("", "own"):
        wrong["scale"] = ["Write scale=own, or leave it out: both sides then have one scale."]
    for form in forms:
        wrong |= {f"{form.letter}, {name}": messages for name, messages in form.event_filter.messages.items()}
    return wrong


def compared(first: EventFilter, second: EventFilter, data: QueryDict) -> dict:
    """Return what the page shows of two valid filters. `data` is read for the scale alone."""
    own_scale = data.get("scale") == "own"
    drawn = histograms(first, second)
    a, b = sides(first, second, drawn)
    permalink = absolute_url(address(query(first), query(second), data))
    title = f"{a.sentence}; compared with {b.sentence}"
    return {
        "sides": [
            (a, address(first.query_without("known_by", "order"), query(second), data)),
            (b, address(query(first), second.query_without("known_by", "order"), data)),
        ],
        "common": count_common(first, second),
        "chart": chart(drawn, own_scale=own_scale),
        "own_scale": own_scale,
        "other_scale_url": address(query(first), query(second), {} if own_scale else OWN_SCALE),
        "swapped_url": address(query(second), query(first), data),
        "permalink": permalink,
        "meta": Meta(title, f"{title}. Both on one axis, as the sources date them.", permalink, type="website"),
    }


def suggestions(first: EventFilter) -> list[tuple[str, str]]:
    """Return (words, address) of what a filter is likely to be compared with: each other category, and all events."""
    found = {"All events": ""} if query(first) else {}
    if len(first.wanted["category"]) == 1:
        others = [one for one in Category if one not in first.wanted["category"]]
        found = {other.label: first.query_with(category=other.value) for other in others} | found
    return [(words, address(query(first), second, {})) for words, second in found.items()]


def query(chosen: EventFilter) -> str:
    """Return the canonical query without the order, which a comparison does not have."""
    return chosen.query_without("order")


def address(a: str, b: str, data: QueryDict | dict) -> str:
    """Return the address of a comparison of two canonical queries; on the scale that `data` names."""
    more = OWN_SCALE if data.get("scale") == "own" else {}
    return f"{reverse('compare')}?{pair_query(a, b, **more)}"
