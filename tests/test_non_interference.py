"""What is not public cannot be observed: every public address answers the same bytes and headers with it and without."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.urls import resolve, reverse
from django.utils import timezone

from tests import make
from tests.public_addresses import all_of_them, answers, differing, forget_all, kinds, public_kinds
from timeline import history
from timeline.history.pending_changes import CITED, propose, stored_columns
from timeline.merging import EventMerge, PlaceMerge
from timeline.models import (
    Actor,
    Briefing,
    BriefingSpeaker,
    DataSet,
    EarlierText,
    Event,
    EventRelation,
    ImportBatch,
    ImportUpload,
    ReviewAssignment,
    ReviewNote,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "MS PORTER: The ceasefire holds. Troops moved."


@pytest.fixture
def world():
    """Return what the public reads: four events, one of which goes on and one is withdrawn, and an earlier text."""
    forget_all()
    state = make.actor("Armenia")
    place, conflict, briefing = make.place("Yerevan"), make.conflict("The war"), make.briefing(TEXT)
    briefing.text = f"Good afternoon. {TEXT}"
    briefing.save()
    event = make.published("The ceasefire holds", briefing=briefing, place=place, conflict=conflict, deaths_best=1)
    make.participation(event, state, "initiator")
    make.participation(event, make.actor("Ministry", parent=state), "recipient")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=state)
    other = make.published("Troops move", edtf="2022-03", cited={"quote": "Troops moved.", "speaker": state})
    make.citation(other, briefing, quote="Troops moved.", act="denies")
    make.published("The talks go on", edtf="2022-03-01/..", briefing=briefing)
    make.published("A mistake").withdraw("It did not happen")
    return {"event": event, "other": other, "actor": state, "place": place, "conflict": conflict, "briefing": briefing}


def like(world: dict, **changes):
    """Return a draft that every filter would find which finds the public event."""
    event = make.event("The ceasefire holds", place=world["place"], conflict=world["conflict"], **changes)
    make.participation(event, world["actor"], "initiator")
    make.citation(event, world["briefing"], speaker=world["actor"])
    make.citation(event, world["briefing"], quote="Troops moved.", act="denies")
    return event


def _draft(world):
    like(world)
    like(world, edtf="1999-01-01")
    like(world, edtf="2030-01-01", deaths_best=1000)


def _in_review(world):
    event = like(world)
    event.submit()
    event.return_to_draft("Say more of the ceasefire")
    event.submit()


def _merged_into_draft(world):
    EventMerge(like(world), like(world)).apply("One")


def _ties(world):
    draft = like(world)
    EventRelation.objects.create(from_event=draft, kind="follows", to_event=world["event"])
    words = make.citation(world["event"], make.briefing(TEXT, status="draft"))
    EventRelation.objects.create(from_event=world["event"], kind="responds", to_event=world["other"], citation=words)


def _hidden_briefing(world):
    """One is later than all others, and one earlier, by a publisher whom the public knows, and cited for what is public."""
    make.briefing(status="draft", published_on=dt.date(2030, 1, 1))
    early = {"slug": "hidden", "status": "draft", "published_on": dt.date(2000, 1, 1), "publisher": world["actor"]}
    hidden = make.briefing(f"MR HIDDEN: {TEXT}", title="The hidden ceasefire", **early)
    speaker = make.actor("Hidden speaker", slug="hidden")
    BriefingSpeaker.objects.create(briefing=hidden, label="MR HIDDEN", actor=speaker)
    make.citation(world["event"], hidden, act="denies", speaker=speaker)
    make.citation(world["other"], hidden, quote="Troops moved.")
    hidden.text += " More was said."
    hidden.save()


def _names(world):
    """Draft rows bring names of their own, which belong to public ones."""
    member = make.actor("Hidden ministry", parent=world["actor"], country="GE")
    place = make.place("Hidden village", parent=world["place"], country="GE")
    event = make.event("Hidden", place=place, conflict=make.conflict("Hidden conflict"), type="other")
    make.participation(event, member)
    make.participation(event, Actor.objects.get(slug="hidden"))
    make.citation(event, world["briefing"], speaker=member)
    gone = make.place("Hidden village")
    make.event(place=gone)
    PlaceMerge(gone, place).apply("One")


def _never_public(world):
    """A text that the source had before anybody could read it."""
    first = EarlierText.objects.get(briefing=world["briefing"])
    changes = {"number": 2, "text": "MS PORTER: Hidden.", "text_sha256": "f" * 64, "was_public": False}
    EarlierText.objects.create(
        briefing=first.briefing, recorded_at=first.recorded_at, replaced_at=first.replaced_at, **changes
    )


def _import(world):
    someone = User.objects.create_user("someone", is_staff=True)
    data_set = DataSet.objects.create(slug="hidden-set", name="Hidden set", licence="CC0", attribution="Hidden")
    fields = {"file_name": "hidden.csv", "data_set": data_set, "by": someone}
    ImportUpload.objects.create(format="our-csv", path="hidden", **fields)
    ImportBatch.objects.create(format="our-csv", sha256="0" * 64, rows=1, at=timezone.now(), **fields)
    like(world, data_set=data_set, author=someone)


def _proposed(world):
    """What is proposed for a public event, and said of it, is for the desk alone."""
    event, someone = world["event"], User.objects.create_user("proposer", is_staff=True)
    seen = history.version(event, history.EVENT_PARTS)
    wanted = Event.objects.get(pk=event.pk)
    wanted.title, wanted.edtf = "The ceasefire is broken", "2030-01-01"
    propose(event, someone, seen, wanted, reason="The ceasefire holds no more", change_class="correction")
    cited = make.citation(make.event("Draft"), world["briefing"], act="denies")
    propose(event, None, seen, citation=stored_columns(cited, CITED), reason="A reader says so")
    ReviewNote.objects.write(event, "comment", "The ceasefire?", someone)
    ReviewAssignment.objects.create(event=event, reviewer=someone)


HIDDEN = (_draft, _in_review, _merged_into_draft, _ties, _hidden_briefing, _names, _never_public, _import, _proposed)


def knows_the_reader(headers: dict[str, str]) -> bool:
    return "Set-Cookie" in headers or "Cookie" in headers.get("Vary", "")


def with_form(answers: dict[str, tuple]) -> set[str]:
    """Return the addresses of pages with a form that is sent, which has a token of this reader's."""
    return {path for path, (_, _, body) in answers.items() if b"csrfmiddlewaretoken" in body}


@pytest.mark.long
@pytest.mark.security
def test_public_answers_are_the_same_with_and_without(world):
    paths = all_of_them()
    make.older_revision()
    before = answers(paths)
    assert {path for path, (_, headers, _) in before.items() if knows_the_reader(dict(headers))} == with_form(before)
    for hide in HIDDEN:
        hide(world)
    make.event("Merged as a draft").merge_into(world["event"])  # its own address leads there

    assert differing(before, answers(paths)) == {}
    forget_all()
    assert differing(before, answers(paths)) == {}


def nothing_like(path: str) -> str:
    """Return the address of a row that is not there, of the kind that a path leads to; of an oEmbed, that of such a page; of a
    citation or an earlier text, another of the same source."""
    row, _, mark = path.partition("?")
    if row == "/oembed/":
        return "/oembed/?url=http%3A%2F%2Ftestserver%2Fevents%2Fnothing%2F"
    if mark:
        return f"{row}?quote=nothing"
    match = resolve(row)
    arguments = dict.fromkeys(match.kwargs, "nothing")
    if "sha256" in arguments:
        arguments["slug"] = match.kwargs["slug"]
    return reverse(match.view_name, kwargs=arguments)


def test_what_is_hidden_is_no_more_there_than_nothing(world):
    known = set(all_of_them())
    for hide in HIDDEN:
        hide(world)
    hidden = sorted(set(all_of_them()) - known)

    of_hidden, of_nothing = answers(hidden), answers({nothing_like(path) for path in hidden})
    assert len(hidden) > 50
    assert {path: answer[0] for path, answer in of_hidden.items() if answer[0] != 404} == {}
    assert {path for path in hidden if of_hidden[path] != of_nothing[nothing_like(path)]} == set()


def test_withdrawn_event_leaves_no_trace_on_the_pages_of_what_it_named(world):
    """Lists of events, exports and the page of the event itself do tell of it: something public has changed."""
    rows = [world[name].get_absolute_url() for name in ("actor", "place", "conflict", "briefing")]
    paths = ["/actors/", "/places/", "/conflicts/", "/briefings/", *rows]
    before = {path: answer[2] for path, answer in answers(paths).items()}
    event = like(world)
    event.publish()
    event.withdraw("It did not happen")

    assert {path for path, answer in answers(paths).items() if answer[2] != before[path]} == set()


def test_every_public_address_is_asked(world):
    assert public_kinds() - kinds(all_of_them()) == set()


@pytest.mark.long
@pytest.mark.security
def test_what_is_public_would_be_seen(world):
    paths = all_of_them()
    before = answers(paths)
    like(world).publish()

    changed = {path for path, answer in answers(paths).items() if answer != before[path]}
    assert {"/", "/events.csv", "/marks.html", "/api/v1/events/", "/api/v1/facets/"} <= changed


def test_no_row_is_hidden_by_mistake(world):
    assert (Actor.objects.public().count(), Briefing.objects.public().count()) == (5, 3)
