import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from tests.test_parity import queries, world  # noqa: F401
from timeline.charts.histogram import histogram
from timeline.filters import EventFilter
from timeline.models import Event

from .hypothesis_examples import examples

pytestmark = pytest.mark.database


def chosen(query: str = "") -> EventFilter:
    return EventFilter(QueryDict(query), Event.objects.public())


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_bars_sum_up_to_the_list(world, query):  # noqa: F811
    asked = chosen(query)
    if asked.messages:
        return
    drawn = histogram(asked)
    assert drawn.total == asked.events.count()
    assert sum(bar.certain + bar.possible for bar in drawn.bars) + drawn.undated == pytest.approx(drawn.total, abs=1e-6)
