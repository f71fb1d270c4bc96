"""The citations in the form of an event: quotes as pasted, and the last one that supports a published event."""

import pytest

from tests import make
from timeline.admin.workflow.change_forms import CitedWordsForm
from timeline.models import Citation

from .desk_client import change, editor, errors, lines, reviewer, rows, said, send
from .event_form import ADD, TEXT, citation_line, entry

pytestmark = pytest.mark.django_db


def test_wrong_quote_shows_the_nearest_passage_and_writes_nothing():
    briefing = make.briefing(TEXT)
    client, before = editor(), rows()

    answer = send(client, ADD, **entry() | lines("citations", citation_line(briefing, "Nobody at all has moved.")))

    assert answer.status_code == 200
    [message] = errors(answer)
    assert message.startswith(f"This quote was not found in “{briefing}”. The nearest passage is: “Nobody has moved.”")
    assert rows() == before


def test_quote_as_pasted_is_stored_in_the_texts_own_characters():
    pasted = 'The "ceasefire" - so far - holds.\r\nNobody has moved.'

    send(editor(), ADD, **entry() | lines("citations", citation_line(make.briefing(TEXT), pasted)))

    assert [(citation.quote, citation.state) for citation in Citation.objects.all()] == [
        ("The “ceasefire” – so far – holds.\nNobody has moved.", "verified")
    ]


def test_saving_a_form_as_it_came_changes_no_row_but_the_event():
    event = make.event()
    make.citation(
        event, make.briefing(TEXT), quote="The “ceasefire” – so far – holds.\nNobody has moved.", edtf="2022-03"
    )
    make.participation(event)
    client = editor()

    answer = send(client, change(event))

    assert answer.status_code == 302
    assert Citation.objects.get().history.count() == 1
    assert event.participations.get().history.count() == 1


def test_quote_that_stands_twice_is_saved_and_named():
    briefing = make.briefing(TEXT)

    answer = send(editor(), ADD, **entry() | lines("citations", citation_line(briefing, "I repeat, nobody.")))

    assert Citation.objects.get().state == "ambiguous"
    assert said(answer)[-1] == (
        f"“I repeat, nobody.” occurs more than once in “{briefing}”, so it is not matched. "
        "Quote more of the words around it."
    )


def test_date_of_a_citation_takes_words_too():
    briefing = make.briefing(TEXT)

    answer = send(editor(), ADD, **entry() | lines("citations", citation_line(briefing, edtf="March 2022")))

    assert Citation.objects.get().edtf == "2022-03"
    assert said(answer)[-1] == (
        f"By “{briefing}”: Understood as: March 2022. Earliest start 1 March 2022, latest end 31 March 2022. "
        "Stored as 2022-03."
    )


def test_act_is_not_selected_for_the_editor_and_the_role_says_nothing_of_who_did_it():
    page = editor().get(ADD).content.decode()

    for name, selected in [
        ("citations-__prefix__-act", '<option value="" selected>---------</option>'),
        ("participations-__prefix__-role", '<option value="participant" selected>participant</option>'),
    ]:
        choices = page.partition(f'name="{name}"')[2].partition("</select>")[0]
        assert selected in choices


def test_how_the_speaker_knows_says_when_it_is_entered_wherever_it_is():
    page = editor().get(ADD)
    citation_form = next(rows for rows in page.context["inline_admin_formsets"] if rows.opts.model is Citation).formset

    helps = [citation_form.empty_form.fields["basis"].help_text, CitedWordsForm().fields["basis"].help_text]
    assert (
        helps
        == ["Only where the text tells: what the speaker saw or did, or has from somebody else. Else leave it empty."]
        * 2
    )


def test_citation_lost_by_a_new_text_does_not_hold_up_other_work():
    event, briefing = make.event(), make.briefing(TEXT)
    lost = make.citation(event, briefing, quote="Nobody has moved.")
    briefing.text = TEXT.replace("moved", "gone")
    briefing.save()

    answer = send(editor(), change(event), title="Another title")

    lost.refresh_from_db()
    event.refresh_from_db()
    assert (answer.status_code, lost.state, event.title) == (302, "verified", "Another title")
    assert lost.earlier_text == briefing.earlier_texts.get()


def test_last_support_of_a_published_event_stays():
    event = make.published(cited={"quote": "Nobody has moved."}, briefing=make.briefing(TEXT))
    client, before = reviewer(), rows()

    removed = send(
        client, change(event), change_class="correction", change_reason="Wrong source", **{"citations-0-DELETE": "on"}
    )
    denied = send(
        client, change(event), change_class="correction", change_reason="Wrong act", **{"citations-0-act": "denies"}
    )

    message = (
        "A published event needs a citation that supports what it claims: the quote matched in the text of a published "
        "source, and an act that supports it by the codebook, outside a question. Add one, code the "
        "event as what its sources say, or withdraw it instead."
    )
    assert (errors(removed), errors(denied)) == ([message], [message])
    assert rows() == before


def test_last_support_may_be_exchanged_in_one_save():
    briefing = make.briefing(TEXT)
    event = make.published(cited={"quote": "Nobody has moved."}, briefing=briefing)
    typed = {"citations-0-DELETE": "on"} | lines(
        "citations", citation_line(briefing, "The “ceasefire” – so far – holds."), start=1
    )

    answer = send(reviewer(), change(event), change_class="correction", change_reason="Better words", **typed)

    assert answer.status_code == 302
    assert [citation.quote for citation in event.citations.all()] == ["The “ceasefire” – so far – holds."]


def test_support_may_pass_from_one_citation_to_another_in_one_save():
    briefing = make.briefing(TEXT)
    event = make.published(cited={"quote": "Nobody has moved."}, briefing=briefing)
    make.citation(event, briefing, quote="The “ceasefire” – so far – holds.", act="denies")
    typed = {"citations-0-act": "denies", "citations-1-act": "confirms"}

    answer = send(reviewer(), change(event), change_class="correction", change_reason="Acts were exchanged", **typed)

    assert answer.status_code == 302
    assert [citation.act for citation in event.citations.all()] == ["denies", "confirms"]
