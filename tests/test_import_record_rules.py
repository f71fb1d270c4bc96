"""The rules of entered rows hold for imported ones: what is accepted could have been entered, what could not is refused."""

from itertools import count

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from timeline.imports.events.event_import import run
from timeline.models import Actor, Briefing, Citation, Event, Place
from timeline.text.unseen import clean_line, clean_lines

from .hypothesis_examples import examples
from .import_files import GED, looked_at, options, table

pytestmark = pytest.mark.django_db
OFTEN = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_ids = count(1)

NASTY = [
    "",
    " ",
    "x",
    "x" * 300,
    "x" * 201,
    "x" * 501,
    "x" * 2001,
    "a\u202eb",
    "a\u200bb",
    "a\x07b",
    "a\u2028b",
    "é",
    "e\u0301",
]
NASTY += [
    "=1+1",
    "'=1+1",
    "+1",
    "-",
    "NaN",
    "9999",
    "inf",
    "1e999",
    "<b>",
    "javascript:alert(1)",
    "a ‖ b",
    "\ufffd",
    "\U000e0041",
    "עברית",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=40)
)
NUMBERS = st.sampled_from(
    ["", "0", "1", "5.0", "-1", "1.5", "NaN", "inf", "9999", "2147483648", "１", "1e3", "90", "-90.0000001"]
)
DAYS = st.sampled_from(
    ["2022-03-24", "2022-02-30", "2022-13-01", "0000-01-01", "9999-12-31", "24/03/2022", "2022-3-4", "", "x"]
)
URLS = st.sampled_from(
    [
        "https://a.example/",
        "http://a.example/x?y=1",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "ftp://a.example",
    ]
    + ["https://u:p@a.example/", "https://a.example/\u202e", "https://", "x" * 501, "https://a.example/" + "x" * 500]
)
OURS = {
    "title": TEXTS,
    "summary": TEXTS,
    "type": st.sampled_from(["clash", "phone-call", "party", "", "CLASH"]),
    "date": st.one_of(
        DAYS, st.sampled_from(["[2022-03-21,2022-03-22]", "2022~", "March 2022", "2022-03-24/2022-03-01"])
    ),
    "date_as_stated": TEXTS,
    "date_note": TEXTS,
    "time_of_day": st.sampled_from(["", "10:00", "24:00", "10:00:61", "ten"]),
    "time_zone": st.sampled_from(["", "Asia/Yerevan", "Mars/Base", "../etc/passwd"]),
    "place": TEXTS,
    "country": st.sampled_from(["", "AM", "am", "XX", "ARM", "🇦🇲"]),
    "latitude": NUMBERS,
    "longitude": NUMBERS,
    "place_precision": st.sampled_from(["", "exact", "roughly"]),
    "conflict": TEXTS,
    "actors": st.sampled_from(
        ["", "A [initiator]", "A [hero]", "A, \u202e [initiator]", f"{'x' * 301} [initiator]", "A"]
    ),
    "deaths_low": NUMBERS,
    "deaths_best": NUMBERS,
    "deaths_high": NUMBERS,
    "quotes": TEXTS,
    "acts": st.sampled_from(["", "reports", "says"]),
    "source_titles": TEXTS,
    "source_publishers": TEXTS,
    "source_dates": DAYS,
    "source_urls": URLS,
}
GOOD = {"title": "A clash", "type": "clash", "date": "2022-03-24", "quotes": "They fought."}
UCDP = {
    "side_a": TEXTS,
    "side_b": TEXTS,
    "conflict_name": TEXTS,
    "where_coordinates": TEXTS,
    "where_prec": st.sampled_from(["1", "7", "8", "0", "", "x"]),
    "latitude": NUMBERS,
    "longitude": NUMBERS,
    "country": TEXTS,
    "date_prec": st.sampled_from(["1", "2", "3", "4", "5", "6", ""]),
    "date_start": DAYS,
    "date_end": DAYS,
    "type_of_violence": st.sampled_from(["1", "2", "3", "4", ""]),
    "source_article": st.one_of(
        TEXTS, st.sampled_from(['"R,2014-08-15,H"', '"R,2014-02-30,H"', f'"R,2014-08-15,{"h" * 400}"'])
    ),
    "source_original": TEXTS,
    "low": NUMBERS,
    "best": NUMBERS,
    "high": NUMBERS,
}


ACCEPTED = [{}, {"summary": "é"}, {"latitude": "40", "longitude": "45"}]


@st.composite
def changed(draw, columns: dict) -> dict:
    """Draw some columns anew; most rows have one or two that may be wrong."""
    names = draw(st.lists(st.sampled_from(sorted(columns)), min_size=1, max_size=3, unique=True))
    return {name: draw(columns[name]) for name in names}


def bring_in_what_is_accepted(tmp_path, row: dict, format: str, **changes) -> Event | None:
    import_options = options(tmp_path, table(row), format, **changes)
    summary = looked_at(tmp_path, table(row), format, **changes)
    if summary.fatal or summary.refused:
        return None
    run(import_options, summary)
    return Event.objects.get(imported__external_id=row["id"])


def could_have_been_entered(event: Event) -> None:
    """Raise ValidationError for a row that no form would take."""
    rows = [event, *event.participations.all(), *event.citations.all()]
    rows += Actor.objects.filter(participations__event=event)
    rows += Place.objects.filter(events=event)
    rows += Briefing.objects.filter(citations__event=event)
    rows += [event.conflict] if event.conflict else []
    for row in rows:
        row.full_clean()


@OFTEN
@given(changed(OURS))
@example({})
@example({"summary": "é"})
def test_row_of_our_csv_that_is_accepted_could_have_been_entered(tmp_path, changes):
    row = GOOD | changes | {"id": f"our-{next(_ids)}"}
    event = bring_in_what_is_accepted(tmp_path, row, "csv", data_set="ours")
    assert event or changes not in ACCEPTED
    if event:
        could_have_been_entered(event)


@OFTEN
@given(changed(UCDP))
@example({})
@example({"latitude": "40", "longitude": "45"})
def test_row_of_ged_that_is_accepted_could_have_been_entered(tmp_path, changes):
    row = GED | changes | {"id": str(next(_ids))}
    event = bring_in_what_is_accepted(tmp_path, row, "ucdp-ged")
    assert event or changes not in ACCEPTED
    if event:
        could_have_been_entered(event)


TEXT_FIELDS = {
    "title": (Event, "title"),
    "summary": (Event, "summary"),
    "date_as_stated": (Event, "date_as_stated"),
    "date_note": (Event, "date_note"),
    "source_titles": (Briefing, "title"),
    "source_urls": (Briefing, "url"),
    "acts": (Citation, "act"),
}


def typed(column: str, text: str) -> str:
    """Return what the importer takes from the cell; codes and addresses as they are, of the rest what can be seen."""
    if column in ("acts", "source_urls"):
        return " ".join(text.split())
    return clean_lines(text.strip()) if column == "summary" else clean_line(text)


@OFTEN
@given(st.sampled_from(sorted(TEXT_FIELDS)), st.data())
def test_value_that_the_form_refuses_is_refused_by_the_importer(tmp_path, column, data):
    text = data.draw(OURS[column])
    if "‖" in text or text.startswith(("=", "'")):  # these mean something in a cell
        return
    model, name = TEXT_FIELDS[column]
    try:
        model._meta.get_field(name).clean(typed(column, text), None)
    except ValidationError:
        if not typed(column, text).strip() and column != "title":
            return  # an empty cell: the importer has a value of its own for it
        summary = looked_at(tmp_path, table(GOOD | {column: text, "id": "1"}), "csv", data_set="ours")
        assert (summary.created, summary.refused) == (0, 1)


@pytest.mark.parametrize(
    ("format", "change"),
    [
        *(("csv", {"date": day}) for day in ("2022-02-30", "2022-13-01", "0000-01-01", "1900-02-29")),
        *(("csv", {"place": "X", "latitude": value, "longitude": "1"}) for value in ("9999", "NaN", "inf", "1e999")),
        *(("csv", {"source_urls": value}) for value in ("javascript:alert(1)", "data:text/html,x", "//a.example")),
        *(("ucdp-ged", {"date_start": day}) for day in ("2022-02-30", "2022-13-01", "0000-01-01")),
        *(("ucdp-ged", {"latitude": value}) for value in ("9999", "NaN", "inf", "-90.1")),
        *(("ucdp-ged", {name: "9"}) for name in ("type_of_violence", "where_prec", "date_prec")),
    ],
)
def test_value_that_does_not_exist_is_refused(tmp_path, format, change):
    row = (GOOD | {"id": "1"} if format == "csv" else GED) | change
    summary = looked_at(tmp_path, table(row), format, data_set="ours" if format == "csv" else "")

    assert (summary.created, summary.refused) == (0, 1)


def test_what_cannot_be_seen_is_left_out_of_all_but_quotes(tmp_path):
    row = GOOD | {
        "id": "our-unseen",
        "title": "A cl\u200bash",
        "summary": "First\u202e line\nsecond",
        "place": "Gor\u200bis",
        "actors": "Arm\ufeffenia [initiator]",
        "quotes": "They fou\u200bght.",
        "source_titles": "A re\u200bport",
        "source_publishers": "Armen\u2060press",
        "source_dates": "2022-03-25",
        "source_urls": "https://a.example/",
    }

    event = bring_in_what_is_accepted(tmp_path, row, "csv", data_set="ours")

    citation = event.citations.select_related("briefing__publisher").get()
    assert (event.title, event.summary, event.place.name) == ("A clash", "First line\nsecond", "Goris")
    assert event.participations.get().actor.name == "Armenia"
    assert (citation.briefing.title, citation.briefing.publisher.name) == ("A report", "Armenpress")
    assert citation.quote == "They fou\u200bght."
