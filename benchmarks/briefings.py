"""Print how quickly documents are imported, searched and opened: python -m benchmarks.briefings FOLDER ...

A scratch database is made and left empty of everything else; with BENCHMARK_DATABASE=postgres://... it is that one. CPU time of this
process and of the server; of a search the median.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import REPEATS, cpu
from benchmarks.scratch import server_cpu

LONGEST = 5  # briefings that are opened
WORDS = ("ceasefire", '"prime minister"', "zembla")


def main(folders: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        file = f"sqlite:///{Path(scratch) / 'briefings.sqlite3'}"
        os.environ["DATABASE_URL"] = os.environ.get("BENCHMARK_DATABASE") or file
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
        import django

        django.setup()
        measure(folders)


def measure(folders: list[str]) -> None:
    from django.core.management import call_command
    from django.test import Client

    from timeline.models import Briefing

    call_command("migrate", verbosity=0)
    for run in ("first", "again"):
        start = time.process_time() + server_cpu()
        with open(os.devnull, "w") as nowhere:
            call_command("import_briefings", *folders, "--publish", stdout=nowhere)
        print(
            f"import, {run:5}   {time.process_time() + server_cpu() - start:8.1f} s    {Briefing.objects.count():,} briefings are there"
        )
    client = Client(headers={"host": "127.0.0.1"})
    for words in WORDS:
        before = server_cpu()
        taken = cpu(lambda words=words: client.get("/briefings/", {"q": words}))
        of_server = 1000 * (server_cpu() - before) / REPEATS
        print(f"search          {taken:8.1f} ms   {words}; of the server {of_server:.1f} ms")
    open_longest(client)


def open_longest(client) -> None:
    """Open the longest briefings, their turns found anew each time."""
    from django.db.models.functions import Length

    from timeline.models import Briefing
    from timeline.models.briefing import transcript_of

    for briefing in Briefing.objects.annotate(length=Length("text")).order_by("-length")[:LONGEST]:
        taken = cpu(lambda briefing=briefing: client.get(briefing.get_absolute_url()), before=transcript_of.cache_clear)
        per = 100_000 * taken / briefing.length
        print(
            f"page            {taken:8.1f} ms   {briefing.length:,} characters, {per:.0f} ms for 100,000; {briefing.slug[:50]}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
