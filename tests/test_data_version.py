"""What is cached of a filter."""

import pytest
from django.http import QueryDict

from tests import make
from timeline.exports.export_header import export_header
from timeline.filters import EventFilter
from timeline.models import Event

pytestmark = pytest.mark.django_db


def test_counts_of_one_filter_are_cached_apart_for_each_set_of_events():
    event = make.published()
    make.published()
    public = Event.objects.public()

    totals = [export_header(EventFilter(QueryDict(), rows)).total for rows in (public, public.named([event.public_id]))]

    assert totals == [2, 1]
