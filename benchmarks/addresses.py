"""Print what every kind of page costs, beside a reference of the same run: python -m benchmarks.addresses [EVENTS] [--short].

100,000 events unless said, on the database of BENCHMARK_DATABASE where it is set (an empty one is filled), else on a file beside the system's
temporary files. Each address is asked for with nothing cached (the index of the events is in memory), again, and with its ETag. The
references are bare SQL: the rows of the first page of the list, counts of all events by type, and three facets as Datasette asks for
them. Of PostgreSQL what its server takes with nothing cached is beside it. `--short` asks once for each, and leaves the desk out.
"""

import sys
from collections.abc import Callable, Iterator

from benchmarks.__main__ import cpu, forget, memory
from benchmarks.scratch import prepare, read_index, server_cpu

FILTERS = (
    "category=call",
    "order=-date",
    "order=-date&page=9",
    "order=-recorded",
    "from=2018&to=2018",
    "known_by=2015-06-30",
    "q=ceasefire",
    "q=4321",
)
PUBLIC = (
    "/",
    *(f"/?{query}" for query in FILTERS),
    "/marks.html",
    "/facets/actor/",
    "/actors/",
    "/places/",
    "/conflicts/",
)
PUBLIC += (
    "/briefings/",
    "/briefings/?q=ceasefire",
    "/compare/?a=&b=category%3Dcall",
    "/export/",
    "/embed/",
    "/api/v1/events/",
)
PUBLIC += ("/api/v1/facets/", "/api/v1/actors/")
DESK = ("/admin/", "/admin/timeline/event/", "/admin/timeline/event/?q=4321", "/admin/timeline/citation/?q=ceasefire")
DESK += ("/admin/timeline/briefing/", "/admin/timeline/actor/")
LIST = """SELECT id, public_id, title, edtf, event_type_id, place_id FROM timeline_event WHERE status = 'published'
ORDER BY sort_on, id LIMIT 50"""
ROWS = (
    "SELECT event_id, actor_id, role FROM timeline_participation WHERE event_id IN ({keys})",
    "SELECT event_id, briefing_id, quote, act FROM timeline_citation WHERE event_id IN ({keys})",
)
COUNT = "SELECT event_type_id, count(*) FROM timeline_event WHERE status = 'published' GROUP BY event_type_id"
# What Datasette asks of SQLite for a facet of a table: docs.datasette.io/en/stable/facets.html
FACET = """SELECT {column} AS value, count(*) AS count FROM (SELECT * FROM timeline_event WHERE status = 'published') AS events
WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY count DESC, value LIMIT 31"""
FACETS = ("event_type_id", "place_id", "conflict_id")


def main(events: int, *, is_short: bool) -> None:
    prepare(events)
    from django.test import Client

    times = 1 if is_short else 5
    print(f"{events:,} events; CPU of this process in ms, median of {times}; memory {memory():.0f} MB")
    references = dict(_references(times))
    for name, taken in references.items():
        print(f"{name:48} {taken:>9.2f}")
    print(
        f"{'':48} {'nothing cached':>14} {'server':>7} {'again':>7} {'304':>7} {'of the list in SQL':>19}", flush=True
    )
    client = Client(headers={"host": "127.0.0.1"})
    read_index()
    client.get("/")  # loads code and templates
    for path in _paths():
        _print_line(client, path, times, references["the first page of the list, bare SQL"])
    if not is_short:
        desk = _desk_client()
        for path in DESK:
            _print_line(desk, path, times, references["the first page of the list, bare SQL"])
    print(f"memory at most {memory():.0f} MB")


def _references(times: int) -> Iterator[tuple[str, float]]:
    from django.db import connection

    def read(query: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def first_page() -> None:
        keys = ", ".join(str(row[0]) for row in read(LIST))
        for query in ROWS:
            read(query.format(keys=keys))

    def three_facets() -> None:
        for column in FACETS:
            read(FACET.format(column=column))

    yield "three facets, in the SQL of Datasette", cpu(three_facets, times=times)
    yield "the first page of the list, bare SQL", cpu(first_page, times=max(times, 3))
    yield "counts of all events by type, bare SQL", cpu(lambda: read(COUNT), times=max(times, 3))


def _paths() -> Iterator[str]:
    """Yield every kind of public address, those of a row with the one that has most events or citations."""
    from django.db.models import Count

    from timeline.models import Actor, Briefing, Conflict, Event, Place

    yield from PUBLIC
    event = Event.objects.public().first()
    if event:
        yield event.get_absolute_url()
    for model, rows in ((Actor, "participations"), (Place, "events"), (Conflict, "events"), (Briefing, "citations")):
        subject = model.objects.annotate(rows=Count(rows)).order_by("-rows").first()
        if subject:
            yield subject.get_absolute_url()


def _desk_client():
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("benchmark"))
    return client


def _print_line(client, path: str, times: int, reference: float) -> None:
    ask: Callable = lambda: client.get(path)  # noqa: E731 (measured several times)
    before = server_cpu()
    uncached = cpu(ask, forget, times)
    of_server = 1000 * (server_cpu() - before) / times
    again, response = cpu(ask, times=times), client.get(path)
    etag = response.headers.get("ETag")
    unchanged = (
        f"{cpu(lambda: client.get(path, headers={'if-none-match': etag}), times=times):7.1f}" if etag else f"{'':7}"
    )
    status = "" if response.status_code == 200 else f"  {response.status_code}"
    print(
        f"{path:48} {uncached:>14.1f} {of_server:>7.1f} {again:>7.1f} {unchanged} {uncached / reference:>19.0f}{status}",
        flush=True,
    )


if __name__ == "__main__":
    sizes = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    main(int(sizes[0]) if sizes else 100_000, is_short="--short" in sys.argv)
