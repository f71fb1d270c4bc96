"""Two filters beside each other. The form names a side before each parameter, `a-category`; the address that it leads
to holds two whole queries, `a` and `b`."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_countries import countries

from timeline.absolute_urls import absolute_url
from timeline.charts.comparison import chart, count_common, histograms, pair_query, sides
from timeline.facets.counting import counts_by_value, totals_today
from timeline.filters import EventFilter
from timeline.filters.compare_form import LISTS, ListedValues, SideForm, with_modes
from timeline.filters.event_filter_form import TRACKING
from timeline.filters.filter_fields import quote_input
from timeline.filters.parameters import BY_NAME
from timeline.models import Event
from timeline.models.taxonomy import Category
from timeline.pages.page_metadata import Meta

SIDES = ("a", "b")
OWN_SCALE = {"scale": "own"}
MOST_OPTIONS = 60  # listed for one parameter on each side; selected ones always are


def compare(request: HttpRequest) -> HttpResponse:
    """Show two filters on one axis, or ask for the second. Wrong ones are a 400 with the messages and no events."""
    queries = {name: query_of(request.GET, name) for name in SIDES}
    first = EventFilter(queries["a"] or QueryDict(), Event.objects.public())
    second = EventFilter(first.data if queries["b"] is None else queries["b"], Event.objects.public())
    listed = {name: listed_values(name) for name in LISTS}
    forms = [SideForm("a", first, listed), SideForm("b", second, listed)]
    context = {"forms": forms, "current": "timeline"}
    if wrong := refusals(request.GET, forms if queries["b"] is not None else forms[:1]):
        return render(request, "timeline/compare.html", context | {"wrong": wrong}, status=400)
    if sent_by_form(request.GET):
        return redirect(address(query_without_order(first), query_without_order(second), request.GET))
    context |= (
        comparison_context(first, second, request.GET)
        if queries["b"] is not None
        else {"suggestions": suggestions(first)}
    )
    return render(request, "timeline/compare.html", context | {"query_a": query_without_order(first)})


def listed_values(name: str) -> ListedValues:
    """Return the values of a parameter to choose from: all codes of a short list, else what most events have, by name. One query for
    rows."""
    parameter = BY_NAME[name]
    if parameter.choices is not None:
        return ListedValues(list(parameter.choices), is_cut=False)
    counts = counts_by_value(EventFilter(QueryDict(), Event.objects.public()), name)
    counts = {value: count for value, count in counts.items() if value and count}
    most = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_OPTIONS]
    if parameter.rows is None:
        named = [(code, countries.name(code)) for code in most]
    else:
        named = list(parameter.rows.filter(pk__in=most).values_list("slug", parameter.facet.columns[0]))
    return ListedValues(sorted(named, key=lambda pair: pair[1].casefold()), is_cut=len(counts) > MOST_OPTIONS)


def query_of(parameters: QueryDict, name: str) -> QueryDict | None:
    """Return the query of one side as the form, or else the address, has it; None where neither does."""
    fields = [field for field in parameters if field.startswith(f"{name}-")]
    if not fields:
        return QueryDict(parameters[name]) if name in parameters else None
    query = QueryDict(mutable=True)
    for field in fields:
        query.setlist(field.removeprefix(f"{name}-"), parameters.getlist(field))
    return with_modes(query)


def sent_by_form(parameters: QueryDict) -> bool:
    return any(field[:2] in ("a-", "b-") for field in parameters)


def refusals(parameters: QueryDict, forms: list[SideForm]) -> dict[str, list[str]]:
    """Return what is wrong with the address and with each side; empty: nothing."""
    wrong = {}
    for name in parameters:
        known = name in (*SIDES, *OWN_SCALE) or name[:2] in ("a-", "b-") or TRACKING.fullmatch(name)
        if not known:
            wrong[name[:60]] = [f"A comparison has no {quote_input(name)}. It takes two filters, a and b."]
        elif name in (*SIDES, *OWN_SCALE) and len(parameters.getlist(name)) > 1:
            wrong[name] = [f"“{name}” is given more than once. Keep one."]
    if parameters.get("scale", "") not in ("", "own"):
        wrong["scale"] = ["Write scale=own, or leave it out: both sides then have one scale."]
    for form in forms:
        wrong |= {f"{form.letter}, {name}": messages for name, messages in form.event_filter.messages.items()}
    return wrong


def comparison_context(first: EventFilter, second: EventFilter, parameters: QueryDict) -> dict:
    """Return what the page shows of two valid filters. `data` is read for the scale alone."""
    own_scale = parameters.get("scale") == "own"
    drawings = histograms(first, second)
    a, b = sides(first, second, drawings, totals_today)
    permalink = absolute_url(address(query_without_order(first), query_without_order(second), parameters))
    title = f"{a.sentence}; compared with {b.sentence}"
    return {
        "sides": [
            (a, address(first.query_without("known_by", "order"), query_without_order(second), parameters)),
            (b, address(query_without_order(first), second.query_without("known_by", "order"), parameters)),
        ],
        "common": count_common(first, second),
        "chart": chart(drawings, own_scale=own_scale),
        "own_scale": own_scale,
        "other_scale_url": address(
            query_without_order(first), query_without_order(second), {} if own_scale else OWN_SCALE
        ),
        "swapped_url": address(query_without_order(second), query_without_order(first), parameters),
        "permalink": permalink,
        "meta": Meta(title, f"{title}. Both on one axis, as the sources date them.", permalink, type="website"),
    }


def suggestions(first: EventFilter) -> list[tuple[str, str]]:
    """Return (words, address) of what a filter is likely to be compared with: each other category, and all events."""
    queries = {"All events": ""} if query_without_order(first) else {}
    if len(first.wanted["category"]) == 1:
        others = [category for category in Category if category not in first.wanted["category"]]
        queries = {other.label: first.query_with(category=other.value) for other in others} | queries
    return [(words, address(query_without_order(first), second, {})) for words, second in queries.items()]


def query_without_order(event_filter: EventFilter) -> str:
    """Return the canonical query without the order, which a comparison does not have."""
    return event_filter.query_without("order")


def address(a: str, b: str, parameters: QueryDict | dict) -> str:
    """Return the address of a comparison of two canonical queries; on the scale that `data` names."""
    more = OWN_SCALE if parameters.get("scale") == "own" else {}
    return f"{reverse('compare')}?{pair_query(a, b, **more)}"
