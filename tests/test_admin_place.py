"""The form of a place: a pair of coordinates in one field, read back; what it lies within, ids elsewhere, merging."""

import json

import pytest
from django.urls import reverse

from tests import make
from timeline.models import Event, Place, PlaceExternalId

from .desk_client import change, desk, editor, entries, errors, fields, lines, reviewer, said, send

pytestmark = pytest.mark.django_db

ADD = "/admin/timeline/place/add/"


def point(slug: str) -> tuple[str, str]:
    return tuple(map(str, Place.objects.values_list("latitude", "longitude").get(slug=slug)))


def test_pair_fills_both_and_is_read_back_beside_the_nearest():
    make.place("Khartoum", latitude="15.5518", longitude="32.4924")
    make.place("Omdurman", latitude="15.6446", longitude="32.4777")
    make.place("Far", latitude="20", longitude="32")

    answer = send(editor(), ADD, name="Soba", slug="soba", coordinates="15,55° N / 32,53° E")

    assert point("soba") == ("15.550000", "32.530000")
    assert said(answer)[0] == "15.55 N, 32.53 E: Khartoum is 4 km away, Omdurman 12 km away."


@pytest.mark.parametrize(("pair", "is_far"), [("15.55, 32.53", False), ("32.53, 15.55", True), ("15.55, -32.53", True)])
def test_point_far_from_its_country_is_saved_with_a_warning(pair, is_far):
    answer = send(editor(), ADD, name="Soba", slug="soba", country="SD", coordinates=pair)

    assert point("soba")
    assert ["far from the country" in words for words in said(answer)].count(True) == is_far


def test_form_reads_the_stored_point_back():
    place = make.place("Soba", latitude="15.55", longitude="32.53")

    html = editor().get(change(place)).content.decode()
    assert "15.55 N, 32.53 E: no place on record is within 100 km." in html
    assert fields(editor("second").get(change(place)))["coordinates"] == ""


@pytest.mark.parametrize(
    ("typed", "right"), [("0, 0", "0, 0 lies in the Atlantic"), ("north", "like 15.55 N, 32.53 E")]
)
def test_wrong_pair_is_refused_and_changes_nothing(typed, right):
    place = make.place("Soba", slug="soba", latitude="15.55", longitude="32.53")

    answer = send(editor(), change(place), coordinates=typed)

    assert right in errors(answer)[0]
    assert fields(answer)["coordinates"] == typed
    assert point("soba") == ("15.550000", "32.530000")


def test_degrees_typed_one_by_one_still_count_and_zero_both_is_refused():
    client = editor()
    send(client, ADD, name="Soba", slug="soba", latitude="15.55", longitude="32.53")
    answer = send(client, ADD, name="Null", slug="null", latitude="0", longitude="0")

    assert point("soba") == ("15.550000", "32.530000")
    assert "0, 0 lies in the Atlantic" in errors(answer)[0]


def test_a_decimal_comma_is_no_thousand_and_the_fields_take_it():
    client = editor()
    assert 'type="number" name="latitude"' not in client.get(ADD).text

    send(client, ADD, name="Soba", slug="soba", latitude="15,55", longitude="32.53")

    assert point("soba") == ("15.550000", "32.530000")


def test_pair_pasted_beside_what_somebody_else_saved_is_shown_as_a_conflict():
    place = make.place("Soba", slug="soba", latitude="15.55", longitude="32.53")
    client = editor()
    typed = fields(client.get(change(place)))
    send(editor("other"), change(place), coordinates="15.6, 32.6")

    answer = client.post(change(place), typed | {"coordinates": "15.7, 32.7"})

    assert (answer.status_code, point("soba")) == (200, ("15.600000", "32.600000"))
    assert "Latitude" in answer.content.decode()


def test_preview_says_what_is_understood_and_is_for_who_may_enter():
    make.place("Khartoum", latitude="15.5518", longitude="32.4924")
    address = reverse("admin:timeline_place_coordinates")

    answers = [json.loads(editor().get(address, {"text": "15.55, 32.53"}).content)]
    answers.append(json.loads(editor("second").get(address, {"text": "15.55"}).content))
    assert answers[0] == {"statement": "15.55 N, 32.53 E: Khartoum is 4 km away."}
    assert list(answers[1]) == ["error"]
    assert desk("viewer", "view_place").get(address).status_code == 403


def test_double_is_refused_by_the_form():
    make.place("Soba", slug="soba", country="SD", latitude="15.55", longitude="32.53")

    answer = send(editor(), ADD, name="SOBA", slug="again", country="SD", coordinates="15.6, 32.6")

    assert "“Soba” (soba) is this place already" in errors(answer)[0]


def test_ids_elsewhere_are_entered_and_stand_in_the_history():
    place, client = make.place("Yerevan"), editor()
    make.place("Other").external_ids.create(scheme="geonames", value="616052")

    wrong = send(client, change(place), **lines("external_ids", {"scheme": "wikidata", "value": "1953"}))
    taken = send(client, change(place), **lines("external_ids", {"scheme": "geonames", "value": "616052"}))
    send(client, change(place), **lines("external_ids", {"scheme": "wikidata", "value": "Q1953"}))

    assert "Write it like Q1953." in errors(wrong)[0]
    assert "the two are one place. Merge them." in errors(taken)[0]
    assert list(place.external_ids.values_list("scheme", "value")) == [("wikidata", "Q1953")]
    assert "Q1953" in client.get(reverse("admin:timeline_place_history", args=[place.pk])).content.decode()
    assert len(entries(client, place)) == 2


def test_id_by_which_an_import_finds_the_place_stays_when_the_form_is_saved():
    place = make.place("Soba", slug="soba")
    PlaceExternalId.objects.create(scheme="name-ours", value="soba", place=place)

    send(editor(), change(place), description="A town.")

    assert Place.objects.get(slug="soba").description == "A town."
    assert place.external_ids.get().scheme == "name-ours"


def test_places_near_by_are_offered_and_merged_with_a_reason():
    gone = make.place("Shushi", slug="shushi", latitude="39.75", longitude="46.75", country="AZ")
    stays = make.place("Shusha", slug="shusha", latitude="39.76", longitude="46.75")
    make.place("Far", latitude="50", longitude="46.75")
    event = make.published(place=gone)
    client, address = reviewer(), reverse("admin:timeline_place_merge", args=[stays.pk])

    offered = client.get(address)
    page = client.get(address, {"with": gone.pk, "keep": stays.pk})
    assert offered.context["offers"] == [gone]
    assert [(group.name, group.count) for group in page.context["groups"]] == [("Events", 1)]
    client.post(address, fields(page) | {"reason": "One town", "take": "country"})

    assert Event.objects.get().place == stays
    assert (Place.objects.get(pk=stays.pk).country, Event.objects.get().country) == ("AZ", "AZ")
    assert event.history.first().history_change_reason == "One town"
    listed = client.get("/admin/timeline/place/", {"merged": "yes"})
    assert list(listed.context["cl"].result_list) == [gone]
    unmerged = client.get("/admin/timeline/place/", {"merged": "no"}).context["cl"].result_list
    assert gone not in unmerged
    assert "became part of “Shusha”" in client.get(change(gone)).content.decode()


def test_event_takes_how_precisely_the_place_is_known_from_its_coder():
    place = make.place("Goris")
    event = make.event(place=place)
    client = editor()
    assert fields(client.get(change(event)))["place_precision"] == ""

    send(client, change(event), place_precision="near")
    answer = send(client, change(event), place="")

    assert Event.objects.get().place_precision == "near"
    assert errors(answer) == ["Choose the place, or leave this empty."]
