from django.db import connections, models, transaction
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.signals import post_save
from django.dispatch import receiver

from timeline.folding import fold

from .briefing import Briefing

# Made and kept by triggers, see migration 0015.
INDEXED = "SELECT rowid FROM timeline_briefingwords_index WHERE timeline_briefingwords_index MATCH %s"


class BriefingWordsManager(models.Manager):
    """Keeps the table in step with title and text of briefings."""

    def get_by_natural_key(self, slug: str) -> "BriefingWords":
        return self.get(briefing__slug=slug)

    @transaction.atomic(savepoint=False)
    def follow(self, briefing: Briefing) -> None:
        """Fold what is searched of a briefing that was saved. One query where its text did not change, else three."""
        title, own = fold(briefing.title), self.filter(briefing=briefing)
        if not own.filter(text_sha256=briefing.text_sha256).update(folded_title=title):
            own.delete()
            new = {"text_sha256": briefing.text_sha256, "folded_title": title, "folded_text": fold(briefing.text)}
            self.create(briefing=briefing, **new)

    def follow_all(self, briefings) -> None:
        for briefing in briefings:
            self.follow(briefing)

    def holding(self, terms: list[str]) -> list[int]:
        """Return the briefings in whose title or text every folded term stands (see timeline.folding.terms). One query; on
        PostgreSQL, which has no index of the words, it reads all texts once: about 25 ms for 10 MB."""
        if connections[self.db].vendor == "sqlite":
            with connections[self.db].cursor() as cursor:
                return [pk for (pk,) in cursor.execute(INDEXED, [" AND ".join(map(_indexed, terms))])]
        return list(self._holding(terms).values_list("briefing", flat=True))

    def _holding(self, terms: list[str]) -> models.QuerySet:
        words = self.order_by()
        for number, term in enumerate(terms):
            title, text = f"title_{number}", f"text_{number}"
            at = {title: StrIndex("folded_title", Value(term)), text: StrIndex("folded_text", Value(term))}
            words = words.alias(**at).filter(Q(**{f"{title}__gt": 0}) | Q(**{f"{text}__gt": 0}))
        return words


class BriefingWords(models.Model):
    """Title and text of a briefing as they are searched: folded (see timeline.folding). Derived from the briefing.

    Apart from it, so that a list of briefings does not read past them.
    """

    pk = models.CompositePrimaryKey("briefing", "text_sha256")  # a dump loads into the rows that loading has made
    briefing = models.OneToOneField(Briefing, on_delete=models.CASCADE, related_name="words")
    text_sha256 = models.CharField(max_length=64, blank=True)  # of the text that was folded
    folded_title = models.TextField()
    folded_text = models.TextField(blank=True)  # empty: there is no text

    objects = BriefingWordsManager()

    def __str__(self) -> str:
        return f"words of {self.briefing_id}"

    def natural_key(self) -> tuple[str]:
        return (self.briefing.slug,)

    natural_key.dependencies = ["timeline.briefing"]


def _indexed(term: str) -> str:
    """Return the term as the index is asked for it: a phrase, whose last word may go on."""
    return f'"{term.strip()}"{"" if term.endswith(" ") else " *"}'


@receiver(post_save, sender=Briefing, dispatch_uid="timeline.models.briefing_words")
def keep_words(instance: Briefing, **kwargs) -> None:
    """A signal, because fixtures are loaded past `save()`."""
    BriefingWords.objects.follow(instance)
