"""Thirty payloads in every text field, through forms and an import, seen in Chromium: no script runs, nothing is injected.

A positive control: the same payload in a page of its own does run, and an injected script is stopped by the site's policy.
"""

import os
import sys
from pathlib import Path
from shutil import which
from urllib.parse import quote

from tests.trust.faults import Desk
from tests.trust.payload_files import import_events, import_sources
from tests.trust.payload_forms import FormSender
from tests.trust.sites import HOST, PASSWORD

MARK = "trusted"
PAYLOADS = [
    "<script>alert('{m}')</script>",
    "<img src=x onerror=alert('{m}')>",
    "\"><img src=x onerror=alert('{m}')>",
    "'><svg onload=alert('{m}')>",
    "</title><script>alert('{m}')</script>",
    "</textarea><script>alert('{m}')</script>",
    "</script><script>alert('{m}')</script>",
    "<svg><script>alert('{m}')</script></svg>",
    "<iframe srcdoc=\"<script>alert('{m}')</script>\">",
    "<body onload=alert('{m}')>",
    "<details open ontoggle=alert('{m}')>",
    "<a href=\"javascript:alert('{m}')\">x</a>",
    "<math><mtext><img src=x onerror=alert('{m}')>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><input name=q>",
    "<object data=//evil.example>",
    "<embed src=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
    "{{7*7}} {% debug %}",
    "${{alert('{m}')}}",
    "`-alert('{m}')-`",
    "\\u003cscript\\u003ealert('{m}')\\u003c/script\\u003e",
    "&lt;script&gt;alert('{m}')&lt;/script&gt;",
    "<!--><img src=x onerror=alert('{m}')>-->",
    "<![CDATA[<script>alert('{m}')</script>]]>",
    "x\" onmouseover=\"alert('{m}')\" autofocus onfocus=\"alert('{m}')",
    "x' onfocus='alert(1)' autofocus='",
    "<template shadowrootmode=open><script>alert('{m}')</script></template>",
]
PAYLOADS = [payload.replace("{m}", MARK) for payload in PAYLOADS]
CONTROL = PAYLOADS[1]
INJECTED = (
    "script:not([src]):not([type]), [onerror], [onload], [onfocus], [ontoggle], base, iframe[srcdoc], object, embed"
)


TABLES_OF_LISTS = ("event", "briefing", "actor", "place", "conflict", "eventtype", "dataset")
LISTS = (
    "/",
    "/?q=alert",
    "/marks.html",
    "/actors/",
    "/places/",
    "/briefings/",
    "/conflicts/",
    "/changes/",
    "/export/",
    "/codebook/",
)
LISTS += (
    "/admin/",
    "/admin/auth/group/",
    "/admin/timeline/event/review/",
    *(f"/admin/timeline/{table}/" for table in TABLES_OF_LISTS),
)
QUERIES = ("/?q={}", "/search/?q={}", "/compare/?a-q={}", "/admin/timeline/event/?q={}")
# Values that no filter takes: all that are typed, refused in one page.
QUERIES += ("/?from={0}&to={0}&known_by={0}&sources_min={0}&reported_from={0}&reported_to={0}&deaths_min={0}&bbox={0}",)


def send_forms(port: int) -> tuple[FormSender, list[str]]:
    """Send all of them through forms, and publish the events, report errors in them, propose changes and withdraw those that were
    imported; return the pages that show what was refused, too."""
    from timeline.models import Event

    sender = FormSender(Desk(port))
    sender.send_all(PAYLOADS)
    for event in Event.objects.filter(status="draft").order_by("-pk")[: len(PAYLOADS)]:
        event.publish()
    newest = Event.objects.public().order_by("-pk")
    entered, imported = newest.filter(imported=None), newest.exclude(imported=None)
    for payload, event, other in zip(PAYLOADS, entered[: len(PAYLOADS)], imported[: len(PAYLOADS)], strict=True):
        sender.report(event.get_absolute_url(), payload)
        sender.send(f"/admin/timeline/event/{event.pk}/propose/", "", payload, change_class="correction")
        sender.send(f"/admin/timeline/event/{other.pk}/withdraw/", "", payload)
    return sender, list(sender.send_refused(PAYLOADS))


def pages() -> list[str]:
    """Return what shows the newest rows: lists, and of each row its page, its form and its history; and what shows a query."""
    from timeline.models import Actor, Briefing, Conflict, Event, PendingChange, Place

    events, count, paths = Event.objects.order_by("-pk"), len(PAYLOADS), list(LISTS)
    for model in (Event, Briefing, Actor, Place, Conflict):
        rows, table = model.objects.order_by("-pk")[:count], model._meta.model_name
        paths += [row.get_absolute_url() for row in rows]
        paths += [f"/admin/timeline/{table}/{row.pk}/change/" for row in rows]
        paths += [f"/admin/timeline/{table}/{rows[0].pk}/history/"]
    paths += [f"/admin/timeline/event/{event.pk}/discussion/" for event in events[:count]]
    paths += [event.get_absolute_url() for event in events.filter(status="withdrawn")[:count]]
    paths += [f"/admin/timeline/event/proposed/{key}/" for key in PendingChange.objects.values_list("pk", flat=True)]
    imported = Briefing.objects.filter(url__startswith="https://sources.example/")
    paths += [source.get_absolute_url() for source in imported]
    return paths + [query.format(quote(payload)) for payload in PAYLOADS for query in QUERIES]


SHOWS = """payloads => {
    const texts = [document.documentElement.textContent, ...[...document.querySelectorAll("input, textarea")].map(field => field.value)];
    return payloads.some(payload => texts.some(text => text.includes(payload)));
}"""


class Sight:
    """What happens on pages in Chromium."""

    def __init__(self, page) -> None:
        self.page = page
        self.dialogs: list[str] = []
        self.stopped: list[str] = []  # by the policy of the site
        self.injected: list[str] = []
        self.missing: list[str] = []
        self.without: list[str] = []  # pages that should show a payload
        page.on("dialog", lambda dialog: (self.dialogs.append(page.url), dialog.dismiss()))
        page.on(
            "console", lambda said: self.stopped.append(said.text) if "Content Security Policy" in said.text else None
        )

    def sign_in(self, root: str) -> None:
        self.page.goto(f"{root}/admin/login/")
        self.page.fill("[name=username]", "ada")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("[type=submit]")

    def look_at(self, root: str, path: str) -> None:
        answer = self.page.goto(root + path, wait_until="load")
        if answer is None or answer.status not in ((200, 400) if "=" in path else (200,)):
            self.missing.append(f"{answer and answer.status} {path}")
        self.look(path, shows=path not in LISTS)

    def look(self, name: str, shows: bool) -> None:
        self.injected += [name] * self.page.locator(INJECTED).count()
        if shows and not self.page.evaluate(SHOWS, PAYLOADS):
            self.without.append(name)

    def is_stopped(self, root: str) -> bool:
        """Return whether a script that is put into a page of the site does not run."""
        self.page.goto(f"{root}/")
        before = len(self.stopped)
        self.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
        self.page.wait_for_timeout(300)
        return len(self.stopped) > before and not self.dialogs

    def runs_without_policy(self) -> bool:
        self.page.set_content(CONTROL)
        self.page.wait_for_timeout(300)
        runs, self.dialogs[:] = bool(self.dialogs), []
        return runs


def run(port: int, refusals: list[str]) -> bool:
    """Print how many pages were seen, and what happened on them; return whether nothing did, and the controls did. `refusals`:
    pages that are seen without the policy of the site, which would stop a script that they let through."""
    from playwright.sync_api import sync_playwright

    from tests.suite import CHROMIUMS

    paths, root = pages(), f"http://{HOST}:{port}"
    with sync_playwright() as playwright:
        program = next(filter(None, map(which, CHROMIUMS)))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        sight = Sight(browser.new_page())
        runs_without_policy = sight.runs_without_policy()
        for number, content in enumerate(refusals):
            sight.page.set_content(content)
            sight.look(f"refusal {number}", shows=True)
        sight.sign_in(root)
        for path in paths:
            sight.look_at(root, path)
        site_stopped = len(sight.stopped)
        is_stopped = sight.is_stopped(root)
        browser.close()
    wrong = {
        "dialogs": sight.dialogs,
        "injected": sight.injected,
        "not there": sight.missing,
        "without a payload": sight.without,
    }
    counts = ", ".join(f"{len(names)} {what}" for what, names in wrong.items())
    print(f"  {len(paths)} pages of readers and the desk, {len(refusals)} refusals: {counts}, {site_stopped} stopped")
    print(
        f"  controls: without a policy it {'runs' if runs_without_policy else 'DOES NOT RUN'}; injected it is {'stopped' if is_stopped else 'NOT STOPPED'}"
    )
    print("".join(f"  {what}: {name}\n" for what, names in wrong.items() for name in names[:5]), end="")
    return not any(wrong.values()) and not site_stopped and runs_without_policy and is_stopped


def main(port: int, folder: Path, number: int) -> int:
    del PAYLOADS[number:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop in this thread
    import django

    django.setup()
    events, sources = import_events(folder, PAYLOADS), import_sources(folder, PAYLOADS)
    sender, refusals = send_forms(port)
    print(
        f"  {len(PAYLOADS)} payloads, {sender.values:,} values sent by forms, {events} events and {sources} sources imported"
    )
    print("".join(f"  {words}\n" for words in sender.refused), end="")
    return int(not run(port, refusals) or bool(sender.refused))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
