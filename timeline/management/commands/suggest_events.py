from django.core.management.base import BaseCommand, CommandError

from timeline.evidence.axes import Basis
from timeline.models import Briefing
from timeline.suggest import Suggestion, known_actors, suggestions


class Command(BaseCommand):
    help = "Print the events that the text of a source may report, with why each is proposed. Nothing is saved."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="Slug of the source, as in its address.")

    def handle(self, slug: str, **options) -> None:
        briefing = Briefing.objects.select_related("publisher").filter(slug=slug).first()
        if briefing is None:
            raise CommandError(f"There is no source “{slug}”. Its slug is the last part of its address.")
        proposed = suggestions(briefing, known_actors())
        for suggestion in proposed:
            self.stdout.write(suggestion_lines(suggestion))
            self.stdout.write("")
        events = "1 event is" if len(proposed) == 1 else f"{len(proposed)} events are"
        self.stdout.write(f"{events} proposed from “{briefing}”. Nothing is saved.")


def suggestion_lines(suggestion: Suggestion) -> str:
    """Return a suggestion in lines: type, date and title; the words; the parts; why."""
    type_mark, date_mark = "" if suggestion.is_certain else "?", "" if suggestion.is_date_certain else "?"
    day = f"{suggestion.edtf}{date_mark}" if suggestion.edtf else "no date"
    words = f"“{suggestion.date_as_stated}”, " if suggestion.date_as_stated else ""
    parts = ", ".join(f"{name} ({role})" for _, name, role in suggestion.actors)
    basis = f", {Basis(suggestion.basis).label.partition(':')[0]}" if suggestion.basis else ""
    lines = [
        f"{suggestion.key}  {suggestion.event_type}{type_mark}  {day}  {suggestion.actuality or 'actuality not stated'}{type_mark}  {suggestion.title}",
        f"  “{' '.join(suggestion.quote.split())}”",
        f"  {suggestion.speaker or 'no speaker'}, {suggestion.turn_kind}, {suggestion.act}{basis}; characters {suggestion.start + 1:,} to {suggestion.end:,}",
        f"  date: {words}{suggestion.date_note or 'as stated.'}",
        f"  actors: {parts or 'for the coder to say'}",
        f"  why: {suggestion.why}",
    ]
    return "\n".join(lines)
