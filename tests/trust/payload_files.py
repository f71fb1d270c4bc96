"""Payloads in files that are imported: in every text of events, and of sources."""

import csv
from io import StringIO
from pathlib import Path


def import_events(folder: Path, payloads: list[str]) -> int:
    """Import events whose every text is a payload; return how many."""
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
        for number, payload in enumerate(payloads):
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


def import_sources(folder: Path, payloads: list[str]) -> int:
    """Import sources whose title and text are payloads; return how many."""
    from django.core.management import call_command

    from timeline.models import Briefing

    before, file = Briefing.objects.count(), folder / "sources.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(["title", "text", "publisher", "published_on", "url"])
        for number, payload in enumerate(payloads):
            title, text = (
                f"Source {number} {payload}",
                f"MS PORTER: {number} {payload}\n\nMS PORTER: The ceasefire holds.",
            )
            writer.writerow([title, text, "United States", "2022-03-25", f"https://sources.example/{number}"])
    call_command("import_briefings", str(file), publish=True, stdout=StringIO())
    return Briefing.objects.count() - before
