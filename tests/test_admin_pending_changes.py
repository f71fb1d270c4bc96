"""Corrections and sources that editors propose for public events, and what reviewers make of them."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests import make
from timeline import history
from timeline.history.corrections import corrections
from timeline.history.pending_changes import propose
from timeline.models import Event, EventType, PendingChange, PublicRevision

from .desk_client import editor, fields, reviewer, rows, said, send
from .workspace_page import QUOTE, choose, make_source

pytestmark = pytest.mark.django_db

QUEUE = "/admin/timeline/event/review/"
KIND = {"change_class": "correction", "change_reason": "The transcript says so"}


def propose_page(event: Event) -> str:
    return reverse("admin:timeline_event_propose", args=[event.pk])


def page_of(change: PendingChange) -> str:
    return reverse("admin:timeline_event_proposed", args=[change.pk])


def proposed(event: Event, client=None, **values) -> PendingChange:
    """Have an editor propose these values; return what waits."""
    answer = send(client or editor(), propose_page(event), **KIND | values)
    assert answer.status_code == 302, answer.context["form"].errors
    return PendingChange.objects.latest("pk")


def public_state(event: Event) -> list:
    event = Event.objects.get(pk=event.pk)
    return [event.title, event.edtf, event.citations.count(), event.revision, PublicRevision.objects.current()[0]]


def me(name: str) -> User:
    return User.objects.get(username=name)


def differences(client, change: PendingChange) -> list[tuple]:
    comparison = client.get(page_of(change)).context["comparison"]
    return [(row.label, row.before, row.now, row.after, row.collides) for row in comparison.differences]


def test_editor_proposes_and_nothing_of_the_event_changes():
    event = make.published("Two towns shelled")
    version, before = history.version(event, history.EVENT_PARTS), public_state(event)

    change = proposed(event, title="Three towns shelled", edtf="25 March 2022")

    assert (change.before, change.after) == (
        {"title": "Two towns shelled", "edtf": "2022-03-24"},
        {"title": "Three towns shelled", "edtf": "2022-03-25"},
    )
    assert (str(change.author), change.state, change.reason) == ("editor", "open", "The transcript says so")
    assert history.version(event, history.EVENT_PARTS) == version
    assert public_state(event) == before


def test_accepting_writes_as_an_edit_does():
    event = make.published("Two towns shelled")
    change, client = proposed(event, title="Three towns shelled"), reviewer()
    assert differences(client, change) == [
        ("Title", "Two towns shelled", "Two towns shelled", "Three towns shelled", False)
    ]

    answer = send(client, page_of(change), "_accept")

    event.refresh_from_db()
    row, change = event.history.first(), PendingChange.objects.get()
    assert (answer.url, event.title, change.state) == (QUEUE, "Three towns shelled", "accepted")
    assert (str(row.history_user), row.change_class, row.history_change_reason) == (
        "reviewer",
        "correction",
        "The transcript says so",
    )
    assert [(entry.what, entry.before, entry.after, entry.reason) for entry in corrections(event)] == [
        ("Title", "Two towns shelled", "Three towns shelled", "The transcript says so")
    ]


def test_reviewer_amends_what_is_proposed():
    event = make.published("Two towns shelled")
    change, client = proposed(event, title="Three towns shelled"), reviewer()

    send(client, page_of(change), "_accept", title="At least three towns shelled", change_class="update")

    event.refresh_from_db()
    assert (event.title, event.history.first().change_class) == ("At least three towns shelled", "update")
    assert PendingChange.objects.get().state == "amended"


def test_refusal_needs_a_reason_and_stays_in_the_discussion():
    event = make.published("Two towns shelled")
    change, client = proposed(event, title="Three towns shelled"), reviewer()

    empty = client.post(page_of(change), {"_refuse": "1", "text": " "})
    answer = client.post(page_of(change), {"_refuse": "1", "text": "The source says two."})

    assert empty.context["refusal"].errors == {"text": ["Say why it is refused."]}
    assert answer.url == QUEUE
    assert list(event.review_notes.values_list("kind", "text", "author__username")) == [
        ("proposed", "", "editor"),
        ("refused", "The source says two.", "reviewer"),
    ]
    event.refresh_from_db()
    assert event.title == "Two towns shelled"
    assert "Nothing was changed. Refused." in said(client.post(page_of(change), {"_accept": "1"}))


def test_author_takes_back_and_does_not_decide(settings):
    event, author = make.published("Two towns shelled"), reviewer("author")
    first = proposed(event, author, title="Three towns shelled")
    second = proposed(event, author, title="Four towns shelled")

    assert author.post(page_of(first), fields(author.get(page_of(first))) | {"_accept": "1"}).status_code == 403
    assert editor().post(page_of(first), {"_refuse": "1", "text": "No"}).status_code == 403
    assert editor("other").post(page_of(first), {"_take_back": "1"}).status_code == 403
    assert said(author.post(page_of(first), {"_take_back": "1"})) == ["You cancelled your proposal."]
    settings.SELF_REVIEW = True
    send(author, page_of(second), "_accept")

    states = list(PendingChange.objects.values_list("state", "self_reviewed"))
    assert states == [("taken_back", True), ("accepted", True)]


def test_proposal_made_before_another_change_fits_where_the_fields_are_others():
    event, client = make.published("Two towns shelled"), reviewer()
    change = proposed(event, title="Three towns shelled")
    event.refresh_from_db()
    event.summary = "At night."
    event.save()

    page = client.get(page_of(change))
    assert (page.context["comparison"].is_newer, page.context["comparison"].collisions) == (True, [])
    assert "in other fields: the proposal still fits" in page.content.decode()
    send(client, page_of(change), "_accept")

    event.refresh_from_db()
    assert (event.title, event.summary) == ("Three towns shelled", "At night.")


def test_proposal_for_a_field_that_changed_since_shows_both():
    event, client = make.published("Two towns shelled"), reviewer()
    change = proposed(event, title="Three towns shelled", summary="By day.")
    event.refresh_from_db()
    event.title, event.summary = "Five towns shelled", "By day."
    event.save()

    assert differences(client, change) == [
        ("Title", "Two towns shelled", "Five towns shelled", "Three towns shelled", True),
        ("Summary", "", "By day.", "By day.", False),
    ]
    text = client.get(page_of(change)).content.decode()
    assert all(words in text for words in ("Two towns shelled", "Five towns shelled", "compare both, then decide"))


def test_what_others_changed_while_the_form_was_open_is_not_proposed():
    event, client = make.published("Two towns shelled"), editor()
    opened = fields(client.get(propose_page(event)))
    event.summary = "At night."
    event.save()

    client.post(propose_page(event), opened | KIND | {"title": "Three towns shelled"})

    assert PendingChange.objects.get().after == {"title": "Three towns shelled"}


def test_decision_on_a_page_that_is_out_of_date_is_shown_anew():
    event, client = make.published("Two towns shelled"), reviewer()
    change = proposed(event, title="Three towns shelled")
    opened = fields(client.get(page_of(change)))
    event.refresh_from_db()
    event.title = "Five towns shelled"
    event.save()

    answer = client.post(page_of(change), opened | {"_accept": "1"})

    assert answer.status_code == 200
    assert "Five towns shelled" in answer.content.decode()
    assert (Event.objects.get().title, PendingChange.objects.get().state) == ("Five towns shelled", "open")


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({}, "__all__", "Change a field, or describe what is wrong."),
        ({"title": "Other"}, "change_class", "Choose the kind of change. Readers see it beside the change."),
        (
            {"title": "Other", "change_class": "correction"},
            "change_reason",
            "Say why. Readers see the reason of each correction.",
        ),
        (
            {"title": "Three towns", "change_class": "typo"},
            "__all__",
            "This is not a typographical error: it changes more than the letters of “Title”. "
            "Choose another kind of change, which readers see.",
        ),
    ],
)
def test_proposal_that_says_too_little_is_not_kept(typed, field, message):
    event, client = make.published("Two towns shelled"), editor()
    before = rows()

    answer = send(client, propose_page(event), **typed)

    assert answer.context["form"].errors[field] == [message]
    assert rows() == before


def test_remark_is_settled_by_hand():
    event, client = make.published("Two towns shelled"), reviewer()
    change = proposed(event, change_class="", change_reason="The second participant is another party.")
    before = public_state(event)

    assert change.what == "Remark"
    client.post(page_of(change), {"_accept": "1"})

    assert PendingChange.objects.get().state == "accepted"
    assert public_state(event) == before


def test_change_that_would_take_the_support_is_refused_with_the_rule():
    event, client = make.published("Talks announced", cited={"act": "announces"}), reviewer()
    change = proposed(event, event_type=EventType.objects.get(slug="meeting").pk)
    before = public_state(event)

    answer = send(client, page_of(change), "_accept")

    assert said(answer)[0].startswith("Nothing was changed. No citation supports it as “")
    assert public_state(event) == before
    assert PendingChange.objects.get().state == "open"


def cite_for(client, briefing, event: Event, **typed):
    address = choose(client, briefing, "_cite", QUOTE).url
    return client.post(address, {"event": event.pk, "act": "reports", "change_class": "update"} | typed)


def test_editor_adds_a_source_to_a_public_event_by_way_of_a_reviewer():
    briefing, event, client = make_source(), make.published("Out"), editor()
    before = public_state(event)

    answers = [cite_for(client, briefing, event) for _ in range(2)]  # sent twice, it is proposed once

    change = PendingChange.objects.get()
    assert said(answers[0])[0].endswith("is proposed for “Out”, and waits for a reviewer.")
    assert (change.what, public_state(event)) == ("Further source", before)
    send(reviewer(), page_of(change), "_accept", **{"cited-note": "A second account"})

    citation = event.citations.get(briefing=briefing)
    assert (citation.quote, citation.act, citation.state, citation.note) == (
        QUOTE,
        "reports",
        "verified",
        "A second account",
    )
    assert PendingChange.objects.get().state == "amended"
    assert Event.objects.get(pk=event.pk).source_count == 2


def test_source_that_is_gone_cannot_be_accepted():
    briefing, event = make_source(), make.published("Out")
    cite_for(editor(), briefing, event)
    briefing.delete()
    change, client = PendingChange.objects.get(), reviewer()

    page = client.get(page_of(change))
    send(client, page_of(change), "_accept")

    assert "The source of the proposed quote has been deleted" in page.content.decode()
    assert PendingChange.objects.get().state == "open"


def test_queue_shows_differences_and_is_narrowed():
    event, other = make.published("Two towns shelled"), make.published("Talks")
    proposed(event, title="Three towns shelled")
    propose(other, None, "", reason="A reader: the day is wrong")
    client = reviewer()

    def shown(query: str = "") -> list[str]:
        comparisons = client.get(QUEUE + query).context["comparisons"]
        return [f"{row.change.author}: {row.change.event}" for row in comparisons]

    assert shown() == ["editor: Two towns shelled", "None: Talks"]
    client.post(reverse("admin:timeline_event_assign", args=[other.pk]), {"reviewer": me("reviewer").pk})
    assert (shown("?reviewer=me"), shown("?reviewer=nobody")) == (["None: Talks"], ["editor: Two towns shelled"])
    assert (shown("?whose=mine"), shown("?lacks=date")) == ([], [])
    text = client.get(QUEUE).content.decode()
    assert "<del>Two</del><ins>Three</ins> towns shelled" in text
    assert "A reader: the day is wrong" in text
