"""What a row of GDELT becomes, and files that are refused."""

import pytest

from timeline.imports.events.formats import gdelt
from timeline.imports.events.formats.gdelt import ONE, ONE_BEFORE_2013, TWO, type_of
from timeline.models import Event

from .import_files import brought_in, counts, looked_at

pytestmark = pytest.mark.django_db


def gdelt_row(header: list[str], **changes) -> str:
    values = {
        "GLOBALEVENTID": "410412347",
        "SQLDATE": "20150218",
        "Actor1Code": "ARM",
        "Actor1Name": "ARMENIA",
        "Actor1CountryCode": "ARM",
        "Actor2Name": "MINISTER",
        "EventCode": "042",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Yerevan, Yerevan, Armenia",
        "ActionGeo_Lat": "40.18",
        "ActionGeo_Long": "44.51",
        "ActionGeo_FeatureID": "-1",
        "DATEADDED": "20150219000000",
        "SOURCEURL": "https://news.example/a",
    }
    return "\t".join((values | changes).get(name, "") for name in header)


@pytest.mark.parametrize(
    ("header", "count"), [(ONE_BEFORE_2013, 57), (ONE, 58), (TWO, 61)], ids=["1.0 before 2013", "1.0", "2.0"]
)
def test_gdelt_is_read_without_a_header(tmp_path, header, count):
    brought_in(tmp_path, gdelt_row(header) + "\n", "gdelt")

    event = Event.objects.get()
    assert len(header) == count
    assert (event.title, event.edtf) == ("Armenia and Minister: CAMEO 042 at Yerevan, Yerevan, Armenia", "2015-02-18?")
    assert (event.event_type.slug, event.country, event.known_on) == ("visit", "AM", None)
    has_address = "SOURCEURL" in header
    briefing = event.citations.get().briefing
    assert briefing.url == ("https://news.example/a" if has_address else "https://www.gdeltproject.org/")


def test_gdelt_header_that_does_not_fit_its_rows_is_refused(tmp_path):
    shifted = "\t".join(ONE) + "\n" + "\t".join(["1", gdelt_row(ONE)]) + "\n"
    quoted = ",".join(ONE) + "\n" + ",".join(["1", *gdelt_row(ONE).replace(",", " ").split("\t")]) + "\n"

    for text in (shifted, quoted):
        fatal = looked_at(tmp_path, text, "gdelt").fatal
        assert fatal.startswith("The header does not fit the rows")
        assert "Line 2: The row has 59 cells, too many: the header names 58 columns." in fatal
    assert "The rows have 3 cells" in looked_at(tmp_path, "1\t2\t3\n", "gdelt").fatal


def test_gdelt_codes_are_text(tmp_path):
    brought_in(tmp_path, "\t".join(ONE) + "\n" + gdelt_row(ONE, EventCode="030") + "\n", "gdelt")

    assert "CAMEO 030" in Event.objects.get().title
    assert (type_of("030"), type_of("0411"), type_of("190")) == ("other", "phone-call", "clash")
    assert gdelt.terms.redistributable


CODED = [  # one code is shared by all who have that role in that country
    {"Actor1Code": "ARM", "Actor1Name": "ARMENIA", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "ARM", "Actor1Name": "YEREVAN", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "ARMGOV", "Actor1Name": "PRESIDENT", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "ARMGOV", "Actor1Name": "PRIME MINISTER", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "COP", "Actor1Name": "POLICE", "Actor1CountryCode": ""},
    {"Actor1Code": "COP", "Actor1Name": "TROOPER", "Actor1CountryCode": ""},
    {"Actor1Code": "EUR", "Actor1Name": "EUROPE", "Actor1CountryCode": "EUR"},
    {"Actor1Code": "EUR", "Actor1Name": "BRUSSELS", "Actor1CountryCode": "EUR"},
    {"Actor1Code": "NA", "Actor1Name": "NA", "Actor1CountryCode": "NA"},
    {"Actor1Code": "---", "Actor1Name": "---", "Actor1CountryCode": ""},
]


def test_gdelt_actors_are_who_the_cell_names_and_the_same_file_changes_nothing(tmp_path):
    lines = [gdelt_row(ONE, GLOBALEVENTID=str(n), Actor2Name="", **codes) for n, codes in enumerate(CODED, 1)]
    brought_in(tmp_path, "\n".join(lines) + "\n", "gdelt")

    named = Event.objects.order_by("pk").values_list("participations__actor__name", "participations__actor__kind")
    people = [("Yerevan", "group"), ("President", "group"), ("Prime Minister", "group"), ("Police", "group")]
    others = [("Trooper", "group"), ("Europe", "group"), ("Brussels", "group")]
    assert list(named) == [("Armenia", "state"), *people, *others, (None, None), (None, None)]
    again = counts(brought_in(tmp_path, "\n".join(lines) + "\n", "gdelt"))
    assert again == (0, 0, len(CODED), 0)


@pytest.mark.parametrize("start", ["", "sep=;\n"])
def test_table_with_semicolons_as_a_spreadsheet_saves_it(tmp_path, start):
    header = ["GLOBALEVENTID", "SQLDATE", "EventCode", "Actor1Name", "Actor2Name", "SOURCEURL"]
    text = f"{start}{';'.join(header)};;\n1;20150218;042;ARMENIA;;https://news.example/a;;\n"
    brought_in(tmp_path, text, "gdelt")

    assert (Event.objects.get().edtf, Event.objects.get().imported.external_id) == ("2015-02-18?", "1")
