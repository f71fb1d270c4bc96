import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests import make
from timeline.models import Event

from .desk_client import editor, errors, reviewer, rows, said, send

pytestmark = pytest.mark.django_db

LIST = "/admin/timeline/event/"


def change(event: Event) -> str:
    return reverse("admin:timeline_event_change", args=[event.pk])


def withdraw(event: Event) -> str:
    return reverse("admin:timeline_event_withdraw", args=[event.pk])


def status(event: Event) -> str:
    return Event.objects.get(pk=event.pk).status


def buttons(page) -> list[str]:
    return [move.label for move in page.context["moves"]]


def with_evidence(**changes) -> Event:
    event = make.event(**changes)
    make.citation(event)
    return event


def test_editor_submits_and_takes_back():
    event, client = make.event(), editor()

    submitted = send(client, change(event), "_submit", title="As submitted")
    assert (status(event), Event.objects.get().title) == ("review", "As submitted")
    returned = send(client, change(event), "_draft")
    assert status(event) == "draft"

    assert said(submitted)[0] == (
        "“As submitted” is saved. In review: it waits for a reviewer, and only editors see it."
    )
    assert said(returned)[0] == "“As submitted” is saved. Draft: only editors see it."


def test_reviewer_publishes_what_the_form_holds():
    event = with_evidence()

    answer = send(reviewer(), change(event), "_publish", title="As published")

    event.refresh_from_db()
    assert (event.status, event.title, event.supporting_count) == ("published", "As published", 1)
    assert said(answer)[0] == "“As published” is saved. Published: every change is public at once."


def test_publishing_without_evidence_is_refused_and_the_work_is_kept():
    event = make.event(edtf="")

    answer = send(reviewer(), change(event), "_publish", title="Typed with care")

    event.refresh_from_db()
    assert (event.status, event.title) == ("draft", "Typed with care")
    assert said(answer) == [
        "Saved, but not published. It has no date. Where no source states one, enter “on or before” the day of the source.",
        "Saved, but not published. No citation of a published source supports it by the codebook: a denial, a dispute, a question or a mere appeal does not count. What only a question asserts is “Unclear whether it happened”: choose that under “Did it happen”.",
        "“Typed with care” is saved. Draft: only editors see it.",
    ]


def test_obstacles_stand_at_the_top_of_the_form():
    page = editor().get(change(make.event()))

    assert page.context["obstacles"] == ["It has no citation.", "No participants entered."]
    assert "What is missing before it can be published:" in page.content.decode()


def test_editor_cannot_publish_by_naming_the_button():
    event, client = with_evidence(), editor()
    before = rows()

    answer = send(client, change(event), "_publish", title="Smuggled")

    assert answer.status_code == 403
    assert rows() == before


def test_each_state_offers_its_own_buttons():
    draft, review, published = with_evidence(), with_evidence(), make.published()
    review.submit()
    author, chief = editor(), reviewer()

    assert [buttons(author.get(change(event))) for event in (draft, review, published)] == [
        ["Save and submit for review"],
        ["Save and return to draft"],
        [],
    ]
    assert [buttons(chief.get(change(event))) for event in (draft, review, published)] == [
        ["Save and submit for review", "Save and publish"],
        ["Save and publish", "Save and return to draft"],
        [],
    ]


ENTERED_BY_YOU = "Somebody else has to publish this event: you entered it."
BARE = "This event cannot be published yet: what is missing is named above."
NO_RIGHT = "A reviewer has to publish this event."


def publishing(page) -> tuple[bool, str]:
    """Return whether the form has the button that publishes, and what is in its place."""
    text, reason = page.content.decode(), page.context["why_not_published"]
    assert not reason or f'<p class="help">{reason}</p>' in text
    return 'name="_publish"' in text, reason


@pytest.mark.parametrize(("alone", "expected"), [(False, (False, ENTERED_BY_YOU)), (True, (True, ""))])
def test_author_is_offered_to_publish_on_a_desk_of_one_alone(settings, alone, expected):
    settings.SELF_REVIEW, client = alone, reviewer()
    event = with_evidence(author=User.objects.get(username="reviewer"))

    pages = [client.get(change(event)), client.get(f"{LIST}add/")]
    assert [publishing(page) for page in pages] == [expected] * 2
    assert ("It can be published. A reviewer will look at:" in pages[0].content.decode()) is True


def test_who_asked_for_review_is_told_so():
    event, client = with_evidence(), reviewer()
    event.submit(User.objects.get(username="reviewer"))

    reason = "Somebody else has to publish this event: you asked for its review."
    assert publishing(client.get(change(event))) == (False, reason)


def test_publishing_is_offered_for_what_can_be_published_by_whom_it_can():
    event, bare, published = with_evidence(), make.event(), make.published()
    client = reviewer()

    assert [publishing(client.get(change(which))) for which in (event, bare, published)] == [
        (True, ""),
        (False, BARE),
        (False, ""),
    ]
    assert publishing(editor().get(change(event))) == (False, NO_RIGHT)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_editor_reads_a_public_event_and_cannot_change_it(withdrawn):
    event, client = make.published(), editor()
    if withdrawn:
        event.withdraw("A mistake")
    before = rows()

    page = client.get(change(event))
    answer = client.post(change(event), {"title": "Smuggled", "change_reason": "Because"})

    assert "Propose a correction" in page.context["notices"][0]
    assert 'name="title"' not in page.content.decode()
    assert answer.status_code == 403
    assert rows() == before


def test_change_after_publication_needs_a_reason():
    event, client = make.published(), reviewer()
    before = rows()

    refused = send(client, change(event), title="Corrected", change_class="correction")
    assert errors(refused) == ["Say why. This has been public, and readers see the reason of each correction."]
    assert rows() == before

    assert (
        send(client, change(event), title="Corrected", change_class="correction", change_reason="A slip").status_code
        == 302
    )
    event.refresh_from_db()
    assert (event.status, event.title) == ("published", "Corrected")


def test_reason_and_name_stand_in_every_row_of_the_history():
    event = make.published()
    make.participation(event, role="participant")
    reason = "The readout of 26 March names who called whom. " * 3

    send(
        reviewer(),
        change(event),
        change_class="correction",
        change_reason=reason,
        title="Corrected",
        **{"participations-0-role": "initiator", "citations-0-note": "Read again"},
    )

    newest = [
        table.history.order_by("-history_id").first()
        for table in (event, event.citations.get(), event.participations.get())
    ]
    assert [row.history_user.username for row in newest] == ["reviewer"] * 3
    assert all(reason.strip().startswith(row.history_change_reason) for row in newest)
    assert newest[0].history_change_reason == reason.strip()


def test_deleted_citation_leaves_reason_and_name():
    event, briefing = make.published(), make.briefing()
    second = make.citation(event, briefing)

    send(
        reviewer(), change(event), change_class="correction", change_reason="Said twice", **{"citations-1-DELETE": "on"}
    )

    row = second.history.model.objects.filter(id=second.pk).order_by("-history_id").first()
    assert (row.history_type, row.history_user.username, row.history_change_reason) == ("-", "reviewer", "Said twice")


def test_withdrawing_needs_a_reason():
    event, client = make.published("The ceasefire holds"), reviewer()

    refused = send(client, withdraw(event), reason="  ")
    assert refused.context["form"].errors == {
        "reason": ["Say why the event is withdrawn; readers of its page will see it."]
    }
    assert status(event) == "published"

    answer = send(client, withdraw(event), reason="The source took it back")
    event.refresh_from_db()
    newest = event.history.first()
    assert (event.status, event.withdrawal_reason) == ("withdrawn", "The source took it back")
    assert (newest.history_change_reason, newest.history_user.username) == ("The source took it back", "reviewer")
    assert said(answer) == ["“The ceasefire holds” is withdrawn. Its page shows the reason."]
    assert "Reason: The source took it back" in client.get(change(event)).content.decode()


def test_withdrawn_event_is_published_again_with_a_reason():
    event, client = make.published(), reviewer()
    event.withdraw("A mistake")

    assert errors(send(client, change(event), "_publish")) != []
    assert status(event) == "withdrawn"
    send(client, change(event), "_publish", change_class="correction", change_reason="It was right after all")

    assert status(event) == "published"


def test_only_published_events_are_withdrawn_and_only_with_permission():
    draft, published = make.event("A draft"), make.published()
    client = reviewer()
    before = rows()

    answer = client.post(withdraw(draft), {"reason": "No"})
    assert said(answer) == ["“A draft” is not published, so there is nothing to withdraw."]
    assert editor().post(withdraw(published), {"reason": "No"}).status_code == 403
    assert client.get("/admin/timeline/event/999999999999999999999/withdraw/").status_code == 404
    assert rows() == before


def test_published_events_cannot_be_deleted():
    event, client = make.published("The ceasefire holds"), reviewer()
    event.withdraw("A mistake")
    before = rows()

    answer = client.post(reverse("admin:timeline_event_delete", args=[event.pk]), {"post": "yes"})

    assert answer.status_code == 403
    assert rows() == before
