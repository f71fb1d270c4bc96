"""Thirty payloads in every text field, through forms and an import, seen in Chromium: no script runs, nothing is injected.

A positive control: the same payload in a page of its own does run, and an injected script is stopped by the site's policy.
"""

import os
import sys
from pathlib import Path
from shutil import which

from tests.trust.faults import Desk
from tests.trust.payload_forms import FormSender
from tests.trust.sites import PASSWORD

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
INJECTED = (
    "script:not([src]):not([type]), [onerror], [onload], [onfocus], [ontoggle], base, iframe[srcdoc], object, embed"
)


def import_rows(folder) -> int:
    """Import events whose every text is a payload; return how many."""
    import csv

    from timeline.imports.events.data_set_choice import data_set_for
    from timeline.imports.events.event_import import check, run
    from timeline.imports.events.event_record import Options
    from timeline.imports.events.formats import FORMATS

    names = [
        "id",
        "title",
        "summary",
        "type",
        "date",
        "date_as_stated",
        "date_note",
        "place",
        "conflict",
        "actors",
        "quotes",
    ]
    names += ["source_titles", "source_publishers", "source_dates", "source_urls"]
    file = folder / "payloads.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(names)
        for number, payload in enumerate(PAYLOADS):
            title, url = f"In a file {number} {payload}", f"https://news.example/{number}"
            texts = [
                title,
                title,
                "clash",
                "2022-03-24",
                title,
                title,
                title,
                "A conflict",
                "Armenia [initiator]",
                title,
                title,
                title,
            ]
            writer.writerow([f"p-{number}", *texts, "2022-03-25", url])
    terms = {"name": "Payloads", "licence": "CC0", "attribution": "Us.", "url": "https://news.example/"}
    options = Options(file, file.name, FORMATS["csv"], data_set_for(FORMATS["csv"], "payloads", terms), publish=True)
    summary = check(options)
    return run(options, summary).created


def send_forms(port: int) -> FormSender:
    """Send all of them through forms, and publish the events."""
    from timeline.models import Event

    sender = FormSender(Desk(port))
    sender.send_all(PAYLOADS)
    for event in Event.objects.filter(status="draft").order_by("-pk")[: len(PAYLOADS)]:
        event.publish()
    for payload in PAYLOADS:
        sender.report(payload)
    return sender


def pages() -> list[str]:
    """Return what shows the newest rows: lists, and of each row its page, its form and its history."""
    from timeline.models import Actor, Briefing, Conflict, Event, Place

    paths = ["/", "/?q=alert", "/marks.html", "/actors/", "/places/", "/briefings/", "/conflicts/", "/changes/"]
    paths += ["/export/", "/codebook/", "/admin/", "/admin/timeline/event/review/"]
    paths += [
        f"/admin/timeline/{table}/"
        for table in ("event", "briefing", "actor", "place", "conflict", "eventtype", "dataset")
    ]
    for model in (Event, Briefing, Actor, Place, Conflict):
        rows, table = model.objects.order_by("-pk")[: len(PAYLOADS)], model._meta.model_name
        paths += [row.get_absolute_url() for row in rows]
        paths += [f"/admin/timeline/{table}/{row.pk}/change/" for row in rows]
        paths += [f"/admin/timeline/{table}/{rows[0].pk}/history/"]
    return paths


def run(port: int, password: str) -> bool:
    """Print how many pages were seen, and what happened on them; return whether nothing did, and the controls did."""
    from playwright.sync_api import sync_playwright

    from tests.suite import CHROMIUMS

    dialogs: list[str] = []
    blocked: list[str] = []
    injected: list[str] = []
    missing: list[str] = []
    paths, shown = pages(), 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(which, CHROMIUMS))), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
        page.on(
            "console",
            lambda message: blocked.append(message.text) if "Content Security Policy" in message.text else None,
        )
        page.set_content(PAYLOADS[1])
        page.wait_for_timeout(300)
        runs_without_policy, dialogs[:] = bool(dialogs), []
        root = f"http://127.0.0.1:{port}"
        page.goto(f"{root}/admin/login/")
        page.fill("[name=username]", "ada")
        page.fill("[name=password]", password)
        page.click("[type=submit]")
        for path in paths:
            answer = page.goto(root + path, wait_until="load")
            missing += [path] * (answer is None or answer.status != 200)
            injected += [path] * page.locator(INJECTED).count()
            shown += MARK in page.content()
        site_blocked, blocked[:] = list(blocked), []
        page.goto(f"{root}/")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
        page.wait_for_timeout(300)
        is_stopped = bool(blocked) and not dialogs
        browser.close()
    print(
        f"  {len(paths)} pages of readers and the desk, {shown} with a payload: {len(dialogs)} dialogs, {len(injected)} injected, "
        f"{len(site_blocked)} stopped, {len(missing)} not there"
    )
    print(
        f"  controls: without a policy it {'runs' if runs_without_policy else 'DOES NOT RUN'}; injected it is {'stopped' if is_stopped else 'NOT STOPPED'}"
    )
    print("".join(f"  {path}\n" for path in [*dialogs, *injected, *missing][:5]), end="")
    is_quiet = not dialogs and not injected and not site_blocked
    return is_quiet and not missing and shown > len(paths) // 2 and runs_without_policy and is_stopped


def main(port: int, folder: Path, number: int) -> int:
    del PAYLOADS[number:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop in this thread
    import django

    django.setup()
    imported, sender = import_rows(folder), send_forms(port)
    print(f"  {len(PAYLOADS)} payloads, {sender.values:,} values taken by forms and {imported} imported events")
    print("".join(f"  refused: {words}\n" for words in sender.refused), end="")
    return int(not run(port, PASSWORD) or bool(sender.refused))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
