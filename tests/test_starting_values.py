"""What the form of a new event can begin with: another event, or a template."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from tests import make
from timeline.models import Event, Preset, UnsavedForm
from timeline.models.preset import PresetKind

from .desk_client import desk, editor, fields, lines, said
from .workspace_page import QUOTE, choose, make_source, type_of

pytestmark = pytest.mark.django_db

ADD = "/admin/templates/add/"
WORDS = "I can confirm that"  # they propose nothing of their own


def begun(client, briefing, query: str) -> dict[str, str]:
    return fields(client.get(f"{choose(client, briefing, '_new', WORDS).url}{query}"))


def test_a_copy_has_all_of_an_event_but_its_citations():
    briefing, client, party = make_source(), editor(), make.actor("Zembla")
    place, conflict = make.place("Lachin"), make.conflict("Second war")
    event = make.event(
        "Shelling of Lachin",
        **{
            "type": "strike",
            "edtf": "2022-03-24",
            "date_as_stated": "on March 24th",
            "place": place,
            "conflict": conflict,
        },
        **{"place_precision": "exact", "deaths_low": 2, "summary": "As told."},
    )
    make.participation(event, party, role="initiator", office="Minister")
    make.citation(event, briefing, quote=QUOTE)

    form = begun(client, briefing, f"?copy_of={event.pk}")

    names = ("title", "event_type", "edtf", "date_as_stated", "place", "conflict", "deaths_low", "summary")
    assert [form[name] for name in names] == [
        *("Shelling of Lachin", str(type_of("strike")), "2022-03-24", "on March 24th"),
        *(str(place.pk), str(conflict.pk), "2", "As told."),
    ]
    parties = [form[f"participations-0-{name}"] for name in ("actor", "role", "office")]
    assert parties == [str(party.pk), "initiator", "Minister"]
    assert (form["citations-TOTAL_FORMS"], form["citations-0-quote"]) == ("1", WORDS)


def test_an_event_is_duplicated_from_its_own_page_into_a_form_that_is_not_saved():
    client, party, place = editor(), make.actor("Zembla"), make.place("Lachin")
    columns = {"edtf": "2022-03-24", "place": place, "time_of_day": dt.time(9, 5), "time_zone": "Asia/Yerevan"}
    event = make.published("Shelling of Lachin", **columns)
    make.participation(event, party, role="initiator", office="Minister")
    address = f"/admin/templates/event/{event.pk}/"
    assert f'action="{address}"' in client.get(f"/admin/timeline/event/{event.pk}/change/").text

    answer = client.post(address, follow=True)

    form = fields(answer)
    names = ("title", "edtf", "place", "time_of_day", "time_zone", "participations-0-actor", "participations-0-role")
    assert [form[name] for name in names] == [
        *("Shelling of Lachin", "2022-03-24", str(place.pk), "09:05", "Asia/Yerevan", str(party.pk), "initiator"),
    ]
    assert (form["participations-TOTAL_FORMS"], form["citations-TOTAL_FORMS"]) == ("1", "0")
    assert said(answer) == [
        "Copied from “Shelling of Lachin”, without its citations and relations. Change what is different."
    ]
    assert (Event.objects.count(), UnsavedForm.objects.get().owner) == (1, User.objects.get(username="editor"))

    client.post("/admin/timeline/event/add/", form | {"title": "Shelling of Lachin again", "edtf": "2022-04-24"})
    assert [row.actor for row in Event.objects.get(title="Shelling of Lachin again").participations.all()] == [party]


def test_a_duplicate_belongs_to_the_account_that_asked_for_it():
    event = make.event("Shelling of Lachin")
    client = editor()
    address = client.post(f"/admin/templates/event/{event.pk}/").url

    assert fields(editor("Ben").get(address, follow=True))["title"] == ""
    assert client.post("/admin/templates/event/999999/").status_code == 404


def test_events_of_the_source_are_offered_for_a_copy():
    briefing, client = make_source(), editor()
    make.citation(make.event("Cited here"), briefing, quote=QUOTE)
    make.event("Elsewhere")

    page = client.get(choose(client, briefing, "_new", WORDS).url)

    assert [event.title for event in page.context["starts"].copies] == ["Cited here"]


def test_a_template_is_saved_offered_used_and_deleted():
    briefing, client = make_source(), editor()
    party, gone, place = make.actor("Zembla"), make.actor("Deleted line"), make.place("Lachin")
    typed = {
        **{"template_name": "Shelling", "event_type": type_of("strike"), "actuality": "occurred", "place": place.pk},
        **{"title": "Not stored", "place_precision": "exact", "back": "https://elsewhere.example/"},
        **lines(
            "participations",
            {"actor": party.pk, "role": "initiator", "office": "Minister: of war"},
            {"actor": gone.pk, "role": "initiator", "DELETE": "on"},
        ),
    }

    answer = client.post(ADD, typed)

    template = Preset.objects.get()
    assert said(answer) == ["The template “Shelling” is saved, for your account alone."]
    assert answer.url == "/admin/timeline/event/"  # never to another site
    form = begun(client, briefing, f"?template={template.pk}")
    names = (
        "title",
        "event_type",
        "place",
        "participations-0-actor",
        "participations-0-role",
        "participations-0-office",
    )
    assert [form[name] for name in names] == [
        *("", str(type_of("strike")), str(place.pk), str(party.pk), "initiator", "Minister: of war"),
    ]
    page = client.get(choose(client, briefing, "_new", WORDS).url)
    assert page.context["starts"].templates == [template]
    assert said(client.post(f"/admin/templates/{template.pk}/delete/"))[-1] == "The template “Shelling” is deleted."
    assert not Preset.objects.exists()


def test_the_panel_is_answered_with_the_message_alone():
    answer = editor().post(ADD, {"template_name": ""}, headers={"X-Layout": "panel"})

    assert (answer.status_code, list(answer.json()), Preset.objects.count()) == (400, ["message"], 0)


@pytest.mark.parametrize("total", ["", "x", "9" * 30, "-1", "0"])
def test_a_form_that_was_tampered_with_makes_no_template_of_nothing(total):
    answer = editor().post(ADD, {"template_name": "Empty", "participations-TOTAL_FORMS": total})

    assert (answer.status_code, Preset.objects.count()) == (302, 0)


def test_templates_are_of_one_account():
    briefing, mine = make_source(), editor()
    other = editor("other")
    owner = User.objects.get(username="editor").pk
    Preset.objects.store(owner, PresetKind.TEMPLATE, "timeline.event", "Mine", f"event_type={type_of('strike')}")
    template = Preset.objects.get()

    assert begun(other, briefing, f"?template={template.pk}")["event_type"] == ""
    assert other.post(f"/admin/templates/{template.pk}/delete/").status_code == 404
    assert desk("viewer", "view_event").post(ADD, {"template_name": "X"}).status_code == 403
    assert begun(mine, briefing, f"?template={template.pk}")["event_type"] == str(type_of("strike"))


@pytest.mark.parametrize(
    "query", ["?copy_of=999999", "?copy_of=x", "?template=999999", f"?template={'9' * 30}", "?copy_of="]
)
def test_what_is_not_there_begins_nothing(query):
    briefing, client = make_source(), editor()

    assert begun(client, briefing, query)["title"] == ""
