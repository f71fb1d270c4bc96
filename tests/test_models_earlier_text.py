"""The texts a briefing had before, as rows that nobody changes."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from tests import make
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, EarlierText

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST = "MS PORTER: The ceasefire holds."
SECOND = "MS PORTER: The ceasefire still holds."


def replaced(briefing: Briefing, text: str, by: User | None = None, **changes) -> Briefing:
    for name, value in ({"text": text} | changes).items():
        setattr(briefing, name, value)
    with reason_for_change("Captured again", by):
        briefing.save()
    return briefing


def earlier_texts_of(briefing: Briefing) -> list[tuple]:
    return [(earlier.number, earlier.text, earlier.was_public) for earlier in briefing.earlier_texts.order_by("number")]


def test_text_that_is_replaced_is_kept_with_who_and_when():
    ada, bela = User.objects.create_user("ada"), User.objects.create_user("bela")
    with reason_for_change("", ada):
        briefing = make.briefing(FIRST, captured_on=dt.date(2022, 3, 26))
    sha, came = briefing.text_sha256, briefing.history.get()
    replaced(briefing, FIRST, title="Another title")
    replaced(briefing, SECOND, bela, captured_on=dt.date(2023, 1, 1))

    earlier, now = briefing.earlier_texts.get(), briefing.history.first()
    assert (earlier.number, earlier.text, earlier.text_sha256, earlier.was_public) == (1, FIRST, sha, True)
    assert (earlier.captured_on, earlier.recorded_at, earlier.recorded_by) == (
        dt.date(2022, 3, 26),
        came.history_date,
        ada,
    )
    assert (earlier.replaced_at, earlier.replaced_by) == (now.history_date, bela)


def test_every_text_is_kept_in_order_also_one_that_comes_back():
    briefing = make.briefing(FIRST, status="draft")
    for text in (SECOND, FIRST, SECOND):
        replaced(briefing, text)
    briefing.status = "published"
    replaced(briefing, FIRST)

    assert earlier_texts_of(briefing) == [(1, FIRST, False), (2, SECOND, False), (3, FIRST, False), (4, SECOND, False)]
    third = briefing.earlier_texts.get(number=3)
    assert third.recorded_at > briefing.earlier_texts.get(number=1).recorded_at


def test_change_of_anything_else_keeps_no_text():
    briefing = make.briefing(FIRST)
    replaced(briefing, FIRST.replace(" ", "\u00a0"), title="Another")
    bare = make.briefing("", url="https://a.org")
    replaced(bare, FIRST)

    assert not EarlierText.objects.exists()


def test_text_without_a_history_is_kept_too():
    briefing = make.briefing(FIRST)
    briefing.history.all().delete()

    replaced(briefing, SECOND)

    earlier = briefing.earlier_texts.get()
    assert (earlier.text, earlier.recorded_at, earlier.recorded_by) == (FIRST, briefing.recorded_at, None)


def test_earlier_text_is_never_changed():
    briefing = replaced(make.briefing(FIRST), SECOND)
    earlier = briefing.earlier_texts.get()
    earlier.text = "Smuggled"

    with pytest.raises(TypeError, match="never changed"):
        earlier.save()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        EarlierText.objects.update(text="Smuggled")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_earliertext SET captured_on = NULL")
    assert briefing.earlier_texts.get().text == FIRST


def test_briefing_that_nobody_cites_goes_with_its_texts():
    replaced(make.briefing(FIRST), SECOND).delete()

    assert not EarlierText.objects.exists()


def test_keeping_costs_the_same_for_any_number_of_texts(django_assert_num_queries):
    briefing = make.briefing(FIRST)
    make.citation(make.event(), briefing, quote="ceasefire")
    for number in range(3):
        replaced(briefing, f"{FIRST} {number}")
    stored = Briefing.objects.get(pk=briefing.pk)
    replaced(briefing, SECOND)

    with django_assert_num_queries(6):
        briefing.earlier_texts.archive(stored, briefing)
