"""Write formats of very many events and read them back: python -m benchmarks.formats [EVENTS [FORMAT ...]].

50,000 events and all formats unless said; reading XLSX and the package takes minutes.

Each file is read by the library of another project that the tests read it with (tests.format_parsers), and its ids must be those of
the list, in its order; for BibTeX, RIS and CSL-JSON the slugs of the cited briefings. Prints rows, sizes and seconds.
"""

import os
import sys
import time

from benchmarks.exports import world

EVENTS = 50_000


def prepare(events: int) -> None:
    os.environ |= {"DATABASE_URL": f"sqlite:///{world(events)}", "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    import django

    django.setup()


def expected() -> tuple[list[str], list[str]]:
    """Return the public ids of the list in its order, and the slugs of the briefings that its events cite."""
    from timeline.models import Briefing, Citation, Event

    events = Event.objects.public().in_order()
    cited = Briefing.objects.public().cited_in(Citation.objects.public(), events)
    return list(events.values_list("public_id", flat=True)), sorted(cited.values_list("slug", flat=True))


def differs(extension: str, ids: list[str]) -> bool:
    """Write a format and read it back, print what was found, and return whether its ids are others."""
    from django.test import Client

    from tests.format_parsers import READERS, SOURCES

    begun = time.process_time()
    response = Client(headers={"host": "127.0.0.1"}).get(f"/events.{extension}")
    data = b"".join(response.streaming_content)
    written = time.process_time()
    ids_read = (READERS | SOURCES)[extension](data)
    verdict = "equal" if ids_read == ids else "DIFFERENT"
    spent = f"{written - begun:6.1f} s to write, {time.process_time() - written:6.1f} s to read"
    print(f"{extension:16}{len(ids_read):8,} ids {verdict:10}{len(data) / 1e6:8,.1f} MB {spent}", flush=True)
    return ids_read != ids


def main(events: int, names: list[str]) -> int:
    """Return 0 where every format holds exactly the events of the list, or the briefings they cite."""
    prepare(events)
    from tests.format_parsers import SOURCES
    from timeline.exports import FORMATS

    listed, cited = expected()
    print(f"{len(listed):,} events, {len(cited):,} briefings")
    wrong = [
        differs(extension, cited if extension in SOURCES else listed)
        for extension in FORMATS
        if extension in names or not names
    ]
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else EVENTS, sys.argv[2:]))
