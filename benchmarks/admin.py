"""Print what the admin's pages cost: python -m benchmarks.admin [EVENTS BRIEFINGS], 100,000 and 2,000 unless said.

Every page is measured twice, in a world of a tenth and in the whole: queries must not grow with the rows. A briefing
has 100,000 characters. The worlds are kept beside the system's temporary files and used again.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

EVENTS, BRIEFINGS, CHARACTERS = 100_000, 2_000, 100_000
MOST_QUERIES, MOST_CPU = 40, 300  # ms
REPEATS = 5
ROW_PAGES = {
    "event": ("preview", "merge"),
    "actor": ("merge",),
    "briefing": ("workspace", "texts", "recapture"),
}
CHANGED = "Changed for the benchmark"  # the reason of the change that can be taken back
SEARCHES = ("number 77", "ministry", "nowhere at all")
TERMS = ("number 7", "press", "ceasefire")


def world(events: int, briefings: int) -> None:
    """Use the scratch database of this size, made where there is none."""
    scratch = Path(tempfile.gettempdir()) / f"timeline-admin-{events}-{briefings}.sqlite3"
    os.environ |= {"DATABASE_URL": f"sqlite:///{scratch}", "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.world import fill
    from timeline.models import Event

    call_command("migrate", verbosity=0)
    if not Event.objects.exists():
        fill(events, count=briefings, characters=CHARACTERS)
        work_done(events)


def work_done(events: int) -> None:
    """Write what a desk leaves behind: one in fifty events in review, imports, forms sent, a change and a text pasted again."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from timeline.history.change_reason import reason_for_change
    from timeline.models import Briefing, Event, ImportBatch, Submission

    now, author = timezone.now(), User.objects.create_user("author", is_staff=True)
    waiting = list(Event.objects.values_list("pk", flat=True)[::50])
    Event.objects.filter(pk__in=waiting).update(status="review", submitted_at=now, submitted_by=author, author=author)
    batch = {"format": "csv", "sha256": "0" * 64, "rows": 10, "at": now}
    ImportBatch.objects.bulk_create(ImportBatch(file_name=f"{n}.csv", **batch) for n in range(events // 50))
    form = {"table": "timeline.event", "row": 1, "sent_by": author}
    Submission.objects.bulk_create(Submission(key=uuid.UUID(int=n), **form) for n in range(events))
    briefing = Briefing.objects.exclude(text="").latest("pk")
    briefing.text = f"{briefing.text} The end."
    briefing.save()
    event = Event.objects.filter(status="draft")[0]
    for title in ("A title before", "A title after"):
        with reason_for_change(CHANGED):
            event.title = title
            event.save()


def signed_in() -> "Client":
    """Return a reviewer with every permission of the timeline, none of them by being superuser."""
    from django.contrib.auth.models import Permission, User
    from django.test import Client

    user, _ = User.objects.get_or_create(username="benchmark", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="timeline"))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def pages(client: "Client") -> Iterator[tuple[str, str]]:
    """Yield a name and an address for each page of each table, its searches and each of its filters."""
    from django.contrib import admin
    from django.urls import reverse

    yield "index", reverse("admin:index")
    for model, table in admin.site._registry.items():
        if model._meta.app_label != "timeline":
            continue
        name = model._meta.model_name
        here = reverse(f"admin:timeline_{name}_changelist")
        yield f"{name} list", here
        yield from lists(client, name, here, table)
        if table.has_add_permission(client.get(here).wsgi_request):
            yield f"{name} add", f"{here}add/"
        for which, row in rows(model):
            yield f"{name} form, {which}", f"{here}{row}/change/"
            for page in ("history", *ROW_PAGES.get(name, ())):
                yield f"{name} {page}, {which}", f"{here}{row}/{page}/"
        request = client.get(here).wsgi_request
        if may_go := next((row.pk for row in model.objects.all() if table.has_delete_permission(request, row)), None):
            yield f"{name} delete", f"{here}{may_go}/delete/"
    yield from of_review()
    yield from of_texts()
    yield from autocompletes()


def of_review() -> Iterator[tuple[str, str]]:
    """Yield the queue, its last page and its filters, a restoring, and two events and two actors to be merged."""
    from django.urls import reverse

    from timeline.admin.history_pages import MOMENT
    from timeline.models import Actor, Event

    queue = reverse("admin:timeline_event_review")
    yield "review queue", queue
    yield "review queue last page", f"{queue}?page=100000"
    for query in ("whose=others", "whose=mine", "lacks=verified", "lacks=date", "conflict=1"):
        yield f"review queue {query}", f"{queue}?{query}"
    for table, rows in (("event", Event.objects.filter(status="draft")), ("actor", Actor.objects.order_by("pk"))):
        first, second = rows.values_list("pk", flat=True)[:2]
        here = reverse(f"admin:timeline_{table}_merge", args=[first])
        yield f"{table} merge, search", f"{here}?q=number"
        yield f"{table} merge, side by side", f"{here}?with={second}"
    entry = Event.history.filter(history_change_reason=CHANGED).earliest("pk")
    yield (
        "event restore",
        f"{reverse('admin:timeline_event_restore', args=[entry.id])}?at={entry.history_date.strftime(MOMENT)}",
    )


def of_texts() -> Iterator[tuple[str, str]]:
    """Yield the pages of the briefing whose text was pasted again, and of words chosen in one."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    from timeline.admin.selection.selected_words import Selection, signed_part
    from timeline.models import Briefing

    pasted = Briefing.objects.filter(earlier_texts__isnull=False).values_list("pk", flat=True)[0]
    yield "briefing texts, one pasted again", reverse("admin:timeline_briefing_texts", args=[pasted])
    yield "briefing earlier text", reverse("admin:timeline_briefing_earlier_text", args=[pasted, 1])
    briefing = Briefing.objects.exclude(text_sha256="").order_by("pk")[0]
    part = signed_part(Selection(briefing, 0, 60), User.objects.get(username="benchmark"))
    for page in ("new_event", "cite"):
        yield f"briefing {page} from words", reverse(f"admin:timeline_briefing_{page}", args=[briefing.pk, part])


def lists(client: "Client", name: str, here: str, table) -> Iterator[tuple[str, str]]:
    """Yield the last page, each search, each column's order and the last choice of each filter."""
    if (changes := client.get(here).context.get("cl")) is None:  # it is no list of rows
        return
    yield f"{name} last page", f"{here}?p={changes.paginator.num_pages}"
    for words in SEARCHES if table.search_fields else ():
        yield f"{name} search “{words}”", f"{here}?q={words}"
    for number in range(1, len(table.list_display) + 1):
        yield f"{name} by column {number}", f"{here}?o={number}"
    for spec in changes.filter_specs:
        if hasattr(spec, "form"):
            yield from typed_filters(name, here, spec.form)
            continue
        *_, choice = spec.choices(changes)
        yield f"{name} filter {spec.title}", here + choice["query_string"]


def typed_filters(name: str, here: str, form) -> Iterator[tuple[str, str]]:
    """Yield each field of the form above a list with a value: of rows the first, of days a year."""
    for field, typed in form.fields.items():
        text = (
            typed.queryset.order_by("pk")[0].pk
            if hasattr(typed, "queryset")
            else {"when": "certain"}.get(field, "2021")
        )
        yield f"{name} filter {field}", f"{here}?{field}={text}"


def rows(model) -> Iterator[tuple[str, int]]:
    """Yield the first row of which nothing is left out, where there is one, and the one that most rows hang on."""
    from django.db.models import Count

    optional = [field.name for field in model._meta.fields if field.is_relation and field.null and field.editable]
    whole = model._base_manager.filter(**{f"{name}__isnull": False for name in optional})
    of_table = (whole if whole.exists() else model._base_manager.all()).values_list("pk", flat=True)
    if not of_table.exists():
        return
    yield "first", of_table.order_by("pk")[0]
    for parts in ("citations", "events", "participations"):
        if hasattr(model, parts):
            yield f"with most {parts}", of_table.annotate(n=Count(parts)).order_by("-n")[0]
            return


def autocompletes() -> Iterator[tuple[str, str]]:
    from django.contrib import admin
    from django.urls import reverse

    for model, table in admin.site._registry.items():
        holders = [(model, table), *((inline.model, inline) for inline in table.inlines)]
        for holder, its in holders:
            for field in its.autocomplete_fields:
                for term in TERMS:
                    query = f"app_label=timeline&model_name={holder._meta.model_name}&field_name={field}&term={term}"
                    yield f"{holder._meta.model_name}.{field} “{term}”", f"{reverse('admin:autocomplete')}?{query}"


def measure() -> dict[str, tuple[int, float]]:
    """Return queries and CPU milliseconds of each page."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    from benchmarks.scratch import read_index

    read_index()
    setup_test_environment()  # keeps each page's context, from which its filters are read
    client = signed_in()
    addresses = dict(pages(client))
    teardown_test_environment()  # and is slow
    return {name: cost(client, address) for name, address in addresses.items()}


def cost(client: "Client", address: str) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries = len(captured)  # now: the next request forgets them
    assert answer.status_code == 200, (address, answer.status_code)
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        client.get(address)
        taken.append(time.process_time() - start)
    return queries, 1000 * statistics.median(taken)


def in_world(events: int, briefings: int) -> dict[str, list]:
    """Return the costs in a world of that size, from a process of its own: a process has one database."""
    command = [sys.executable, "-m", "benchmarks.admin", "--one", str(events), str(briefings)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)  # noqa: S603


def main(events: int, briefings: int) -> int:
    """Return 0 where every page keeps to the budget and makes as many queries in the large world as in the small one."""
    small, large = in_world(events // 10, briefings // 10), in_world(events, briefings)
    print(f"{events:,} events and {briefings:,} briefings, beside a tenth of both; CPU, median of {REPEATS}")
    print(f"Budget: {MOST_QUERIES} queries, {MOST_CPU} ms. “!”: over it, or more queries than in the small world.")
    print(f"{'':44} {'queries':>8} {'small':>6} {'CPU ms':>8} {'small':>7} {'ratio':>6}")
    over = 0
    for name, (queries, taken) in large.items():
        few, quick = small.get(name, (queries, taken))
        wrong = queries > MOST_QUERIES or taken > MOST_CPU or queries > few
        over += wrong
        print(
            f"{name[:44]:44} {queries:8} {few:6} {taken:8.1f} {quick:7.1f} {taken / quick:6.1f}{' !' if wrong else ''}"
        )
    print(f"{len(large)} pages, {over} over")
    return int(over > 0)


if __name__ == "__main__":
    *options, first, second = ["", *(sys.argv[1:] if len(sys.argv) > 2 else [str(EVENTS), str(BRIEFINGS)])]
    if "--one" in options:
        world(int(first), int(second))
        print(json.dumps(measure()))
    else:
        sys.exit(main(int(first), int(second)))
