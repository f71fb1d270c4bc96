from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from timeline.querysets import EarlierTextQuerySet
from timeline.querysets.full_text import holds_any
from timeline.querysets.natural_keys import depends_on
from timeline.text.search_query import Group
from timeline.text.search_words import index_words

from .briefing import Briefing
from .publication import user_foreign_key


def derive(title: str, text: str) -> dict[str, str]:
    """Return the columns that follow from the title and the text of a briefing. No query."""
    return {"folded_title": index_words(title), "folded_text": index_words(text)}


class BriefingWordsManager(models.Manager["BriefingWords"]):
    """Keeps the table in step with title and text of briefings."""

    def get_by_natural_key(self, slug: str) -> "BriefingWords":
        return self.get(briefing__slug=slug)

    @transaction.atomic(savepoint=False)
    def update_for(self, briefing: Briefing) -> None:
        """Fold what is searched of a briefing that was saved. One query where its text did not change, else three."""
        title, rows = index_words(briefing.title), self.filter(briefing=briefing)
        if not rows.filter(text_sha256=briefing.text_sha256).update(folded_title=title):
            rows.delete()
            self.create_for(briefing)

    def create_for(self, briefing: Briefing) -> None:
        """Fold what is searched of a briefing that has no words yet. One query."""
        self.create(briefing=briefing, text_sha256=briefing.text_sha256, **derive(briefing.title, briefing.text))

    def begin_all(self, rows: Iterable[tuple[int, dict]]) -> None:
        """Fold what is searched of briefings that have no words yet, each given as key and columns. One query."""
        self.bulk_create(
            self.model(
                briefing_id=key,
                text_sha256=row.get("text_sha256", ""),
                **derive(row["title"], row.get("text", "")),
            )
            for key, row in rows
        )

    def update_for_all(self, briefings) -> None:
        for briefing in briefings:
            self.update_for(briefing)

    def containing(self, groups: Iterable[Group]) -> list[int]:
        """Return the briefings whose title and text a search finds (see search_query.parse). One query."""
        rows = self.order_by()
        for group in groups:
            spellings = [spelling for term in group for spelling in term.spellings]
            holds = holds_any(rows, spellings, "folded_title", "folded_text", key="briefing")
            # PostgreSQL has no index of what holds no word
            is_in = Q(briefing__in=self.filter(holds).values("briefing"))
            rows = rows.exclude(is_in) if group[0].excludes else rows.filter(holds)
        return list(rows.values_list("briefing", flat=True))


class BriefingWords(models.Model):
    """Title and text of a briefing as they are searched (see timeline.text.search_words). Derived from the briefing.

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

    @depends_on("timeline.briefing")
    def natural_key(self) -> tuple[str]:
        return (self.briefing.slug,)


@receiver(post_save, sender=Briefing, dispatch_uid="timeline.models.earlier_text")
def update_words(instance: Briefing, created: bool, raw: bool, **kwargs) -> None:
    """A signal, because fixtures are loaded past `save()`; they (`raw`) may bring the words of a briefing before it."""
    keep = BriefingWords.objects.create_for if created and not raw else BriefingWords.objects.update_for
    keep(instance)


class EarlierText(models.Model):
    """A text that a briefing had before another was captured. Written by `Briefing.save`, and never changed: the database
    refuses it."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="earlier_texts")
    number = models.PositiveSmallIntegerField()  # 1: the first text the briefing had
    text = models.TextField()
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64)  # hex
    captured_on = models.DateField(null=True)  # the day it was copied, as the briefing said; NULL: not known
    recorded_at = models.DateTimeField()  # UTC; when it was stored here
    recorded_by = user_foreign_key("recorded_texts")
    replaced_at = models.DateTimeField()  # UTC
    replaced_by = user_foreign_key("replaced_texts")
    was_public = models.BooleanField()  # the briefing was published when the text was replaced

    objects = EarlierTextQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "number"], name="earliertext_numbered_once"),
            models.CheckConstraint(
                name="earliertext_hashed", condition=Q(text_sha256__length=64) & Q(text__length__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing}, text {self.number}"

    def save(self, *args, **kwargs) -> None:
        """Save it once. Raises TypeError for one that is stored already."""
        if not self._state.adding:
            raise TypeError("An earlier text is never changed.")
        super().save(*args, **kwargs)
