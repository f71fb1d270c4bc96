"""The same document again: at the desk it is shown before it is saved, in an import nothing of it is dropped unsaid."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError

from tests import make
from timeline.admin.known_source import known_sources
from timeline.models import Briefing

from .desk_client import editor, errors, reviewer, rows
from .test_import_briefings import run

pytestmark = pytest.mark.django_db

ADD = "/admin/timeline/briefing/add/"
URL = "https://www.example.gov/second-call/"
TEXT = "MS PORTER: The second call took place on March 25th."
TABLE = "title,text,published_on,source_url,publisher,kind\n"


def row(text: str = TEXT, url: str = URL) -> str:
    return f"Second call,{text},2022-03-26,{url},Department of State,press_briefing\n"


def entered(url: str, text: str) -> Briefing:
    briefing = Briefing(url=url, text=text)
    briefing.clean()
    return briefing


def typed(**changes) -> dict:
    fields = {
        "title": "Second call",
        "slug": "second-call",
        "kind": "press_briefing",
        "language": "en",
        "text": "Words.",
    }
    fields |= {"status": "draft", "published_on": "26 March 2022", "further_urls": ""}
    fields |= {f"speakers-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    return fields | {"publisher": make.actor().pk, "url": URL} | changes


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "http://example.gov/second-call?utm_source=newsletter",
        "https://web.archive.org/web/20220401000000/https://www.example.gov/second-call/",
        "https://old.example.gov/call",
    ],
)
def test_an_address_is_known_however_it_was_copied(url):
    known = make.briefing(url=URL, further_urls="http://old.example.gov/call/")

    assert known_sources(entered(url, "Other words.")) == [known]
    assert known_sources(entered("https://example.gov/second", known.text)) == [known]
    assert known_sources(entered("https://example.gov/second", "Other words.")) == []
    assert known_sources(known) == []


def test_addresses_are_compared_whoever_writes_them():
    briefing = make.briefing(url=URL)
    Briefing.objects.filter(pk=briefing.pk).update(comparable_url="")
    briefing.further_urls = "https://old.example.gov/call/?fbclid=1"
    briefing.save(update_fields=["further_urls"])
    briefing.refresh_from_db()

    assert briefing.comparable_addresses == {"example.gov/second-call", "old.example.gov/call"}


def test_further_addresses_are_refused_by_line():
    with pytest.raises(ValidationError) as refused:
        make.briefing(further_urls=f"{URL}\nftp://example.gov/").full_clean()

    assert list(refused.value.message_dict) == ["further_urls"]


def test_desk_saves_a_known_document_only_as_a_different_source():
    known = make.briefing(TEXT, url=URL)
    again = typed(url="http://example.gov/second-call?utm_id=1")
    client, before = editor(), rows()
    page = client.post(ADD, again)

    assert (page.status_code, rows()) == (200, before)
    assert "this document is already stored" in str(errors(page))
    assert f"/admin/timeline/briefing/{known.pk}/add-address/" in page.content.decode()

    assert client.post(ADD, again | {"other_source": "on"}).status_code == 302
    assert Briefing.objects.count() == 2


def test_desk_adds_the_address_to_the_stored_source_and_readers_see_it(client):
    known = make.briefing(TEXT, url=URL)
    further = "https://old.example.gov/call/"
    sent = reviewer().post(f"/admin/timeline/briefing/{known.pk}/add-address/", typed(url=further))
    known.refresh_from_db()

    assert (sent.status_code, known.url, known.further_urls) == (302, URL, further)
    assert known.history.first().history_change_reason == "The same document at a further address"
    assert further in client.get(known.get_absolute_url()).content.decode()


def test_desk_tells_of_sources_that_are_stored_twice():
    first, second, third = make.briefing(TEXT, url=URL), make.briefing(TEXT, slug="twice"), make.briefing("Other.")
    shown = [reviewer(f"reviewer-{row.pk}").get(f"/admin/timeline/briefing/{row.pk}/change/") for row in (first, third)]

    assert [["(twice)" in notice for notice in page.context["notices"]] for page in shown] == [[True], []]
    assert second.comparable_addresses == set()


def test_desk_refuses_what_is_no_address_and_writes_nothing():
    known = make.briefing(TEXT, url=URL)
    before = rows()
    sent = reviewer().post(f"/admin/timeline/briefing/{known.pk}/add-address/", {"url": "soon"})

    assert "is not a web address" in str(list(get_messages(sent.wsgi_request))[0])
    assert rows() == before


def test_import_takes_a_corrected_text_at_a_marked_up_address_for_changed(tmp_path):
    (tmp_path / "calls.csv").write_text(
        TABLE + row() + row("MS PORTER: On March 24th.", f"{URL}?utm_source=newsletter&utm_medium=email")
    )

    assert run(tmp_path, "--dry-run")[0].splitlines()[-1].startswith("1 new, 1 changed, 0 unchanged, 0 refused.")


def test_import_tells_of_a_moved_page_and_adds_its_address_by_choice(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(TABLE + row())
    run(path)
    path.write_text(TABLE + row(url="https://new.example.gov/call/?utm_id=2"))
    before = rows()

    said = run(path)[0].splitlines()
    assert said[0].startswith(f"unchanged  {path}, row 2: ")
    assert [word in said[0] for word in (URL, "--further-addresses")] == [True, True]
    assert run(path, "--further-addresses", "--dry-run")[0].splitlines()[0].endswith("would be added to it.")
    assert rows() == before

    run(path, "--further-addresses")
    assert Briefing.objects.get().further_urls == "https://new.example.gov/call/?utm_id=2"
    path.write_text(TABLE + row("MS PORTER: Corrected.", "http://new.example.gov/call"))
    assert run(path)[0].splitlines()[-1] == "0 new, 1 changed, 0 unchanged, 0 refused."


def test_import_tells_of_an_archived_copy_that_is_not_stored(tmp_path):
    path, copy = tmp_path / "calls.csv", f"https://web.archive.org/web/20220401000000/{URL}"
    path.write_text(TABLE + row())
    run(path)
    path.write_text(TABLE + row(url=copy))

    said = run(path)[0].splitlines()
    assert ([copy in line for line in said], said[-1]) == ([True, False], "0 new, 0 changed, 1 unchanged, 0 refused.")
    Briefing.objects.update(archive_url=copy)
    assert run(path)[0].splitlines() == said[-1:]
