from django.core.management.base import BaseCommand, CommandError

from timeline.models import Briefing
from timeline.suggest import Suggestion, known_actors, suggestions


class Command(BaseCommand):
    help = "Print the events that the text of a briefing may tell of, with why each is proposed. Nothing is saved."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="Slug of the briefing, as in its address.")

    def handle(self, slug: str, **options) -> None:
        briefing = Briefing.objects.select_related("publisher").filter(slug=slug).first()
        if briefing is None:
            raise CommandError(f"There is no briefing “{slug}”. Its slug is the last part of its address.")
        found = suggestions(briefing, known_actors())
        for one in found:
            self.stdout.write(suggestion_lines(one))
            self.stdout.write("")
        events = "1 event is" if len(found) == 1 else f"{len(found)} events are"
        self.stdout.write(f"{events} proposed from “{briefing}”. Nothing is saved.")


def suggestion_lines(one: Suggestion) -> str:
    """Return a suggestion in lines: type, date and title; the words; the parts; why."""
    words = f"“{one.date_as_stated}”, " if one.date_as_stated else ""
    parts = ", ".join(f"{name} ({role})" for _, name, role in one.actors)
    lines = [
        f"{one.key}  {one.event_type}  {one.edtf or 'no date'}  {one.title}",
        f"  “{' '.join(one.quote.split())}”",
        f"  {one.speaker or 'no speaker'}, {one.turn_kind}, {one.act}; characters {one.start + 1:,} to {one.end:,}",
        f"  date: {words}{one.date_note or 'as stated.'}",
        f"  actors: {parts or 'none'}",
        f"  why: {one.why}",
    ]
    return "\n".join(lines)
