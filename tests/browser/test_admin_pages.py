"""Every kind of page of the editors' desk under the site's strict policy: nothing is blocked, nothing complains, and axe finds
nothing on the pages that are ours.

Lists and forms are Django's own templates in our style. Axe finds there what Django leaves out: names of the search field and
of the boxes that delete a row, and the head of an empty column.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browser.axe import THOROUGH, violations
from tests.browser.conftest import PASSWORD
from tests.browser.test_admin_entry import choose
from timeline.admin.history_pages import MOMENT
from timeline.models import Actor, Briefing, Citation, Conflict, Event, EventType, ImportBatch, Place

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = {
    "actor": Actor,
    "briefing": Briefing,
    "conflict": Conflict,
    "event": Event,
    "eventtype": EventType,
    "place": Place,
}
# Django's stock pages, whose markup is not ours to check
STOCK = re.compile("/(add|change|delete|password|password_change|auth/.*|timeline/[a-z]+|workspace/new/[^/]+)/$")
WATCH = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (violation) => window.blocked.push(`${violation.violatedDirective} ${violation.blockedURI}`));
"""


@pytest.fixture
def seed(demo) -> dict:
    """Load the demo, and bring a draft, an event in review, an earlier text and a colleague beside it."""
    briefing = Briefing.objects.get(slug="state-department-2022-03-25")
    draft, waiting = Event.objects.all()[:2]
    for event in (draft, waiting):
        Event.objects.filter(pk=event.pk).update(status="draft", published_at=None)
    waiting.refresh_from_db()
    waiting.submit()
    other = Briefing.objects.create(
        slug="other",
        title="Another",
        kind="statement",
        publisher=briefing.publisher,
        text="The ceasefire holds.",
        status="published",
    )
    other.text = "The ceasefire still holds."
    other.save()
    draft.refresh_from_db()
    draft.summary = "Said once more."
    draft.save()
    return {
        "briefing": briefing,
        "other": other,
        "draft": draft,
        "waiting": waiting,
        "published": Event.objects.public().first(),
        "batch": ImportBatch.objects.create(
            file_name="events.csv", format="csv", sha256="0" * 64, rows=2, at=timezone.now()
        ),
        "citation": Citation.objects.first(),
        "colleague": User.objects.create_user("colleague", is_staff=True),
        "group": Group.objects.get(name="Editor"),
    }


def pages(seed: dict, *, is_superuser: bool) -> list[str]:
    """Return the address of every kind of page that this person may open."""
    event, briefing = seed["draft"].pk, seed["briefing"].pk
    addresses = [reverse("admin:index"), reverse("admin:password_change"), reverse("admin:app_list", args=["timeline"])]
    tables = TABLES if is_superuser else {name: TABLES[name] for name in ("actor", "briefing", "event", "place")}
    for name, model in tables.items():
        row = {"event": event, "briefing": briefing}.get(name) or model.objects.first().pk
        addresses += [reverse(f"admin:timeline_{name}_{page}") for page in ("changelist", "add")]
        addresses += [reverse(f"admin:timeline_{name}_{page}", args=[row]) for page in ("change", "history")]
    citation = seed["citation"].pk
    addresses += [reverse("admin:timeline_citation_changelist"), reverse("admin:timeline_event_review")]
    addresses += [reverse(f"admin:timeline_citation_{page}", args=[citation]) for page in ("change", "history")]
    addresses += [reverse(f"admin:timeline_event_{page}", args=[event]) for page in ("preview", "delete")]
    addresses += [reverse(f"admin:timeline_event_{page}", args=[seed["waiting"].pk]) for page in ("return", "preview")]
    addresses += [reverse(f"admin:timeline_briefing_{page}", args=[briefing]) for page in ("workspace", "texts")]
    addresses += [reverse("admin:timeline_briefing_earlier_text", args=[seed["other"].pk, 1])]
    addresses += [f"{reverse('admin:timeline_event_merge', args=[event])}{query}" for query in ("", "?q=troop")]
    addresses += [f"{reverse('admin:timeline_event_merge', args=[event])}?with={seed['waiting'].pk}"]
    first, second = Actor.objects.values_list("pk", flat=True)[:2]
    addresses += [f"{reverse('admin:timeline_actor_merge', args=[first])}?with={second}"]
    before = seed["draft"].history.earliest("history_id").history_date
    addresses += [f"{reverse('admin:timeline_event_restore', args=[event])}?at={before.strftime(MOMENT)}"]
    addresses += [reverse(f"admin:timeline_importbatch_{page}") for page in ("changelist", "add")]
    addresses += [reverse("admin:timeline_importbatch_change", args=[seed["batch"].pk])]
    addresses += [reverse("admin:timeline_briefing_recapture", args=[seed["other"].pk])]
    return addresses + (_of_superuser(seed) if is_superuser else [])


def _of_superuser(seed: dict) -> list[str]:
    addresses = [reverse("admin:timeline_event_withdraw", args=[seed["published"].pk])]
    for table, row in (("user", seed["colleague"].pk), ("group", seed["group"].pk)):
        addresses += [reverse(f"admin:auth_{table}_{page}") for page in ("changelist", "add")]
        addresses += [reverse(f"admin:auth_{table}_{page}", args=[row]) for page in ("change", "history")]
    return [*addresses, reverse("admin:auth_user_password_change", args=[seed["colleague"].pk])]


def wrong_on(page, complaints: list[str]) -> list[str]:
    """Return what was blocked on the page that is open, and what axe finds where the page is ours. What the policy blocks of
    axe itself, which writes styles into a page to try it, is not the page's."""
    faults = [f"blocked: {report}" for report in page.evaluate("window.blocked")] + complaints
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("scrolls sideways")
    if not STOCK.search(urlsplit(page.url).path):
        faults += violations(page)
    complaints.clear()
    return faults


def begun(page, live_server, seed: dict, complaints: list[str]) -> list[str]:
    """Walk to the pages that a form leads to, and return what is wrong on each: words chosen, a text compared, many events."""
    faults, briefing = [], seed["briefing"]
    page.set_viewport_size({"width": 1180, "height": 900})  # wider, an event is entered beside the text
    for button in ("New event from this", "Cite for an existing event"):
        page.goto(live_server.url + reverse("admin:timeline_briefing_workspace", args=[briefing.pk]))
        page.locator("#id_quote").fill("The United States is deeply concerned about Azerbaijan troop movements.")
        page.get_by_role("button", name=button).click()
        page.wait_for_url(re.compile("/workspace/(new|cite)/"))
        faults += [f"{button}: {fault}" for fault in wrong_on(page, complaints)]
    page.goto(live_server.url + reverse("admin:timeline_briefing_recapture", args=[seed["other"].pk]))
    page.locator("#id_text").fill("The ceasefire does not hold.")
    page.get_by_role("button", name="Show what it changes").click()
    page.get_by_role("button", name="Store the new text").wait_for()
    faults += [f"difference: {fault}" for fault in wrong_on(page, complaints)]
    faults += alike(page, live_server, complaints)
    page.goto(live_server.url + reverse("admin:timeline_event_changelist") + "?status__exact=draft")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("submit_selected")
    page.get_by_role("button", name="Go").click()
    page.get_by_text("Nothing has been changed yet.").wait_for()
    return faults + [f"bulk: {fault}" for fault in wrong_on(page, complaints)]


def alike(page, live_server, complaints: list[str]) -> list[str]:
    """Type an event that is entered already, and return what is wrong on the form that says so."""
    call = Event.objects.public().filter(participations__isnull=False).order_by("pk").first()
    page.goto(live_server.url + reverse("admin:timeline_event_add"))
    choose(page, ".field-event_type", call.event_type.name)
    page.locator("#id_edtf").fill(call.edtf)
    page.get_by_text("Add another Participant").click()
    choose(page, "#participations-0 .field-actor", call.participations.first().actor.name)
    page.locator("#alike").get_by_text(call.title).wait_for()
    page.wait_for_load_state("networkidle")
    faults = wrong_on(page, complaints)
    faults += violations(page, "#alike")
    complaints.clear()
    return [f"alike: {words}" for words in faults]


@pytest.mark.parametrize("role", ["superuser", *(["Editor"] if THOROUGH else [])])
def test_no_page_of_the_desk_breaks_the_policy(page, live_server, seed, admin_login, complaints, role):
    page.add_init_script(WATCH)
    if role == "superuser":
        admin_login()
    else:
        User.objects.create_user("eda", password=PASSWORD, is_staff=True).groups.add(Group.objects.get(name=role))
        _sign_in(page, live_server, "eda")
    wrong_by_address = {}
    for address in pages(seed, is_superuser=role == "superuser"):
        answer = page.goto(live_server.url + address)
        assert answer.status == 200, address
        if wrong := wrong_on(page, complaints):
            wrong_by_address[address] = wrong

    assert wrong_by_address == {}
    assert begun(page, live_server, seed, complaints) == []


def _sign_in(page, live_server, name: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=name))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_review_and_texts_are_readable_when_narrow(page, live_server, seed, admin_login, complaints, scheme):
    page.add_init_script(WATCH)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    admin_login()
    briefing, waiting = seed["briefing"].pk, seed["waiting"].pk
    addresses = [reverse("admin:timeline_event_review"), reverse("admin:timeline_event_preview", args=[waiting])]
    addresses += [
        reverse(f"admin:timeline_briefing_{page_name}", args=[briefing]) for page_name in ("texts", "recapture")
    ]
    addresses += [reverse("briefing-texts", args=["other"]), _earlier(seed["other"])]
    addresses += [
        address for address in pages(seed, is_superuser=False) if re.search("merge|restore|importbatch", address)
    ]
    wrong_by_address = {}
    for address in addresses:
        page.goto(live_server.url + address)
        if wrong := wrong_on(page, complaints):
            wrong_by_address[address] = wrong

    assert wrong_by_address == {}


def _earlier(briefing: Briefing) -> str:
    return reverse("briefing-text", args=[briefing.slug, briefing.earlier_texts.get().text_sha256])


def test_injected_script_and_style_are_blocked(page, live_server, seed, admin_login, complaints):
    page.add_init_script(WATCH)
    admin_login()
    page.goto(live_server.url + reverse("admin:timeline_event_review"))

    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.injected = true";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", '<p id="styled" style="color: red" onclick="window.injected = true">x</p>');
        }"""
    )
    page.locator("#styled").click()
    page.wait_for_function("window.blocked.length >= 3")

    assert page.evaluate("window.injected") is None
    assert sorted({report.split()[0] for report in page.evaluate("window.blocked")}) == [
        "script-src-attr",
        "script-src-elem",
        "style-src-attr",
    ]
    assert len(complaints) >= 3
    complaints.clear()  # they are what this test is about
