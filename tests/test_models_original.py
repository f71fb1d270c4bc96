"""The bytes of texts, as rows that nobody changes."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.models import Original
from timeline.models.original import Way
from timeline.text.track import NO_TRACK, Track

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PASTED = "MS PORTER:\u00a0The ceasefire holds.\r\n"


def test_original_is_kept_with_its_hash_and_what_made_the_text():
    briefing = make.briefing(PASTED, url="https://example.gov/talk")
    original = keep_original(briefing, Received(PASTED.encode(), "text"), Way.PASTED)

    stored = Original.objects.get()
    assert (stored, stored.get_deferred_fields()) == (original, {"content"})
    assert (bytes(stored.content), stored.size) == (PASTED.encode(), 34)
    assert (stored.sha256, stored.text_sha256) == (hashlib.sha256(PASTED.encode()).hexdigest(), briefing.text_sha256)
    assert (stored.extractor, stored.extractor_version) == ("pasted text", "text rules 2")
    assert (stored.way, stored.address, stored.received_by, stored.file_ending) == ("pasted", briefing.url, None, "txt")


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"content": b"other"}, {"way": "command"}])
def test_stored_original_is_not_changed(change):
    original = keep_original(make.briefing(), Received(b"MS PORTER: x", "text"), Way.PASTED)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Original.objects.filter(pk=original.pk).update(**change)
    with pytest.raises(TypeError):
        original.save()


def test_original_is_that_of_its_text_and_of_a_duplicate_that_became_part_of_the_source():
    target = make.briefing("The ceasefire holds.")
    duplicate = make.briefing("The ceasefire holds.", status="draft", merged_into=target)
    original = keep_original(duplicate, Received(b"The ceasefire holds.", "text"), Way.PASTED)
    keep_original(make.briefing("The ceasefire holds."), Received(b"The ceasefire holds. ", "text"), Way.PASTED)

    assert list(Original.objects.of_text(target, target.text_sha256)) == [original]
    assert list(Original.objects.of_text(target, "0" * 64)) == []


def test_damaged_bytes_are_told_from_those_that_were_received():
    original = keep_original(make.briefing(), Received(b"The words", "text"), Way.PASTED)
    assert original.is_intact

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER original_never_changed")
        else:
            cursor.execute("DROP TRIGGER original_never_changed ON timeline_original")
        cursor.execute("UPDATE timeline_original SET content = %s", [b"The w0rds"])

    assert not Original.objects.get().is_intact


@pytest.mark.parametrize(
    ("kind", "start", "end", "locator"),
    [
        ("page", 0, 4, "p. i"),
        ("page", 2, 10, "p. i"),
        ("page", 2, 11, "pp. i–2"),
        ("page", 10, 40, "pp. 2–3"),
        ("page", 30, 31, "p. 3"),
        ("time", 12, 14, "2"),
        ("time", 12, 99, "2–3"),
        ("page", None, None, ""),
    ],
)
def test_locator_names_first_and_last_page_or_time(kind, start, end, locator):
    assert Track(kind, ((2, "i"), (10, "2"), (20, "3"))).locator(start, end) == locator
    assert NO_TRACK.locator(start, end) == ""


def test_track_goes_with_its_words_where_lines_are_left_out():
    before, after = "Menu\n\nOne\nTwo\n\nBack to top", "One\nTwo"
    track = Track("page", ((0, "1"), (6, "2"), (10, "3"), (15, "4")))

    assert track.without_lines(before, after, {0, 5}) == Track("page", ((0, "2"), (4, "3")))
    assert track.without_lines(before, before, ()) == track
