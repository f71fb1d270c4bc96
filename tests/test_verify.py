import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.exports import FORMATS
from timeline.exports.manifest import sign

from .clients import body
from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TELLS_ITSELF = ("json", "geojson", "zip")


@made_once
def ceasefire():
    make.citation(event := make.event("Ceasefire", edtf="2020-11", public_id="e000000001"))
    event.publish()
    return event


def given_out(client, extension: str, query: str = "") -> tuple[bytes, bytes]:
    """Return a file and its manifest."""
    address = f"/events.{extension}"
    return body(client.get(f"{address}?{query}")), client.get(f"{address}.manifest?{query}").content


def heading(response) -> str:
    verdict = re.search(r'<section class="verdict [^>]*>\s*<h2>.*</svg> (.*?)</h2>', response.content.decode())
    return verdict[1] if verdict else " ".join(response.context["form"].non_field_errors())


def ask(client, name: str = "", data: bytes = b"", manifest: bytes = b""):
    files = {"file": SimpleUploadedFile(name, data)} if name else {}
    files |= {"manifest": SimpleUploadedFile("events.manifest.json", manifest)} if manifest else {}
    return client.post("/verify/", files)


@pytest.mark.parametrize("extension", FORMATS)
def test_file_with_its_manifest_is_complete_and_unchanged(client, ceasefire, extension):
    data, manifest = given_out(client, extension)

    response = ask(client, f"events.{extension}", data, manifest)

    assert (response.status_code, heading(response)) == (200, "Complete and unchanged")


@pytest.mark.parametrize("extension", TELLS_ITSELF)
def test_file_that_tells_itself_needs_no_manifest(client, ceasefire, extension):
    data, _ = given_out(client, extension, "category=agreement")

    assert heading(ask(client, f"events (1).{extension}", data)) == "Complete and unchanged"


def test_columns_that_were_chosen_are_part_of_the_proof(client, ceasefire):
    data, manifest = given_out(client, "csv", "fields=title&hxl=1&raw=1&bom=1")

    assert heading(ask(client, "events.csv", data, manifest)) == "Complete and unchanged"


@pytest.mark.parametrize("extension", ["csv", "ndjson"])
def test_file_whose_end_is_missing_is_cut_short(client, ceasefire, extension):
    data, manifest = given_out(client, extension)

    response = ask(client, f"events.{extension}", data[:-20], manifest)

    assert heading(response) == "Cut short: the end is missing"
    assert f"{len(data) - 20:,} bytes of {len(data):,}" in response.content.decode()


def test_json_cut_short_needs_no_manifest(client, ceasefire):
    data, _ = given_out(client, "json")

    assert heading(ask(client, "events.json", data[:-3])) == "Cut short: the end is missing"


def test_file_with_another_word_is_changed_and_where(client, ceasefire):
    data, manifest = given_out(client, "csv")

    response = ask(client, "events.csv", data.replace(b"Ceasefire", b"ceasefire"), manifest)

    assert heading(response) == "Changed: this is not the file we exported"
    assert f"from the site’s after {data.index(b'Ceasefire'):,} bytes." in response.content.decode()


def test_file_with_more_behind_its_end_is_changed(client, ceasefire):
    data, manifest = given_out(client, "csv")

    assert heading(ask(client, "events.csv", data + b"x\r\n", manifest)) == "Changed: this is not the file we exported"


def test_what_has_changed_since_is_named(client, ceasefire):
    data, manifest = given_out(client, "csv")
    ceasefire.title, ceasefire.change_reason = "Truce", "Its name."
    ceasefire.save()

    response = ask(client, "events.csv", data, manifest)

    assert heading(response) == "Complete and unchanged"
    assert [event.title for event in response.context["verdict"].changed] == ["Truce"]


def test_old_file_without_a_manifest_cannot_be_proven(client, ceasefire):
    data, _ = given_out(client, "json")
    make.citation(other := make.event("Other"))
    other.publish()

    assert heading(ask(client, "events.json", data)) == "This file cannot be verified"


def test_manifest_alone_is_ours(client, ceasefire):
    _, manifest = given_out(client, "csv")

    assert heading(ask(client, manifest=manifest)) == "The manifest is genuine"


@pytest.mark.parametrize("change", [{"rows": 7}, {"sha256": "0" * 64}, {"signature": "x"}, {"signature": None}])
def test_forged_manifest_is_not_ours(client, ceasefire, change):
    data, manifest = given_out(client, "csv")
    forged = json.dumps(json.loads(manifest) | change).encode()

    assert heading(ask(client, "events.csv", data, forged)) == "This site did not issue this manifest"


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(name, data)
    return file.getvalue()


MANIFEST = {"sha256": "0", "revision": 0, "query": ""}
GARBAGE = {
    "empty name": b"x",
    "binary": bytes(range(256)),
    "nested": b"[" * 200_000,
    "list": b"[]",
    "number": b"1e999",
    "long number": b'{"sha256": "", "query": "", "revision": ' + b"9" * 5000 + b"}",
    "large revision": json.dumps(MANIFEST | {"revision": 10**30}).encode(),
    "later revision": json.dumps(MANIFEST | {"revision": 10**9}).encode(),
    "true revision": json.dumps(MANIFEST | {"revision": True}).encode(),
    "query is a list": json.dumps(MANIFEST | {"query": ["a"]}).encode(),
    "query is unknown": json.dumps(MANIFEST | {"query": "frm=2022"}).encode(),
    "not a zip": b"PK\x03\x04" + b"\0" * 60,
    "zip without a manifest": zipped("events.csv", b""),
    "zip with garbage": zipped("manifest.json", b"\xff\xfe"),
    "cut head": b'{"query":"","revision":1,"events":',
    "head is a list": b'[1,"events":[',
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_answered_with_what_would_help(client, ceasefire, name):
    response = ask(client, "events.csv", GARBAGE[name])

    assert (response.status_code, bool(heading(response))) == (400, True)


@pytest.mark.parametrize("change", [{"format": ["csv"]}, {"format": "exe"}, {"options": "fields=nope"}, {"options": 7}])
def test_signed_or_not_a_strange_manifest_is_no_error_of_ours(client, ceasefire, change):
    data, manifest = given_out(client, "csv")
    altered = json.loads(manifest) | change
    altered["signature"] = sign(altered)

    response = ask(client, "events.csv", data, json.dumps(altered).encode())

    assert response.status_code in (200, 400)
    assert heading(response)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(min_size=1, max_size=300), st.sampled_from(["csv", "json", "zip", ""]))
def test_anything_is_answered(client, ceasefire, data, extension):
    assert ask(client, f"events.{extension}", data).status_code == 400


def test_nothing_given_is_asked_for(client):
    response = client.post("/verify/")

    assert (response.status_code, heading(response)) == (400, "Choose the file, its manifest, or both.")


def test_too_much_is_refused_before_it_is_read(client):
    response = client.generic("POST", "/verify/", b"", CONTENT_LENGTH=str(2**40))

    assert (response.status_code, "200 MB" in heading(response)) == (413, True)


def test_check_takes_the_place_of_an_export(client, ceasefire, settings):
    data, manifest = given_out(client, "csv")
    settings.EXPORTS_AT_ONCE = 0

    response = ask(client, "events.csv", data, manifest)

    assert (response.status_code, response["Retry-After"]) == (429, "30")
