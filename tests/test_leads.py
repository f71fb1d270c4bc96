"""Rows of a data set of leads: drafts, published on a citation of a document, never on the data set's own record."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from tests import make
from timeline.imports.events import publish_batch
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.events.formats.gdelt import ONE
from timeline.imports.events.undo_batch import undo
from timeline.models import Briefing, DataSet, Event, ImportBatch

from .clients import body
from .import_files import ACLED, brought_in, ged, looked_at, table

pytestmark = pytest.mark.django_db
LEAD = "It is a lead of GDELT events: cite a document that supports it. The data set's own record does not count."
ROW = {
    "GLOBALEVENTID": "410412347",
    "SQLDATE": "20150218",
    "Actor1Name": "ARMENIA",
    "Actor2Name": "MINISTER",
    "EventCode": "042",
    "SOURCEURL": "https://news.example/a",
}
FILE = "\t".join(ROW.get(name, "") for name in ONE) + "\n"


@pytest.fixture
def lead(tmp_path) -> Event:
    brought_in(tmp_path, FILE, "gdelt", publish=False)
    return Event.objects.get()


def test_rows_of_gdelt_come_in_as_drafts_that_cannot_be_published(lead):
    briefing = lead.citations.get().briefing
    briefing.status = "published"
    briefing.save()

    assert (lead.status, lead.data_set.leads_only, lead.obstacles()) == ("draft", True, [LEAD])
    assert not publish_batch.publishable_drafts(ImportBatch.objects.get()).exists()
    with pytest.raises(ValidationError) as refusal:
        lead.publish()
    assert refusal.value.messages == [LEAD]


def test_lead_is_published_on_a_citation_of_a_document(lead):
    make.citation(lead, make.briefing())

    lead.publish()

    assert Event.objects.public().get() == lead


def test_file_of_leads_is_not_published_at_once(tmp_path):
    summary = looked_at(tmp_path, FILE, "gdelt", publish=True)

    assert summary.fatal == (
        "The rows of GDELT events are leads and come in as drafts. Publish each on a citation of a document."
    )
    assert (Event.objects.count(), DataSet.objects.count()) == (0, 0)


def test_records_of_other_data_sets_are_grounds(tmp_path, lead):
    DataSet.objects.update(leads_only=False)

    assert publish_batch.publishable_drafts(ImportBatch.objects.get()).exists()


OF_THE_DESK = "Events of ACLED are for the desk only."


def test_rows_of_acled_stay_on_the_desk_until_the_owner_says_otherwise(tmp_path, settings):
    refused = looked_at(tmp_path, table(ACLED), "acled", publish=True)
    batch = brought_in(tmp_path, table(ACLED), "acled")
    event = Event.objects.get()
    Briefing.objects.update(status="published")
    published = publish_batch.publish(batch, User.objects.create_user("reviewer"))
    hidden = (event.obstacles(), published, publish_batch.publishable_drafts(batch).count())
    with pytest.raises(ValidationError, match=OF_THE_DESK):
        event.publish()
    settings.SHOWN_DATA_SETS = ["acled"]

    assert refused.fatal.startswith(OF_THE_DESK)
    assert "SHOWN_DATA_SETS=acled" in refused.fatal
    assert ([words.startswith(OF_THE_DESK) for words in hidden[0]], *hidden[1:]) == ([True], 0, 0)
    assert (event.obstacles(), publish_batch.publishable_drafts(batch).count()) == ([], 1)
    event.publish()
    assert Event.objects.public().get() == event
    assert not Event.objects.redistributable().exists()


def test_what_is_for_the_desk_only_may_not_be_passed_on():
    data_set = DataSet(slug="d", name="D", licence="L", attribution="A", desk_only=True, redistributable=True)

    with pytest.raises(ValidationError, match="may not be passed on"):
        data_set.full_clean()


def test_package_publishes_nothing_that_is_for_the_desk_only_here(tmp_path):
    batch = brought_in(tmp_path, ged({}), publish=True)
    (tmp_path / "events.zip").write_bytes(body(Client().get("/events.zip")))
    undo(batch)
    DataSet.objects.update(desk_only=True, redistributable=False)
    package = Options(tmp_path / "events.zip", "events.zip", FORMATS["datapackage"], None, publish=True)
    run(package, check(package))

    assert Event.objects.get().status == "draft"
